/// Looks for a way in which every exchange is one that is expected, and nothing is missing.
///
/// The places up to which the exchanges can be used up by the first elements are computed element
/// by element, as an automaton without backtracking does it.
struct ExactComparison {
    /// An expected exchange, counted through all elements, beside one that was seen.
    typealias Pair = (expected: Int, seen: Int)

    private let elements: [TraceExpectation.Element]
    private let seenCount: Int
    private let matches: (_ expected: Int, _ seen: Int) -> Bool
    /// The number of each element's first expected exchange.
    private let firstExpected: [Int]

    init(
        _ elements: [TraceExpectation.Element],
        seenCount: Int,
        matches: @escaping (_ expected: Int, _ seen: Int) -> Bool
    ) {
        self.elements = elements
        self.seenCount = seenCount
        self.matches = matches
        var next = 0
        firstExpected = elements.map { element in
            defer { next += element.exchanges.count }
            return next
        }
    }

    /// The pairs, each exchange once, in order; `nil` where there is no way.
    func pairs() -> [Pair]? {
        // Where each place was reached from, before each element.
        var origins: [[Int: Int]] = []
        var places: Set<Int> = [0]
        for index in elements.indices {
            let reached = step(index, from: places.sorted())
            if reached.isEmpty { return nil }
            origins.append(reached)
            places = Set(reached.keys)
        }
        guard places.contains(seenCount) else { return nil }
        var pairs: [Pair] = []
        var end = seenCount
        for index in elements.indices.reversed() {
            guard let start = origins[index][end] else { return nil }
            pairs += self.pairs(of: index, start..<end).reversed()
            end = start
        }
        return pairs.reversed()
    }

    /// Where an element can end, with where it begins then.
    private func step(_ index: Int, from starts: [Int]) -> [Int: Int] {
        switch elements[index] {
        case .exchange(let expected):
            return expected.count.upperBound == .max
                ? endlessRuns(firstExpected[index], expected.count.lowerBound, starts)
                : runs(firstExpected[index], expected.count, starts)
        case .inAnyOrder(let members):
            return groups(firstExpected[index], members.map(\.count), starts)
        }
    }

    private func runs(
        _ expected: Int,
        _ count: ClosedRange<Int>,
        _ starts: [Int]
    ) -> [Int: Int] {
        var reached: [Int: Int] = [:]
        for start in starts {
            var length = 0
            while true {
                if length >= count.lowerBound { reached[start + length] = start }
                guard length < count.upperBound, start + length < seenCount,
                    matches(expected, start + length)
                else { break }
                length += 1
            }
        }
        return reached
    }

    /// Runs of any length: of those that end at a place, the one that began first says most.
    private func endlessRuns(_ expected: Int, _ least: Int, _ starts: [Int]) -> [Int: Int] {
        var reached: [Int: Int] = [:]
        let starting = Set(starts)
        var runStart: Int?
        for place in (starts.first ?? 0)...seenCount {
            if runStart == nil, starting.contains(place) { runStart = place }
            if let runStart, place - runStart >= least { reached[place] = runStart }
            if place < seenCount, runStart != nil, !matches(expected, place) { runStart = nil }
        }
        return reached
    }

    private func groups(
        _ first: Int,
        _ counts: [ClosedRange<Int>],
        _ starts: [Int]
    ) -> [Int: Int] {
        var reached: [Int: Int] = [:]
        // With fewer some member lacks one, whatever is moved about.
        let least = counts.reduce(0) { sum, count in
            let (total, overflow) = sum.addingReportingOverflow(count.lowerBound)
            return overflow ? .max : total
        }
        for start in starts {
            var assignment = GroupAssignment(counts: counts)
            for end in start...seenCount {
                if end - start >= least {
                    assignment.settle { matches(first + $0, $1) }
                    if assignment.isComplete { reached[end] = start }
                }
                guard end < seenCount, assignment.add(end, { matches(first + $0, $1) }) else {
                    break
                }
            }
        }
        return reached
    }

    private func pairs(of index: Int, _ range: Range<Int>) -> [Pair] {
        let first = firstExpected[index]
        guard case .inAnyOrder(let members) = elements[index] else {
            return range.map { (first, $0) }
        }
        var assignment = GroupAssignment(counts: members.map(\.count))
        for seen in range { _ = assignment.add(seen) { matches(first + $0, $1) } }
        assignment.settle { matches(first + $0, $1) }
        return range.compactMap { seen in
            assignment.owner[seen].map { (first + $0, seen) }
        }
    }
}
