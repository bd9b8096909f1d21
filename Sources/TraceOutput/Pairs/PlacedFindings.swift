internal import Findings

/// A finding of a message, and how others alike are told.
struct PlacedFinding {
    let finding: Finding
    /// How many more lines have the same, where that is told here.
    var more = 0
    /// Whether the sentence was told at an earlier line.
    var isTold = false
}

/// The findings of a message in the order of their places, taken from the front.
struct PlacedFindings {
    /// How many lines may have the same finding before one tells of all.
    private static let repetitions = 3

    private let findings: [PlacedFinding]
    private var taken = 0

    init(_ findings: [Finding]) {
        guard findings.count > 1 else {
            self.findings = findings.map { PlacedFinding(finding: $0) }
            return
        }
        // Findings come in the order in which they were found, which is almost that of their
        // places; the index keeps the order of those at one place.
        let sorted = findings.enumerated().sorted { first, second in
            (first.element.place, first.offset) < (second.element.place, second.offset)
        }
        self.findings = Self.folded(sorted.map { PlacedFinding(finding: $0.element) })
    }

    /// Has a finding of many lines told at the first of them.
    private static func folded(_ findings: [PlacedFinding]) -> [PlacedFinding] {
        guard findings.count > repetitions else { return findings }
        var counts: [FindingCode: Int] = [:]
        for placed in findings where placed.finding.bytes != nil {
            counts[placed.finding.code, default: 0] += 1
        }
        var folded = findings
        var told: Set<FindingCode> = []
        for index in findings.indices where findings[index].finding.bytes != nil {
            let code = findings[index].finding.code
            guard let count = counts[code], count > repetitions else { continue }
            if told.insert(code).inserted {
                folded[index].more = count - 1
            } else {
                folded[index].isTold = true
            }
        }
        return folded
    }

    /// Whether a finding that is not yet taken begins before `offset`.
    func hasAny(before offset: Int) -> Bool {
        taken < findings.count && findings[taken].finding.place < offset
    }

    /// The findings not yet taken that begin before `offset`.
    mutating func take(before offset: Int) -> ArraySlice<PlacedFinding> {
        let start = taken
        while taken < findings.count, findings[taken].finding.place < offset { taken += 1 }
        return findings[start..<taken]
    }

    /// All findings not yet taken.
    mutating func takeAll() -> ArraySlice<PlacedFinding> {
        defer { taken = findings.count }
        return findings[taken...]
    }
}

extension Finding {
    /// The place where the finding is shown: those about no bytes come last.
    fileprivate var place: Int { bytes?.lowerBound ?? .max }
}
