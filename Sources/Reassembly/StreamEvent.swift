/// What becomes of a connection's segments, in an order that keeps cause before effect: bytes come
/// before the bytes that acknowledge them.
package enum StreamEvent: Sendable {
    /// Payload that had to wait.
    case data(StoredPayload)
    /// So many bytes of this direction were sent and are not in the capture.
    case gap(Direction, length: Int, cause: GapCause)
    /// The direction was closed in order (FIN), and everything before was delivered.
    case end(Direction)
    /// The connection was reset by the sender of this direction.
    case reset(Direction)
}

/// Why bytes are missing.
package enum GapCause: Sendable, Hashable {
    /// No frame with them was captured.
    case notCaptured
    /// The frame was captured and cut by the snap length.
    case cutFrame
}

/// Payload that waited for other bytes.
package struct StoredPayload: Sendable {
    /// Which way it goes.
    package var direction: Direction
    /// The bytes, in order behind those delivered before.
    package var bytes: [UInt8]
    /// Bytes behind ``bytes`` that the capture cut off; the gap follows as an event of its own.
    package var cutLength: Int
    /// The frame it came in.
    package var frame: FrameReference
    /// How far its sender had received the other direction, as that direction's offset.
    package var acknowledgedOffset: Int
}

/// Something odd about a segment, which is reported with the exchange it hits.
package enum SegmentOddity: Sendable, Hashable {
    case retransmission
    case duplicateFrame
    case outOfOrder
    case conflictingOverlap
    /// The receiver announced that it has no room.
    case zeroWindow
    /// The receiver announced that it has room again.
    case windowReopened
    case urgentData
}

/// An oddity with what it costs the messages of the direction that it hits.
package struct OddSegment: Sendable, Hashable {
    /// What is odd.
    package var oddity: SegmentOddity
    /// The direction whose bytes were sent again, came out of order, or had to wait.
    package var direction: Direction
    /// Payload bytes on the wire that had been sent before.
    package var repeated = 0
    /// How long the sender was kept waiting, in nanoseconds.
    package var stall: Int64 = 0

    package init(_ oddity: SegmentOddity, _ direction: Direction) {
        self.oddity = oddity
        self.direction = direction
    }
}
