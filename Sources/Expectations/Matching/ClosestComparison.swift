internal import Trace

/// Puts exchanges beside the expected ones that they most probably are, where not all of them are
/// as expected.
struct ClosestComparison {
    /// An expected exchange, several alike, or several in any order, as the alignment sees them.
    private struct Slot {
        var members: [ExpectedExchange]
        var isInAnyOrder = false
        /// Whether there is a difference where no exchange belongs to it.
        var isRequired = true
        /// Whether several exchanges may belong to it.
        var repeats = false
        /// How many it stands for where none belongs to it.
        var count = 1
        /// Whether it takes whatever no other slot takes, and says nothing of it.
        var isFiller = false
        /// Where the members of a large group are that ask for a request without wildcards, by that;
        /// others are under `nil`.
        var places: [String?: [Int]] = [:]

        /// The members that an exchange with this request may meet.
        func members(for request: String) -> [ExpectedExchange] {
            guard isInAnyOrder else { return members }
            return ((places[request] ?? []) + (places[nil] ?? [])).map { members[$0] }
        }
    }

    /// How many members of a group are looked at that ask for another request than was seen.
    private static let strangerLimit = 32

    private let exchanges: [Exchange]
    /// The request line of each exchange in the words of an expectation file.
    private let requests: [String]
    private let allowsFindings: Bool
    private let slots: [Slot]

    init(_ expectation: TraceExpectation, _ exchanges: [Exchange]) {
        self.exchanges = exchanges
        requests = exchanges.map(\.seenRequest)
        allowsFindings = expectation.allowsFindings
        slots = expectation.elements.flatMap { element in
            switch element {
            case .exchange(let expected): Self.slots(for: expected, exchanges.count)
            case .inAnyOrder(let members):
                [Self.slot(inAnyOrder: members)]
            }
        }
    }

    private static func slot(inAnyOrder members: [ExpectedExchange]) -> Slot {
        var slot = Slot(members: members, isInAnyOrder: true, repeats: true)
        for (place, member) in members.enumerated() {
            slot.places[member.literalRequest, default: []].append(place)
        }
        return slot
    }

    /// A slot for each exchange that must be there, and one for those that may.
    private static func slots(for expected: ExpectedExchange, _ seenCount: Int) -> [Slot] {
        let (least, most) = (expected.count.lowerBound, expected.count.upperBound)
        // More than there are exchanges need no slots of their own.
        let single = min(least, seenCount + 1)
        if expected.isOthers {
            return [Slot(members: [expected], isRequired: false, repeats: true, isFiller: true)]
        }
        var slots = Array(repeating: Slot(members: [expected]), count: single)
        if least > single { slots[single - 1].count += least - single }
        if most > least {
            slots.append(Slot(members: [expected], isRequired: false, repeats: true))
        }
        return slots
    }

    /// The rows, in an order that fits both sides.
    func rows() -> [TraceDifference.Row] {
        let alignment = Alignment(
            // A slot with room for several has no place of its own.
            left: slots.map { $0.repeats ? nil : $0.members.first?.literalRequest },
            right: requests.map { $0 },
            repeats: { slots[$0].repeats },
            isSame: { isSame(slots[$0], $1) },
            score: { likeness(slots[$0], $1) }
        )
        let steps = filled(alignment.steps)
        var rows: [TraceDifference.Row] = []
        var taken: [Int: [Int]] = [:]
        for case .pair(let slot, let exchange) in steps {
            taken[slot, default: []].append(exchange)
        }
        var isShown: Set<Int> = []
        for step in steps {
            switch step {
            case .right(let exchange): rows.append(.init(seen: exchanges[exchange]))
            case .left(let slot), .pair(let slot, _):
                guard isShown.insert(slot).inserted else { continue }
                rows += self.rows(of: slots[slot], taken[slot] ?? [])
            }
        }
        return Self.merged(rows)
    }

    /// Several alike that are missing one behind the other are one row.
    private static func merged(_ rows: [TraceDifference.Row]) -> [TraceDifference.Row] {
        rows.reduce(into: []) { merged, row in
            if row.verdict == .missing, let last = merged.last, last.verdict == .missing,
                last.expected == row.expected
            {
                merged[merged.count - 1].count += row.count
            } else {
                merged.append(row)
            }
        }
    }

