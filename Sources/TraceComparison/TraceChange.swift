internal import Bytes
internal import Expectations

/// One thing about an exchange that is not the same in both traces.
package struct TraceChange: Sendable, Hashable {
    /// What it is in the first trace; empty where that has nothing of it.
    package var first: String
    /// What it is in the second.
    package var second: String

    init(_ first: String, _ second: String) {
        self.first = first
        self.second = second
    }
}

extension ComparedExchange {
    /// What is before the parts of a request and of a response, as curl has it.
    private static let sides = [">", "<"]

    /// What is not the same in `other`.
    func changes(to other: ComparedExchange) -> [TraceChange] {
        guard self != other else { return [] }
        var changes: [TraceChange] = []
        func note(_ one: String, _ two: String) {
            if one != two { changes.append(TraceChange(one, two)) }
        }
        note(connection, other.connection)
        for (side, name) in Self.sides.enumerated() where startLines[side] != other.startLines[side]
        {
            note("\(name) \(startLines[side])", "\(name) \(other.startLines[side])")
        }
        note(interimText, other.interimText)
        note(absence?.rawValue ?? "", other.absence?.rawValue ?? "")
        for side in 0...1 {
            changes += Self.changes(fields[side], other.fields[side], Self.sides[side])
            changes += contents[side].changes(to: other.contents[side], Self.sides[side])
            note(segments(side), other.segments(side))
        }
        for (place, lists) in zip(findings, other.findings).enumerated() {
            let name = (Self.sides + ["< interim", "exchange"])[place]
            note(
                Self.text(lists.0, without: lists.1, name),
                Self.text(lists.1, without: lists.0, name)
            )
        }
        return changes
    }

    /// The findings of one trace that the other does not have.
    private static func text(_ own: [String], without others: [String], _ name: String) -> String {
        let left = own.filter { !others.contains($0) }
        return left.isEmpty ? "" : "\(name) with \(left.joined(separator: ", "))"
    }

    private var connection: String { isReused ? "connection reused" : "connection new" }

    private var interimText: String {
        interim.isEmpty ? "" : "< interim " + interim.joined(separator: ", ")
    }

    private func segments(_ side: Int) -> String {
        let cuts = cuts[side]
        if cuts.isEmpty { return "\(Self.sides[side]) 1 segment" }
        let places = cuts.prefix(6).map { String($0) }.joined(separator: ", ")
        return "\(Self.sides[side]) \(cuts.count + 1) segments, cut at \(places)"
            + (cuts.count > 6 ? ", …" : "")
    }

    private static func changes(
        _ one: [ComparedField],
        _ other: [ComparedField],
        _ side: String
    ) -> [TraceChange] {
        guard one != other else { return [] }
        let alignment = Alignment(
            left: one.map { $0.name },
            right: other.map { $0.name },
            isSame: { one[$0] == other[$1] },
            score: { left, right in
                one[left] == other[right] ? 3 : one[left].name == other[right].name ? 2 : 0
            }
        )
        return alignment.steps.compactMap { step in
            switch step {
            case .left(let index): TraceChange("\(side) \(one[index].text)", "")
            case .right(let index): TraceChange("", "\(side) \(other[index].text)")
            case .pair(let left, let right):
                one[left] == other[right]
                    ? nil
                    : TraceChange("\(side) \(one[left].text)", "\(side) \(other[right].text)")
            }
        }
    }
}

extension ComparedContent {
    /// How much is shown, and how much of that before the first difference, in bytes.
    private static let (excerpt, context) = (60, 16)

    fileprivate func changes(to other: ComparedContent, _ side: String) -> [TraceChange] {
        guard self != other else { return [] }
        let shorter = min(bytes.count, other.bytes.count)
        let first = (0..<shorter).first { bytes[$0] != other.bytes[$0] } ?? shorter
        return [TraceChange(text(side, from: first), other.text(side, from: first))]
    }

    /// `< content of 13 bytes, from byte 6: "World!"`.
    private func text(_ side: String, from place: Int) -> String {
        let sum = "\(side) content of \(length) \(length == 1 ? "byte" : "bytes")"
        let start = max(0, place - Self.context)
        let shown = bytes.dropFirst(start).prefix(Self.excerpt)
        guard !shown.isEmpty else { return sum }
        let quote = TextPattern(bytes: Array(shown)).quoted
        return sum + (start > 0 ? ", from byte \(start): " : ": ") + quote
            + (start + shown.count < bytes.count ? "…" : "")
    }
}

extension ComparedExchange {
    /// How probable it is that this is the same exchange as `other`; 0 where it is not.
    func likeness(to other: ComparedExchange) -> Int {
        if self == other { return 1000 }
        var sum = 0
        if startLines == other.startLines {
            sum += 700
        } else if method == other.method, target == other.target {
            sum += 550
        } else {
            guard method == other.method else { return 0 }
            sum += Self.common(target, other.target)
            if startLines[1] == other.startLines[1] { sum += 100 }
            guard sum >= 300 else { return 0 }
        }
        if fields == other.fields { sum += 50 }
        if contents == other.contents { sum += 100 }
        if findings == other.findings { sum += 20 }
        return sum
    }

    /// Up to 400, for as much as two targets have in common at their beginnings and ends.
    private static func common(_ one: [UInt8], _ other: [UInt8]) -> Int {
        let shorter = min(one.count, other.count)
        var prefix = 0
        while prefix < shorter, one[prefix] == other[prefix] { prefix += 1 }
        var suffix = 0
        while suffix < shorter - prefix,
            one[one.count - 1 - suffix] == other[other.count - 1 - suffix]
        {
            suffix += 1
        }
        // Every target begins with a slash.
        return 400 * max(prefix + suffix - 1, 0) / max(one.count, other.count, 1)
    }
}
