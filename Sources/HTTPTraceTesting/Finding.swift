public import Findings

/// One thing that is wrong with a message, an exchange or its connection, or worth knowing.
public struct Finding: Sendable, Hashable, CustomStringConvertible {
    private let found: Findings.Finding

    init(_ found: Findings.Finding) { self.found = found }

    /// Its stable name; `httptrace explain` tells all about it.
    public var code: FindingCode { found.code }

    /// How much it weighs.
    public var severity: Severity { found.code.severity }

    /// The bytes it is about, counted from the first byte of the message; `nil` for a finding about
    /// an exchange or its connection.
    public var bytes: Range<Int>? { found.bytes }

    /// How often it was found at places that are not told apart.
    public var occurrences: Int { found.occurrences }

    /// What it says, in one sentence.
    public var sentence: String { found.code.entry.sentence }

    /// The document and section that decide, such as `RFC 9112 §2.2`.
    public var reference: String { found.code.entry.reference }

    /// Severity, code, reference and sentence.
    public var description: String {
        "\(severity.rawValue) \(code.rawValue) (\(reference)): \(sentence)"
    }
}
