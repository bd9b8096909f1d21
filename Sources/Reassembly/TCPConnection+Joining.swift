import Packets

// Where the capture joins a connection, the first segment that it holds may not be the first that was
// sent. As long as nothing of the other end was seen, a few segments of a direction wait, so that
// others can come in front of them.
extension TCPConnection {
    /// How many segments wait at the most: where they came in order, and where they did not.
    private static let segmentsToJoin = (ordered: 3, disordered: 8)

    /// Whether a segment with payload is among the first of a connection that the capture joins.
    func isJoining(_ direction: Direction) -> Bool {
        if self[direction].isJoining { return true }
        return !self[direction].hasPayload && !self[direction.opposite].isSeen && !hasHandshake
            && self[direction].offset == 0
    }

    /// Has a direction begin with the first of the segments that wait, once it is known, or has been
    /// waited for long enough.
    mutating func endJoining(_ direction: Direction, _ frame: FrameReference) {
        guard self[direction].isJoining, let first = self[direction].queue.first else { return }
        let waited = frame.timestamp.nanoseconds(since: first.frame.timestamp)
        let count = self[direction].queue.count
        let isOrdered = self[direction].queue.isInOrder
        let limit = isOrdered ? Self.segmentsToJoin.ordered : Self.segmentsToJoin.disordered
        guard
            self[direction.opposite].isSeen || count >= limit
                || waited >= Self.nanosecondsToWait || self[direction].finSequence != nil
        else { return }
        join(direction)
    }

    /// The same where time passes and no frame comes.
    mutating func advanceJoining(_ direction: Direction, to now: Timestamp) {
        guard let first = self[direction].queue.first else { return }
        if now.nanoseconds(since: first.frame.timestamp) >= Self.nanosecondsToWait {
            join(direction)
        }
    }

    /// Begins with the first of the segments that wait.
    mutating func join(_ direction: Direction) {
        guard self[direction].isJoining else { return }
        self[direction].isJoining = false
        guard let first = self[direction].queue.first else { return }
        self[direction].start(at: startOfJoined(first, direction))
        self[direction].queue.settleArrivals()
        isDue = true
    }

    /// Where the first segment lies; or before it, where it answers just what the other end sent with
    /// the acknowledgement of what came before.
    private func startOfJoined(_ first: StoredSegment, _ direction: Direction) -> SequenceNumber {
        let other = self[direction.opposite]
        guard let answered = first.acknowledgement, other.hasPayload, answered == other.next,
            let acknowledged = self[direction].acknowledged,
            0...(1 << 20) ~= first.sequence.distance(from: acknowledged)
        else { return first.sequence }
        return acknowledged
    }
}
