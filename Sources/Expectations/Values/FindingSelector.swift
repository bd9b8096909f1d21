public import Findings

/// One finding, or all of a kind.
public enum FindingSelector: Sendable, Hashable {
    /// The finding with this code.
    case code(FindingCode)
    /// Every finding of a severity.
    case severity(Severity)
    /// Every finding.
    case any

    /// Whether it speaks of `code`.
    public func names(_ code: FindingCode) -> Bool {
        switch self {
        case .code(let own): own == code
        case .severity(let severity): code.severity == severity
        case .any: true
        }
    }
}
