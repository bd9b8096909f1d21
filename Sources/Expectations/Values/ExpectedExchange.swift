public import Findings

/// What one exchange must be, or several alike.
///
/// ```swift
/// let post = ExpectedExchange("POST", "/", 204, with: [.unterminatedHeaderSection])
/// ```
public struct ExpectedExchange: Sendable, Hashable {
    /// The request line.
    public var request: ExpectedRequest

    /// The final response.
    public var response: ExpectedStatus

    /// Findings that must be there, in the request, a response or the exchange; a finding of
    /// severity `error` that none of them names is a mismatch.
    ///
    /// Unlike a code, ``FindingSelector/any`` and a severity ask for nothing and allow all they name.
    public var findings: [FindingSelector]

    /// Findings that must not be there, apart from those that ``findings`` names by their codes.
    public var excludedFindings: [FindingSelector]

    /// How many such exchanges there must be, one after the other; 1 unless told otherwise.
    public var count: ClosedRange<Int>

    /// What else must be so.
    public var conditions: [ExchangeCondition]

    /// The line of the expectation file that says so, counted from 1.
    public var line: Int?

    /// An exchange by its request line and status, with these findings.
    public init(
        _ method: TextPattern,
        _ target: TextPattern,
        _ status: ExpectedStatus,
        with findings: [FindingCode] = [],
        _ conditions: [ExchangeCondition] = []
    ) {
        self.init(
            request: .line(methods: [method], target: target),
            response: status,
            findings: findings.map { .code($0) },
            conditions: conditions
        )
    }

    /// An exchange by all its parts.
    public init(
        request: ExpectedRequest,
        response: ExpectedStatus,
        findings: [FindingSelector] = [],
        excludedFindings: [FindingSelector] = [],
        count: ClosedRange<Int> = 1...1,
        conditions: [ExchangeCondition] = []
    ) {
        self.request = request
        self.response = response
        self.findings = findings
        self.excludedFindings = excludedFindings
        self.count = count
        self.conditions = conditions
    }

    /// Any number of exchanges of any kind, with any findings.
    public static let others = ExpectedExchange(
        request: .anything,
        response: .anything,
        findings: [.any],
        count: 0...Int.max
    )

    /// Whether it is ``others``, wherever it stands.
    var isOthers: Bool {
        var unplaced = self
        unplaced.line = nil
        return unplaced == .others
    }
}
