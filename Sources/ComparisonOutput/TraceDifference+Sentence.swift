package import Expectations
internal import Trace
internal import TraceOutput

extension TraceDifference.Row {
    /// What is not as expected, in one line.
    package var sentence: String {
        switch verdict {
        case .met: return "as expected"
        case .missing:
            let times = count > 1 ? " \(count) times" : ""
            return "expected \(expected?.headline ?? "")\(times), not seen"
        case .unexpected:
            return "seen \(seen?.seenHeadline ?? ""), frames \(seen?.frames ?? ""), not expected"
        case .differs:
            let parts = mismatches.map(\.sentence)
            let reason = seen?.absence.map { " (\($0.sentence))" } ?? ""
            return parts.joined(separator: "; ") + reason + " in frames \(seen?.frames ?? "")"
        }
    }
}

extension Mismatch {
    /// What is not as expected.
    fileprivate var sentence: String {
        switch subject {
        case .missingFinding(let code): "finding \(code.rawValue) expected, not there"
        case .unexpectedFinding(let code): "finding \(code.rawValue) not expected"
        case .excludedFinding(let code): "finding \(code.rawValue) there, expected \(expected)"
        case .request, .response, .condition: "expected \(expected), seen \(seen)"
        }
    }
}
