internal import Expectations
package import Trace

/// Two traces side by side.
package struct TracePairing: Sendable {
    /// What became of an exchange.
    package enum Verdict: Sendable, Hashable {
        case same
        case changed
        /// It is in the first trace alone.
        case removed
        /// It is in the second trace alone.
        case added
        /// It is at another place among the others, where the order is looked at; it may be changed
        /// too.
        case moved
    }

    /// One exchange of either trace, or one that both have.
    package struct Row: Sendable {
        /// Its place in the first trace, counted from 0; `nil` where that has no such exchange.
        package var first: Int?
        /// Its place in the second.
        package var second: Int?
        package var verdict: Verdict
        /// What has changed, in order.
        package var changes: [TraceChange] = []
    }

    /// The exchanges, in an order that fits both traces.
    package private(set) var rows: [Row] = []

    /// Whether there is no difference.
    package var isSame: Bool { rows.allSatisfy { $0.verdict == .same } }

    /// How many exchanges a verdict is given of.
    package func count(of verdict: Verdict) -> Int { rows.count { $0.verdict == verdict } }

    /// Compares `first` with `second`, each in the order in which the tracer gives exchanges.
    package init(
        _ first: [Exchange],
        _ second: [Exchange],
        options: ComparisonOptions = ComparisonOptions()
    ) {
        let one = first.map { ComparedExchange($0, options) }
        let other = second.map { ComparedExchange($0, options) }
        rows = Self.rows(one, other, isOrdered: options.aspects.contains(.order))
    }

    private static func rows(
        _ one: [ComparedExchange],
        _ other: [ComparedExchange],
        isOrdered: Bool
    ) -> [Row] {
        let alignment = Alignment(
            left: one.map { $0.startLines[0] },
            right: other.map { $0.startLines[0] },
            isSame: { one[$0] == other[$1] },
            score: { one[$0].likeness(to: other[$1]) }
        )
        var (removed, added): ([Int], [Int]) = ([], [])
        for step in alignment.steps {
            switch step {
            case .left(let place): removed.append(place)
            case .right(let place): added.append(place)
            case .pair: break
            }
        }
        let moved = moves(one, removed, other, added)
        let origins = Dictionary(uniqueKeysWithValues: moved.map { ($0.value, $0.key) })
        return alignment.steps.compactMap { step in
            switch step {
            case .left(let place):
                // What was moved is shown where it is now.
                return moved[place] == nil ? Row(first: place, verdict: .removed) : nil
            case .right(let place):
                guard let origin = origins[place] else {
                    return Row(second: place, verdict: .added)
                }
                return pair(one, origin, other, place, isMoved: isOrdered)
            case .pair(let first, let second):
                return pair(one, first, other, second, isMoved: false)
            }
        }
    }

    private static func pair(
        _ one: [ComparedExchange],
        _ first: Int,
        _ other: [ComparedExchange],
        _ second: Int,
        isMoved: Bool
    ) -> Row {
        let changes = one[first].changes(to: other[second])
        return Row(
            first: first,
            second: second,
            verdict: isMoved ? .moved : changes.isEmpty ? .same : .changed,
            changes: changes
        )
    }

    /// Which of the exchanges that stand alone on either side are the same at another place: for the
    /// place in the first trace, that in the second.
    private static func moves(
        _ one: [ComparedExchange],
        _ removed: [Int],
        _ other: [ComparedExchange],
        _ added: [Int]
    ) -> [Int: Int] {
        // Equal ones first, by their hashes: there may be many.
        var places: [ComparedExchange: [Int]] = [:]
        for place in added.reversed() { places[other[place], default: []].append(place) }
        var moves: [Int: Int] = [:]
        for place in removed {
            if let target = places[one[place]]?.popLast() { moves[place] = target }
        }
        var taken = Set(moves.values)
        var alike: [[String]: [Int]] = [:]
        for place in added.reversed() where !taken.contains(place) {
            alike[other[place].startLines, default: []].append(place)
        }
        for place in removed where moves[place] == nil {
            guard let target = alike[one[place].startLines]?.popLast() else { continue }
            moves[place] = target
            taken.insert(target)
        }
        return moves
    }
}
