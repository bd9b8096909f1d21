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

    /// The place of its FIN, where that was captured.
    var finSequence: SequenceNumber?

    /// Segments that wait.
    var queue = SegmentQueue()

    /// The furthest place that the other end has acknowledged.
    var acknowledged: SequenceNumber?

    /// Whether any payload was delivered or stored.
    var hasPayload = false

    /// The last segment with payload, to tell a frame that was captured twice.
    var lastSegment: (sequence: SequenceNumber, length: Int, frame: FrameReference)?

    /// Whether its FIN has come, and bytes before it have not.
    var isAwaitingEnd: Bool { finSequence != nil && !hasEnded }

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
}
