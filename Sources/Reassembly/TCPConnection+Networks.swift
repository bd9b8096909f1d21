import Packets

// The same addresses and ports may be in use in several networks of one capture. A segment of a
// network in which its connection was not seen yet is of that connection as far as its numbers allow:
// one direction may be tagged and the other not, and frames may be captured with their tag and
// without.
extension TCPConnection {
    /// How surely a segment with a connection's endpoints is one of its own.
    enum Kinship: Int, Comparable {
        /// Neither its network nor its numbers are the connection's.
        case none
        case network
        case numbers
        case both

        static func < (one: Kinship, other: Kinship) -> Bool { one.rawValue < other.rawValue }
    }

    /// How surely a segment is of this connection; `fits` where a SYN repeats that of this
    /// connection, and where other segments may follow on what was sent.
    func kinship(_ segment: TCPSegment, _ direction: Direction, fits: Bool) -> Kinship {
        let isKnown = isKnown(segment.network, direction)
        guard fits, isPlausible(segment, direction) else { return isKnown ? .network : .none }
        return isKnown ? .both : .numbers
    }

    /// Takes note of the network that a segment came in.
    @inline(never)
    mutating func noteNetwork(_ segment: TCPSegment, _ direction: Direction) {
        if self[direction].network == nil {
            self[direction].network = segment.network
        } else if !isKnown(segment.network, direction), laterNetworks.count < Self.networkLimit {
            laterNetworks.append((direction, segment.network))
        }
    }

    /// In how many networks beside its first it is remembered to have been seen.
    private static let networkLimit = 16

    /// Whether segments of the direction were seen in this network; before the first, whether
    /// those of the other were.
    private func isKnown(_ network: NetworkIdentity, _ direction: Direction) -> Bool {
        guard let first = self[direction].network else {
            return self[direction.opposite].network == network
        }
        return first == network || laterNetworks.contains { $0 == direction && $1 == network }
    }

    /// Whether the numbers of a segment allow it to be of this connection.
    ///
    /// Mostly they lie inside of what was seen. Frames may be missing, so that one of the two is
    /// ahead; of both it would be much of a coincidence, unless it is the first of its direction.
    private func isPlausible(_ segment: TCPSegment, _ direction: Direction) -> Bool {
        let other = direction.opposite
        if segment.flags.contains(.syn), let acknowledged = acknowledged(by: segment, direction),
            let initial = self[other].initialSequence
        {
            let isAnswer = acknowledged.distance(from: initial) >= 1
            return isAnswer && self[other].place(of: acknowledged) == .inside
        }
        let isRefusal = segment.flags.contains(.rst) && segment.sequence == SequenceNumber(0)
        let sent =
            isRefusal ? .inside : self[direction].place(of: segment.payloadSequence)
        let received =
            acknowledged(by: segment, direction).map { self[other].place(of: $0) } ?? .inside
        switch (sent, received) {
        case (.far, _), (_, .far): return false
        case (.inside, _), (_, .inside): return true
        case (.near, .near): return self[direction].network == nil
        }
    }
}

extension StreamHalf {
    /// Where a number lies in relation to what was seen of a direction.
    fileprivate enum Place {
        case inside
        case near
        case far
    }

    fileprivate func place(of sequence: SequenceNumber) -> Place {
        guard isStarted else { return .inside }
        let distance = sequence.distance(from: next)
        // SYN and FIN take a number each, and a keep-alive probe lies one in front.
        let isBehindStart = distance >= -offset - 2
        if isBehindStart, distance <= 1 || wasSeen(upTo: sequence) { return .inside }
        // More than most windows leave in flight; where the capture joins, what was acknowledged may
        // be older than what is seen.
        let nearness = network == nil ? TCPConnection.plausibleHole : 1 << 20
        return -offset - nearness...nearness ~= distance ? .near : .far
    }

    /// Whether segments wait that lie at a place or behind it, or the other end has received so much.
    private func wasSeen(upTo sequence: SequenceNumber) -> Bool {
        queue.holdsSegment(behind: sequence.advanced(by: -1))
            || acknowledged.map { $0.distance(from: sequence) >= 0 } ?? false
    }
}
