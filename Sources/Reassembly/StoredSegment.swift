package import Packets

/// When and in which frame something was captured.
package struct FrameReference: Sendable, Hashable {
    /// The frame's number, counted from 1.
    package var number: Int
    /// When it was captured.
    package var timestamp: Timestamp

    package init(number: Int, timestamp: Timestamp) {
        self.number = number
        self.timestamp = timestamp
    }
}

/// A segment that cannot be delivered yet: bytes before it, or bytes that it acknowledges, have not
/// come.
struct StoredSegment: Sendable {
    /// Where it lies in the sequence space.
    var sequence: SequenceNumber
    /// Its payload as captured.
    var bytes: [UInt8]
    /// Bytes behind ``bytes`` that the capture cut off.
    var cutLength: Int
    /// What it acknowledges, where it does.
    var acknowledgement: SequenceNumber?
    /// The frame it came in.
    var frame: FrameReference
    /// The frame with which it could be delivered, where that is known.
    var arrival: FrameReference?
    var origin = SegmentOrigin()

    /// What it takes of memory beside ``bytes``, in bytes: its place in a piece of
    /// ``OrderedSegments``, of which some is free, and the allocation of its bytes.
    static let overhead = MemoryLayout<StoredSegment>.stride * 3 / 2 + 56

    /// The place behind its last byte.
    var end: SequenceNumber { sequence.advanced(by: bytes.count + cutLength) }
}
