import Packets
import Reassembly

/// Where in the streams, and when, something happened.
struct Moment: Sendable {
    /// The frame that brought it.
    var frame: FrameReference
    /// The frame with which it could be delivered: a later one where bytes before it came late.
    var arrival: FrameReference
    /// Its place in the sender's stream, in bytes.
    var offset: Int
    /// How far its sender had received the other stream, in bytes.
    var acknowledged: Int

    /// That of something whose place and time nobody asks for.
    static var none: Moment {
        .of(FrameReference(number: 0, timestamp: Timestamp(nanoseconds: 0)))
    }

    /// That of a frame of which no place is asked for.
    static func of(_ frame: FrameReference) -> Moment {
        Moment(frame: frame, arrival: frame, offset: 0, acknowledged: 0)
    }
}
