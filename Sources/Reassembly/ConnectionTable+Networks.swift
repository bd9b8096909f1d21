import Packets

// Connections whose endpoints have the same addresses and ports, in several networks. All of them
// stand in the table under the same hash.
extension ConnectionTable {
    /// The most connections with the same endpoints that are told apart: each segment of theirs is
    /// compared with all.
    private static let sharingLimit = 64

    /// Whether a segment is of the connection in a slot if its endpoints are: no other has them,
    /// and it comes in the network of those before it.
    @inline(__always)
    func isOrdinary(_ segment: TCPSegment, _ slot: Int, _ direction: Direction) -> Bool {
        guard let network = connections[slot][direction].network else {
            return !hasNetworks && segment.network.isPlain
        }
        return network == segment.network && !connections[slot].sharesEndpoints
    }

    /// The connection of a segment among those with its endpoints, the first of which stands at
    /// `start` in the index; `nil` where it opens one.
    @inline(never)
    func find(_ segment: TCPSegment, inNetworksFrom start: Int) -> Location? {
        var best: (kinship: TCPConnection.Kinship, location: Location)?
        var oldest: Location?
        var count = 0
        let hash = hash(segment.source, segment.destination)
        forEachSharing(segment, hash, from: start) { slot, direction in
            let supersedes = supersedes(segment, slot, direction)
            let location = Location(
                slot: slot,
                direction: direction,
                isSuperseded: supersedes
            )
            let isForeign =
                segment.flags.contains(.syn) && connections[slot].isForeign(segment, direction)
            let kinship = connections[slot].kinship(
                segment,
                direction,
                fits: !supersedes && !isForeign
            )
            if kinship > best?.kinship ?? .none { best = (kinship, location) }
            let latest = oldest.map { connections[$0.slot].last.number } ?? .max
            if connections[slot].last.number < latest {
                oldest = location
            }
            count += 1
        }
        if let best { return best.location }
        guard count >= Self.sharingLimit else { return nil }
        oldest?.isSuperseded = true
        return oldest
    }

    /// Takes note of the connections that share the endpoints of a new one, before that stands in
    /// the table.
    mutating func noteShared(_ segment: TCPSegment, _ slot: Int) {
        hasNetworks = true
        var others: [Int] = []
        let hash = hash(segment.source, segment.destination)
        let home = Int(hash) & (index.count - 1)
        forEachSharing(segment, hash, from: home) { other, _ in others.append(other) }
        for other in others { connections[other].sharesEndpoints = true }
        connections[slot].sharesEndpoints = !others.isEmpty
    }

    private func forEachSharing(
        _ segment: TCPSegment,
        _ hash: UInt32,
        from start: Int,
        _ body: (Int, Direction) -> Void
    ) {
        let mask = index.count - 1
        var position = start
        while index[position] >= 0 {
            let slot = Int(index[position])
            if let direction = direction(of: segment, hash, in: slot) { body(slot, direction) }
            position = (position + 1) & mask
        }
    }
}
