internal import Expectations
internal import TraceOutput

/// What is not as it was expected.
///
/// Swift Testing and XCTest both show ``description`` where a test throws it.
public struct TraceMismatch: Error, Sendable {
    private let difference: TraceDifference

    init(_ difference: TraceDifference) { self.difference = difference }
}

extension TraceMismatch: CustomStringConvertible {
    /// What was expected beside what was seen, a line an exchange, then what was on the wire of each
    /// exchange that differs.
    public var description: String {
        var lines = ["the trace is not as expected"]
        lines += difference.rows.flatMap(Self.lines)
        lines += difference.unmetClaims.map {
            "✘ expected  \($0.claim.rawValue)\n  seen      \($0.bytes) bytes"
        }
        for case let seen? in difference.rows.filter({ $0.verdict != .met }).map(\.seen) {
            lines.append("\n" + Exchange(seen).description)
        }
        return lines.joined(separator: "\n")
    }

    private static func lines(for row: TraceDifference.Row) -> [String] {
        let expected = row.expected?.summary ?? "nothing"
        let seen = row.seen.map { seen in
            (["\(seen.seenRequest) -> \(seen.seenStatus)"] + seen.foundCodes.map(\.rawValue))
                .joined(separator: " ")
        }
        guard row.verdict != .met else { return ["✔ \(expected)"] }
        return ["✘ expected  \(expected)", "  seen      \(seen ?? "nothing")"]
            + row.mismatches.map { "  \($0.expected): \($0.seen)" }
    }
}
