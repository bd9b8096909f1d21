package import Bytes
package import Packets

/// Finds the connection that a segment belongs to, and numbers connections as Wireshark does.
///
/// Connections lie in slots that are used again; an open-addressing table leads to them.
package struct ConnectionTable: ~Copyable, Sendable {
    /// The connections by slot; slots that are free hold ones of nobody.
    package var connections: RestingSlots<TCPConnection>

    /// How many connections there have been.
    package private(set) var count = 0

    /// Slot numbers by hash, -1 where there is none; the length is a power of two.
    private(set) var index: [Int32] = Array(repeating: -1, count: 1024)
    /// The hash of the connection in each slot: which it is not shows without a look at it.
    private var hashes: [UInt32] = []
    private var occupied = 0
    private var freeSlots: [Int] = []

    /// Drawn for each table, so that no capture can be made whose connections all collide.
    private let seed = (
        UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max),
        UInt64.random(in: .min ... .max)
    )

    /// Whether connections were opened in networks that tags or tunnels tell apart.
    var hasNetworks = false

    private let options: ReassemblyOptions

    /// The most connections that do not rest.
    private static let mostAtWork = 8192

    /// Makes a table whose connections rest but for those that take so many bytes.
    package init(options: ReassemblyOptions = ReassemblyOptions(), memoryAtWork: Int = 1 << 23) {
        self.options = options
        let limit = memoryAtWork / MemoryLayout<TCPConnection>.stride
        connections = RestingSlots(
            template: TCPConnection.ofNobody(options),
            limit: min(limit, Self.mostAtWork)
        )
    }

    /// Where a segment belongs.
    package struct Location: Sendable {
        /// The connection's slot.
        package var slot: Int
        /// Which way the segment goes.
        package var direction: Direction
        /// A connection between the same endpoints that this segment, a new SYN, makes history of:
        /// to be finished and removed before ``ConnectionTable/open(_:)``.
        package var isSuperseded: Bool
    }

    /// Whether segments of the connection wait for others.
    package func isWaiting(_ slot: Int) -> Bool { connections[slot].isWaiting }

    /// Whether both directions of the connection have ended, or it was reset.
    package func isClosed(_ slot: Int) -> Bool { connections[slot].isClosed }

    /// Whether segments of the connection have waited long enough for bytes that were received.
    package func isOverdue(_ slot: Int, at now: Timestamp) -> Bool {
        connections[slot].isOverdue(at: now)
    }

    /// Whether what waits on the connection is given up, missing bytes or not.
    package func isGivingUp(_ slot: Int) -> Bool { connections[slot].isGivingUp }

    /// What the segments that wait on the connection take of memory, in bytes.
    package func waitingFootprint(_ slot: Int) -> Int { connections[slot].waitingFootprint }

    /// Whether any payload was seen on the connection.
    package func hasSpoken(_ slot: Int) -> Bool { connections[slot].hasSpoken }

    /// Why the connection did not come about; `nil` where it did, or nothing tells.
    package func failure(_ slot: Int) -> TCPConnection.Failure? { connections[slot].failure }

    /// How much of a direction the other end is known to have received, in bytes.
    package func receivedLength(_ slot: Int, of direction: Direction) -> Int {
        connections[slot].receivedLength(of: direction)
    }

    /// Whether the connection has ended in order, and bytes of it are not acknowledged yet: what
    /// comes of them is to be seen.
    package func isAwaitingAcknowledgement(_ slot: Int) -> Bool {
        !connections[slot].isReset
            && Direction.allCases.contains { connections[slot].isUnacknowledged($0) }
    }

    /// How many bytes of a direction were delivered, gaps included.
    package func offset(_ slot: Int, _ direction: Direction) -> Int {
        direction == .forward
            ? connections[slot].forward.offset : connections[slot].backward.offset
    }

    /// What a connection takes of memory, in bytes, without what waits on it: it, as it rests, and
    /// its places in the tables.
    package static let costOfConnection = 384

    /// How many connections are not removed.
    package var liveCount: Int { occupied }

    /// The slots of the connections that are not removed.
    package var liveSlots: [Int] { index.compactMap { $0 >= 0 ? Int($0) : nil } }

    /// The same in the order of what `key` says of the connections.
    package func liveSlots(by key: (borrowing TCPConnection) -> Int) -> [Int] {
        inOrder(liveSlots, by: key)
    }

    /// Slots in the order of what `key` says of their connections.
    package func inOrder(_ slots: [Int], by key: (borrowing TCPConnection) -> Int) -> [Int] {
        slots.map { (key(connections[$0]), $0) }.sorted { $0.0 < $1.0 }.map(\.1)
    }

    /// The connection of a segment, or `nil` where it opens one.
    package func find(_ segment: TCPSegment) -> Location? {
        let mask = index.count - 1
        let hash = hash(segment.source, segment.destination)
        var position = Int(hash) & mask
        while index[position] >= 0 {
            let slot = Int(index[position])
            if let direction = direction(of: segment, hash, in: slot) {
                guard isOrdinary(segment, slot, direction) else {
                    return find(segment, inNetworksFrom: position)
                }
                return Location(
                    slot: slot,
                    direction: direction,
                    isSuperseded: supersedes(segment, slot, direction)
                )
            }
            position = (position + 1) & mask
        }
        return nil
    }

    /// Opens the connection that `segment` is of, and has it take those of its segments that the one
    /// before it has kept; answers where the segment belongs.
    package mutating func open(
        _ segment: TCPSegment,
        takingUp foreign: [ForeignSegment]
    ) -> Location {
        guard let first = foreign.first else {
            return Location(slot: open(segment), direction: .forward, isSuperseded: false)
        }
        let slot = open(first.segment)
        for earlier in foreign {
            let direction = direction(of: earlier.segment, hashes[slot], in: slot) ?? .forward
            connections[slot].accept(earlier, direction)
        }
        let direction = self.direction(of: segment, hashes[slot], in: slot) ?? .forward
        return Location(slot: slot, direction: direction, isSuperseded: false)
    }

    /// Opens the connection that `segment` is the first of; answers its slot.
    package mutating func open(_ segment: TCPSegment) -> Int {
        let connection = TCPConnection(
            stream: count,
            source: segment.source,
            destination: segment.destination,
            options: options
        )
        count += 1
        occupied += 1
        if occupied * 2 > index.count { grow() }
        let slot = freeSlots.popLast() ?? append()
        connections.put(connection, in: slot)
        hashes[slot] = hash(segment.source, segment.destination)
        if hasNetworks || !segment.network.isPlain { noteShared(segment, slot) }
        insert(slot)
        return slot
    }

    private mutating func append() -> Int {
        hashes.append(0)
        return connections.append()
    }

    /// Forgets the connection in a slot.
    package mutating func remove(_ slot: Int) {
        let mask = index.count - 1
        var position = home(of: slot)
        while index[position] != Int32(slot) {
            guard index[position] >= 0 else { return }
            position = (position + 1) & mask
        }
        // What follows without a hole moves up, so that no look-up ends too early.
        var hole = position
        var next = (hole + 1) & mask
        while index[next] >= 0 {
            let distance = (next &- home(of: Int(index[next]))) & mask
            if distance >= (next &- hole) & mask {
                index[hole] = index[next]
                hole = next
            }
            next = (next + 1) & mask
        }
        index[hole] = -1
        occupied -= 1
        // What it kept goes, and whoever still has its slot sees that it is another's.
        connections.put(.ofNobody(options), in: slot)
        freeSlots.append(slot)
    }

    /// Which way a segment, whose endpoints have this hash, goes on the connection in a slot; `nil`
    /// where it is of another.
    func direction(of segment: TCPSegment, _ hash: UInt32, in slot: Int) -> Direction? {
        guard hashes[slot] == hash else { return nil }
        let forward = connections[slot].forwardSource
        let backward = connections[slot].backwardSource
        if forward == segment.source, backward == segment.destination { return .forward }
        if backward == segment.source, forward == segment.destination { return .backward }
        return nil
    }

    /// A SYN opens a new connection unless it repeats the one that opened this one.
    func supersedes(_ segment: TCPSegment, _ slot: Int, _ direction: Direction) -> Bool {
        guard !connections[slot].isSteady, !segment.flags.contains(.rst) else { return false }
        if connections[slot].isFollowed(by: segment, direction) { return true }
        guard segment.flags.contains(.syn) else { return reopens(segment, slot, direction) }
        let isAnswer = segment.flags.contains(.ack)
        let isOver = connections[slot].isEnding
        // Some clients, and all tests, begin with the same number again.
        if !isAnswer, isOver, connections[slot].hasSpoken { return true }
        // A live connection is history only once both ends have taken up the SYN.
        return isOver && connections[slot].isForeign(segment, direction)
    }

    /// Data that lies outside of all that a closed connection sent is of another one, whose
    /// beginning is not in the capture.
    private func reopens(_ segment: TCPSegment, _ slot: Int, _ direction: Direction) -> Bool {
        guard segment.wireLength > 0, connections[slot].isClosed,
            connections[slot][direction].isStarted
        else { return false }
        let distance = segment.payloadSequence.distance(from: connections[slot][direction].next)
        // The FIN takes a number of its own; behind a reset that was forged, bytes may be missing.
        let ahead = connections[slot].isReset ? TCPConnection.plausibleHole : 1
        return distance > ahead || distance < -connections[slot][direction].offset - 1
    }

    private func home(of slot: Int) -> Int { Int(hashes[slot]) & (index.count - 1) }

    private mutating func insert(_ slot: Int) {
        let mask = index.count - 1
        var position = home(of: slot)
        while index[position] >= 0 { position = (position + 1) & mask }
        index[position] = Int32(slot)
    }

    private mutating func grow() {
        let slots = index.filter { $0 >= 0 }
        index = Array(repeating: -1, count: index.count * 2)
        for slot in slots { insert(Int(slot)) }
    }

    /// The same for both directions.
    func hash(_ one: Endpoint, _ two: Endpoint) -> UInt32 {
        UInt32(truncatingIfNeeded: mix(one) &+ mix(two))
    }

    private func mix(_ endpoint: Endpoint) -> UInt64 {
        let address = Self.fold(endpoint.address.low ^ seed.0, endpoint.address.high ^ seed.1)
        return Self.fold(address ^ UInt64(endpoint.port), seed.2)
    }

    private static func fold(_ one: UInt64, _ two: UInt64) -> UInt64 {
        let product = one.multipliedFullWidth(by: two)
        return product.high ^ product.low
    }
}