    /// Gives what is left over between two pairs to a slot there that takes anything.
    private func filled(_ steps: [Alignment.Step]) -> [Alignment.Step] {
        var filled: [Alignment.Step] = []
        for run in steps.split(omittingEmptySubsequences: false, whereSeparator: \.isPair) {
            let filler = run.lazy.compactMap { step in
                if case .left(let slot) = step, slots[slot].isFiller { slot } else { nil }
            }.first
            for step in run {
                if let filler, case .right(let exchange) = step {
                    filled.append(.pair(filler, exchange))
                } else {
                    filled.append(step)
                }
            }
            if run.endIndex < steps.endIndex { filled.append(steps[run.endIndex]) }
        }
        return filled
    }

    private func isSame(_ slot: Slot, _ index: Int) -> Bool {
        !slot.isFiller
            && slot.members(for: requests[index]).contains {
                $0.matches(exchanges[index], allowsFindings: allowsFindings)
            }
    }

    private func likeness(_ slot: Slot, _ index: Int) -> Int {
        if slot.isFiller { return 0 }
        var members = slot.members(for: requests[index])
        // Of a large group, a few are looked at that ask for another request.
        if members.isEmpty { members = Array(slot.members.prefix(Self.strangerLimit)) }
        return members.reduce(0) { likeness, member in
            let exchange = exchanges[index]
            return max(likeness, Likeness(member, exchange, allowsFindings: allowsFindings).value)
        }
    }

    /// The rows of one slot and the exchanges that belong to it.
    private func rows(of slot: Slot, _ seen: [Int]) -> [TraceDifference.Row] {
        if slot.isInAnyOrder { return rows(ofGroup: slot.members, seen) }
        guard let expected = slot.members.first else { return [] }
        if seen.isEmpty {
            guard slot.isRequired else { return [] }
            return [.init(expected: expected, count: slot.count)]
        }
        let (least, most) = (expected.count.lowerBound, expected.count.upperBound)
        let room = slot.repeats ? most - least : 1
        return seen.enumerated().map { offset, index in
            offset < room ? row(expected, index) : .init(seen: exchanges[index])
        }
    }

    private func row(_ expected: ExpectedExchange, _ index: Int) -> TraceDifference.Row {
        TraceDifference.Row(
            expected: expected,
            seen: exchanges[index],
            mismatches: expected.mismatches(
                with: exchanges[index],
                allowsFindings: allowsFindings
            )
        )
    }

    private func rows(
        ofGroup members: [ExpectedExchange],
        _ seen: [Int]
    ) -> [TraceDifference.Row] {
        var assignment = GroupAssignment(counts: members.map(\.count))
        let literals = members.map(\.literalRequest)
        let matches = { (member: Int, index: Int) in
            if let literal = literals[member], literal != requests[index] { return false }
            return members[member].matches(exchanges[index], allowsFindings: allowsFindings)
        }
        var left = seen.filter { !assignment.add($0, matches) }
        assignment.settle(matches)
        var missing = members.indices.map { assignment.missing($0) }
        // Of what is left over on both sides, what is most alike belongs together.
        var alike: [Int: Int] = [:]
        while let pair = mostAlike(members, missing, left) {
            alike[pair.index] = pair.member
            missing[pair.member] -= 1
            left.removeAll { $0 == pair.index }
        }
        let rows = seen.map { index in
            (assignment.owner[index] ?? alike[index]).map { row(members[$0], index) }
                ?? .init(seen: exchanges[index])
        }
        return rows
            + members.indices.filter { missing[$0] > 0 }.map {
                .init(expected: members[$0], count: missing[$0])
            }
    }

    private func mostAlike(
        _ members: [ExpectedExchange],
        _ missing: [Int],
        _ left: [Int]
    ) -> (member: Int, index: Int)? {
        var best: (member: Int, index: Int)?
        var most = Likeness.leastInAnyOrder - 1
        for member in members.indices where missing[member] > 0 {
            for index in left {
                let value = Likeness(
                    members[member],
                    exchanges[index],
                    allowsFindings: allowsFindings
                ).value
                if value > most { (best, most) = ((member, index), value) }
            }
        }
        return best
    }
}
