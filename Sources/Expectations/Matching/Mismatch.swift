public import Findings

/// One thing about an exchange that is not as it was expected.
public struct Mismatch: Sendable, Hashable {
    /// What it is about.
    public enum Subject: Sendable, Hashable {
        /// The request line.
        case request
        /// The final response's status, or that there is one.
        case response
        /// A finding that was expected and is not there.
        case missingFinding(FindingCode)
        /// A finding that is there and that was excluded.
        case excludedFinding(FindingCode)
        /// A finding of severity `error` that nobody expected.
        case unexpectedFinding(FindingCode)
        /// A condition.
        case condition
    }

    /// What it is about.
    public var subject: Subject

    /// What was expected, as an expectation file says it.
    public var expected: String

    /// What was seen, in the same words.
    public var seen: String

    init(_ subject: Subject, expected: String, seen: String) {
        self.subject = subject
        self.expected = expected
        self.seen = seen
    }
}
