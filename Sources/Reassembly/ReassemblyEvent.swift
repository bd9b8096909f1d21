/// What becomes of a connection's segments, in an order that keeps cause before effect: bytes come
/// before the bytes that acknowledge them.
package enum ReassemblyEvent: Sendable {
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
    /// The frame with which it could be delivered; `nil` for the one at hand.
    package var arrival: FrameReference?
    /// How far its sender had received the other direction, as that direction's offset.
    package var acknowledgedOffset: Int
    var origin: SegmentOrigin
}

/// Something odd about a segment, which is reported with the exchange it hits.
package enum SegmentOddity: Sendable, Hashable {
    case retransmission
    case duplicateFrame
    case outOfOrder
    /// What was lost before the place of capture came again.
    case resentAfterLoss
    case conflictingOverlap
    /// The receiver announced that it has no room.
    case zeroWindow
    /// The receiver announced that it has room again.
    case windowReopened
    case urgentData
    /// One end went on after the other had reset the connection.
    case dataAfterReset
    /// A reset ended nothing.
    case ignoredReset
    /// A SYN opened nothing.
    case ignoredSYN
    /// Payload that is not taken into its stream.
    case ignoredSegment
    /// Zeros that are no data.
    case paddedSegment
    /// Numbers that no TCP has counted.
    case uncountedNumbers
    /// A segment without the ACK flag, which its receiver drops.
    case missingAcknowledgement
}

/// Hop limits, or times to live, that differ although the same end is said to have sent both packets.
package struct HopLimits: Sendable, Hashable {
    /// That of the packet at hand.
    package var found: UInt8
    /// That of the packets before it.
    package var usual: UInt8
}

/// An oddity with what it costs the messages of the direction that it hits.
package struct OddSegment: Sendable, Hashable {
    /// What is odd.
    package var oddity: SegmentOddity
    /// The direction whose bytes were sent again, came out of order, or had to wait.
    package var direction: Direction
    /// Payload bytes on the wire that had been sent before.
    package var repeated = 0
    /// How long the sender, or the bytes, were kept waiting, in nanoseconds.
    package var stall: Int64 = 0
    /// Those of a packet that an end is said to have sent, and of those that it did send.
    package var hopLimits: HopLimits?
    /// The payload that was not taken.
    package var ignored: IgnoredPayload?

    package init(_ oddity: SegmentOddity, _ direction: Direction) {
        self.oddity = oddity
        self.direction = direction
    }
}
