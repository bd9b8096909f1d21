/// Which of several expected exchanges each of some exchanges is, in any order.
///
/// A bipartite matching in which a member takes as many exchanges as its count allows, grown one
/// exchange at a time by alternating paths.
struct GroupAssignment {
    private let counts: [ClosedRange<Int>]
    /// The exchanges that each member has.
    private(set) var taken: [[Int]]
    /// The member that has each exchange.
    private(set) var owner: [Int: Int] = [:]

    init(counts: [ClosedRange<Int>]) {
        self.counts = counts
        taken = Array(repeating: [], count: counts.count)
    }

    /// Whether each member has as many exchanges as it must.
    var isComplete: Bool { counts.indices.allSatisfy { missing($0) == 0 } }

    /// How many exchanges a member lacks.
    func missing(_ member: Int) -> Int { max(0, counts[member].lowerBound - taken[member].count) }

    /// Gives `exchange` to a member; `false`, and nothing is changed, where there is no way.
    mutating func add(_ exchange: Int, _ matches: (Int, Int) -> Bool) -> Bool {
        var visited: Set<Int> = []
        return place(exchange, &visited, matches)
    }

    /// Moves exchanges to members that lack some, as far as that goes.
    mutating func settle(_ matches: (Int, Int) -> Bool) {
        for member in counts.indices {
            while missing(member) > 0 {
                var visited: Set<Int> = []
                guard fill(member, &visited, matches) else { break }
            }
        }
    }

    private mutating func place(
        _ exchange: Int,
        _ visited: inout Set<Int>,
        _ matches: (Int, Int) -> Bool
    ) -> Bool {
        for member in counts.indices
        where !visited.contains(member) && matches(member, exchange) {
            visited.insert(member)
            if taken[member].count < counts[member].upperBound {
                take(exchange, by: member)
                return true
            }
            for other in taken[member] where place(other, &visited, matches) {
                take(exchange, by: member)
                return true
            }
        }
        return false
    }

    private mutating func fill(
        _ member: Int,
        _ visited: inout Set<Int>,
        _ matches: (Int, Int) -> Bool
    ) -> Bool {
        visited.insert(member)
        for giver in counts.indices where !visited.contains(giver) {
            for exchange in taken[giver] where matches(member, exchange) {
                let canSpare = taken[giver].count > counts[giver].lowerBound
                // Whether it can be filled does not depend on what it gives.
                guard canSpare || fill(giver, &visited, matches) else { break }
                take(exchange, by: member)
                return true
            }
        }
        return false
    }

    private mutating func take(_ exchange: Int, by member: Int) {
        if let giver = owner[exchange] { taken[giver].removeAll { $0 == exchange } }
        owner[exchange] = member
        taken[member].append(exchange)
    }
}
