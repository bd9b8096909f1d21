/// The sums over all connections that were turned over to one protocol.
package struct SwitchedTotal: Sendable, Hashable {
    /// How many connections.
    package var connections = 0
    /// Bytes that the clients and the servers sent after the switch.
    package var clientBytes = 0
    package var serverBytes = 0

    /// Adds other connections.
    mutating func add(_ other: SwitchedTotal) {
        connections += other.connections
        clientBytes += other.clientBytes
        serverBytes += other.serverBytes
    }

    /// Adds what went over one connection.
    mutating func add(_ traffic: SwitchedTraffic) {
        connections += 1
        clientBytes += traffic.client.bytes
        serverBytes += traffic.server.bytes
    }
}

/// What went over connections that were turned over to other protocols, by protocol.
///
/// The names come from the capture, and there may be any number. Those are kept that come first in
/// the alphabet, however many there are and in whatever order they are added, so that the totals of
/// parts of a capture add up to those of the whole.
package struct SwitchedTotals: Sendable, Hashable {
    /// The most protocols that are told apart.
    private static let limit = 4096
    /// The most that are shown apart: those of the most connections.
    private static let shownLimit = 64

    private var byName: [String: SwitchedTotal] = [:]
    /// What is not in ``byName``: that of all names from ``first`` on.
    private var others = SwitchedTotal()
    private var first: String?

    /// Whether there are none.
    package var isEmpty: Bool { byName.isEmpty && others.connections == 0 }

    /// What went over the connections of one protocol.
    package subscript(name: String) -> SwitchedTotal? { byName[name] }

    /// Adds what went over one connection.
    mutating func add(_ traffic: SwitchedTraffic) {
        var total = SwitchedTotal()
        total.add(traffic)
        add(total, of: traffic.name)
    }

    /// Adds those of another part of the capture.
    mutating func add(_ other: SwitchedTotals) {
        others.add(other.others)
        if let limit = other.first, first.map({ limit < $0 }) ?? true { cut(from: limit) }
        for (name, total) in other.byName { add(total, of: name) }
    }

    private mutating func add(_ total: SwitchedTotal, of name: String) {
        if let first, name >= first { return others.add(total) }
        byName[name, default: SwitchedTotal()].add(total)
        // Twice as many may be there, so that they are looked through seldom.
        if byName.count >= 2 * Self.limit { cut(from: byName.keys.sorted()[Self.limit]) }
    }

    /// Counts all names from `name` on together.
    private mutating func cut(from name: String) {
        first = name
        for (later, total) in byName where later >= name {
            others.add(total)
            byName[later] = nil
        }
    }

    /// What is to be shown by protocol, the rest under `others`.
    package var shown: [String: SwitchedTotal] {
        var (kept, rest) = (byName, others)
        if kept.count > Self.limit {
            for name in kept.keys.sorted().dropFirst(Self.limit) {
                rest.add(kept.removeValue(forKey: name) ?? SwitchedTotal())
            }
        }
        let mostFirst = kept.sorted {
            ($1.value.connections, $0.key) < ($0.value.connections, $1.key)
        }
        for (_, total) in mostFirst.dropFirst(Self.shownLimit) { rest.add(total) }
        var shown = Dictionary(uniqueKeysWithValues: Array(mostFirst.prefix(Self.shownLimit)))
        if rest.connections > 0 { shown["others", default: SwitchedTotal()].add(rest) }
        return shown
    }
}
