// What the interface of this module is made of beside its own types: the catalogue's codes, and the
// values that say what is expected. Whoever imports this module sees them too.
@_exported public import enum Expectations.ExchangeCondition
@_exported public import struct Expectations.ExpectationFileError
@_exported public import struct Expectations.ExpectationFileErrors
@_exported public import struct Expectations.ExpectedExchange
@_exported public import enum Expectations.ExpectedRequest
@_exported public import struct Expectations.ExpectedStatus
@_exported public import enum Expectations.FindingSelector
@_exported public import enum Expectations.MessageCondition
@_exported public import struct Expectations.TextPattern
@_exported public import enum Expectations.TimingPart
@_exported public import enum Expectations.TraceClaim
@_exported public import struct Expectations.TraceExpectation
@_exported public import enum Findings.FindingCode
@_exported public import enum Findings.Severity
@_exported public import enum Trace.Absence
