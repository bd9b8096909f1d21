public import Expectations

extension Trace {
    /// Fails the test unless the trace holds these exchanges in this order, and no other.
    ///
    /// A finding of severity `error` that none of them names is a failure too.
    ///
    /// ```swift
    /// try trace.verify(
    ///     ExpectedExchange("GET", "/index.txt", 200),
    ///     ExpectedExchange("POST", "/", 204, with: [.unterminatedHeaderSection])
    /// )
    /// ```
    ///
    /// - Parameter exchanges: what is expected.
    /// - Throws: ``TraceMismatch``, whose description says what differs and shows what was on the
    ///   wire.
    public func verify(_ exchanges: ExpectedExchange...) throws(TraceMismatch) {
        try verify(TraceExpectation(exchanges))
    }

    /// Fails the test unless the trace is as `expectation` says.
    ///
    /// - Parameter expectation: what is expected.
    /// - Throws: ``TraceMismatch``, whose description says what differs and shows what was on the
    ///   wire.
    public func verify(_ expectation: TraceExpectation) throws(TraceMismatch) {
        if let mismatch = mismatch(with: expectation) { throw mismatch }
    }

    /// Fails the test unless the trace is as an expectation file with this text says.
    ///
    /// ```swift
    /// try trace.verify(
    ///     lines: """
    ///         GET  /index.txt -> 200
    ///         POST /          -> 204 with unterminated-header-section
    ///         """
    /// )
    /// ```
    ///
    /// - Parameter lines: the lines of such a file; see `httptrace verify --help`.
    /// - Throws: ``TraceMismatch``, or an `ExpectationFileErrors` that names line and column.
    public func verify(lines: String) throws {
        try verify(TraceExpectation(parsing: lines))
    }

    /// What is not as `expectation` says; `nil` where everything is.
    ///
    /// - Parameter expectation: what is expected.
    /// - Returns: a value whose description is the failure message of a test.
    public func mismatch(with expectation: TraceExpectation) -> TraceMismatch? {
        let difference = expectation.difference(from: exchanges.map(\.traced), ledger)
        return difference.isMet ? nil : TraceMismatch(difference, emptiness)
    }
}
