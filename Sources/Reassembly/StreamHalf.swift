package import Packets

/// One direction of a connection: what has come, what is awaited.
package struct StreamHalf: Sendable {
    /// The next byte to deliver; means something once ``isStarted``.
    package internal(set) var next = SequenceNumber(0)

    /// How many bytes lie before ``next`` since the start, gaps included.
    package internal(set) var offset = 0

    /// Whether a place to start from is known.
    package internal(set) var isStarted = false

    /// Whether a frame of this direction was seen.
    package internal(set) var isSeen = false

    /// The sequence number of its SYN, where that was captured.
    package internal(set) var initialSequence: SequenceNumber?

    /// Whether its end was reached: everything before its FIN is delivered.
    package internal(set) var hasEnded = false

    /// The network in which its first segment was seen.
    var network: NetworkIdentity?

    /// The place of its FIN, where that was captured.
    var finSequence: SequenceNumber?

    /// The frame with its FIN, where that was captured.
    package internal(set) var finFrame: FrameReference?

    /// Since when the end that receives this direction has had no room, in nanoseconds since the
    /// epoch; 0 where it has.
    var stalledSince: Int64 = 0

    /// How often bytes were sent again since the other end acknowledged anything, and when that was
    /// first and last, in nanoseconds since the epoch.
    var repeatsInVain = 0
    var firstRepeat: Int64 = 0
    var latestRepeat: Int64 = 0

    /// Whether a segment of this direction acknowledged something.
    var hasAcknowledged = false

    /// The largest window that the end which sends this direction has announced, as sent, and by how
    /// much it is shifted, where its SYN tells.
    var largestWindow: UInt16 = 0
    var windowShift: UInt8?

    /// How often the other end has acknowledged less since it acknowledged what was not seen, and
    /// what it did last.
    var contradictions = 0
    var contradiction: SequenceNumber?

    /// Whether bytes of it were found to be missing.
    var hasGap = false

    /// Segments that wait.
    var queue = SegmentQueue()

    /// The furthest place that the other end has acknowledged.
    var acknowledged: SequenceNumber?

    /// Whether any payload was delivered or stored.
    var hasPayload = false

    /// Whether bytes of it were seen and cut off by the capture.
    var hasCut = false

    /// The last segment with payload, to tell a frame that was captured twice.
    var lastSegment: (sequence: SequenceNumber, length: Int, frame: FrameReference)?

    /// The number of its latest segment in ``DeliveredSegments``; 0 before the first.
    var latestDelivered = 0

    /// The identification and hop limit of its latest packet with a SYN or payload.
    var origin = SegmentOrigin()

    /// Whether the other end has acknowledged one number more than there were bytes, and waiting did
    /// not help: a FIN that was not captured.
    var hasUnseenEnd = false

    /// Whether its first segments wait because nothing tells yet which of them is the first.
    var isJoining = false

    /// How often the other end has acknowledged the same place since bytes behind it came.
    var duplicateAcknowledgements = 0

    /// Whether its FIN has come, and bytes before it have not.
    @inline(__always) var isAwaitingEnd: Bool { finSequence != nil && !hasEnded }

    /// Takes note that bytes were sent again.
    mutating func noteRepeat(at time: Timestamp) {
        if repeatsInVain == 0 { firstRepeat = time.nanoseconds }
        latestRepeat = time.nanoseconds
        repeatsInVain += 1
    }

    /// Starts at `sequence`.
    mutating func start(at sequence: SequenceNumber) {
        next = sequence
        isStarted = true
    }

    /// Takes `length` bytes as delivered.
    mutating func advance(by length: Int) {
        next = next.advanced(by: length)
        offset += length
    }

    /// Whether bytes before `acknowledged` have not come although the other end has received them.
    ///
    /// What is far off belongs to another connection, and is not waited for.
    @inline(__always)
    func isBehind(_ acknowledged: SequenceNumber) -> Bool {
        isStarted
            && numbersOfEnd + 1...TCPConnection.plausibleWindow ~= acknowledged.distance(from: next)
    }

    /// How many numbers its end takes that lie beyond ``next``: one where there was a FIN.
    @inline(__always)
    private var numbersOfEnd: Int { hasEnded || hasUnseenEnd ? 1 : 0 }

    /// How far the other end had received this direction when it sent `acknowledged`.
    @inline(__always)
    func offset(acknowledgedBy acknowledged: SequenceNumber?) -> Int {
        guard let acknowledged, isStarted else { return offset }
        let distance = acknowledged.distance(from: next)
        guard -(1 << 30)...TCPConnection.plausibleWindow ~= distance else { return offset }
        return min(offset + distance, offset)
    }

    /// Whether bytes have not come although the other end has acknowledged them.
    @inline(__always)
    var isProvenMissing: Bool {
        guard isStarted, let acknowledged else { return false }
        return acknowledged.distance(from: next) > numbersOfEnd
    }
}
