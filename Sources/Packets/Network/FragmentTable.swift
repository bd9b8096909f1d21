import Bytes

/// Puts fragmented IP packets together (RFC 815's problem, solved with a list of ranges).
///
/// First-seen bytes win where pieces overlap. What is incomplete is kept until a piece of the same
/// identification comes too late to belong to it, or none that is in time can come any more; and
/// where its owner says that memory is short, the oldest goes.
package struct FragmentTable: Sendable {
    private var pending: [Fragment.Key: PendingPacket] = [:]
    private var arrivals = 0

    /// The packets in the order of their first pieces from `firstInOrder` on, also some that are
    /// not pending any more.
    private var order: [(key: Fragment.Key, arrival: Int)] = []
    private var firstInOrder = 0

    /// How long after the first piece of a packet another may come, in nanoseconds (RFC 8200 §4.5).
    package static let patience: Int64 = 60_000_000_000

    /// Fragments that were given up because their packet never became whole.
    package private(set) var abandoned = 0

    /// What the incomplete packets take of memory, in bytes.
    package private(set) var footprint = 0

    /// How long after the first piece of a packet it goes: not as soon as another would be too late,
    /// as a capture's clock may be ahead of the frames that are yet to come.
    private static let remembrance = 2 * patience

    package init() {}

    /// Fragments that are still waiting for others.
    package var waiting: Int { pending.values.reduce(0) { $0 + $1.pieces } }

    /// Takes a piece.
    ///
    /// - Parameters:
    ///   - fragment: the piece as decoded from a frame.
    ///   - frame: the frame's bytes.
    ///   - time: when the frame was captured.
    /// - Returns: the payload of its packet once that is whole, until then `nil`.
    package mutating func add(
        _ fragment: Fragment,
        _ frame: Span<UInt8>,
        at time: Timestamp
    ) -> [UInt8]? {
        guard !fragment.payload.isEmpty, fragment.position + fragment.payload.count <= 65_535 else {
            abandoned += 1
            return nil
        }
        arrivals += 1
        // Taken out, so that its bytes are changed where they are.
        var packet = take(fragment.key) ?? begin(fragment.key, time)
        if time.nanoseconds(since: packet.time) > Self.patience {
            abandoned += packet.pieces
            packet = begin(fragment.key, time)
        }
        packet.add(frame.extracting(fragment.payload), at: fragment.position)
        if !fragment.hasMore { packet.end(at: fragment.position + fragment.payload.count) }
        if let whole = packet.whole { return whole }
        footprint += packet.footprint
        pending[fragment.key] = packet
        return nil
    }

    /// Lets go of the packets that have waited longest until those that are left take no more than
    /// `limit` bytes.
    package mutating func shrink(to limit: Int) {
        while footprint > limit, firstInOrder < order.count { dropOldest() }
    }

    private mutating func take(_ key: Fragment.Key) -> PendingPacket? {
        guard let packet = pending.removeValue(forKey: key) else { return nil }
        footprint -= packet.footprint
        return packet
    }

    private mutating func begin(_ key: Fragment.Key, _ time: Timestamp) -> PendingPacket {
        dropExpired(at: time)
        if order.count >= 4 * pending.count + 64 {
            order = order[firstInOrder...].filter { pending[$0.key]?.arrival == $0.arrival }
            firstInOrder = 0
        }
        order.append((key, arrivals))
        return PendingPacket(arrivals, time)
    }

    /// Drops the packets of which no piece can come any more that is in time.
    private mutating func dropExpired(at time: Timestamp) {
        while firstInOrder < order.count {
            let oldest = order[firstInOrder]
            if let packet = pending[oldest.key], packet.arrival == oldest.arrival,
                time.nanoseconds(since: packet.time) <= Self.remembrance
            {
                return
            }
            dropOldest()
        }
    }

    private mutating func dropOldest() {
        let oldest = order[firstInOrder]
        firstInOrder += 1
        guard pending[oldest.key]?.arrival == oldest.arrival, let packet = take(oldest.key) else {
            return
        }
        abandoned += packet.pieces
    }
}

/// An IP packet of which pieces are missing.
private struct PendingPacket: Sendable {
    /// When its first piece came, in pieces of all packets.
    let arrival: Int
    /// When it was captured.
    let time: Timestamp
    /// How many pieces have come.
    private(set) var pieces = 0
    private var bytes: [UInt8] = []
    /// The parts of `bytes` that have come: in order, none touching another.
    private var known: [Range<Int>] = []
    private var totalLength: Int?

    /// What it takes of memory, in bytes: its bytes, its ranges, and its places in the table.
    var footprint: Int { bytes.capacity + known.capacity * MemoryLayout<Range<Int>>.stride + 512 }

    init(_ arrival: Int, _ time: Timestamp) {
        self.arrival = arrival
        self.time = time
    }

    /// The payload, once nothing of it is missing.
    var whole: [UInt8]? {
        guard let totalLength, let first = known.first, first.lowerBound == 0,
            first.upperBound >= totalLength
        else { return nil }
        return Array(bytes.prefix(totalLength))
    }

    /// Takes note of where the packet ends; the first piece that says so holds.
    mutating func end(at length: Int) {
        if totalLength == nil { totalLength = length }
    }

    /// Puts a piece where nothing is yet.
    mutating func add(_ piece: Span<UInt8>, at position: Int) {
        pieces += 1
        let end = position + piece.count
        if bytes.count < end {
            bytes.append(contentsOf: repeatElement(0, count: end - bytes.count))
        }
        let first = firstKnown(reaching: position)
        var next = first
        var start = position
        var merged = position..<end
        while next < known.count, known[next].lowerBound <= end {
            let part = known[next]
            if start < part.lowerBound { copy(piece, position, start..<part.lowerBound) }
            start = max(start, part.upperBound)
            let lower = min(merged.lowerBound, part.lowerBound)
            merged = lower..<max(merged.upperBound, part.upperBound)
            next += 1
        }
        if start < end { copy(piece, position, start..<end) }
        known.replaceSubrange(first..<next, with: CollectionOfOne(merged))
    }

    private mutating func copy(_ piece: Span<UInt8>, _ position: Int, _ range: Range<Int>) {
        let part = piece.extracting(range.lowerBound - position..<range.upperBound - position)
        bytes.replaceSubrange(range, with: [UInt8](copying: part))
    }

    /// The index of the first known part that ends at `position` or behind it; found by halving, as
    /// a forged packet may have thousands of parts.
    private func firstKnown(reaching position: Int) -> Int {
        var (low, high) = (0, known.count)
        while low < high {
            let middle = (low + high) / 2
            if known[middle].upperBound < position { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
