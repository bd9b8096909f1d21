import Findings
import Packets
import Reassembly

/// An event on a TCP connection: everything that passes from TCP to the readers of a connection's
/// streams.
///
/// Nothing comes back but what holds memory, so the two sides may work at different times.
enum StreamEvent: Sendable {
    /// The connection's first bytes follow.
    indirect case opened(StreamOpening)
    /// The next bytes of a direction, which stand beside the event.
    case bytes(Direction)
    /// Bytes of a direction were sent and are not in the capture; `length` in bytes.
    case gap(Direction, length: Int, cause: GapCause)
    /// A direction ended in order.
    case ended(Direction, StreamEnd)
    /// The sender of a direction reset the connection, and had received so many bytes of the other
    /// direction; the moment is that of the frame with the RST.
    case reset(Direction, received: Int)
    /// The last bytes of a direction were repeated in vain.
    case unacknowledged(Direction)
    /// A segment was odd; the detail is what can be shown of that.
    indirect case oddity(OddSegment, FindingDetail?)
    /// A finding about the connection.
    case finding(FindingCode)
    /// Whether segments of the connection wait for others.
    case waiting(Bool)
    /// Bytes came again, which stand beside the event.
    case repeated(RepeatedPayload)
    /// A copy of payload was captured at another place, in the frame of the moment.
    case moved(MovedPayload)
    /// So many bytes were sent after the connection's streams had ended.
    case late(Int)
    /// All is told of a frame: finished exchanges are handed over.
    case settled
    /// The streams are over; what is unfinished is so for this reason.
    case finished(Absence)
    /// The connection of this number is forgotten: its slot will be another's.
    case forgotten(connection: Int)
    /// The connection is about to be given up, as memory is short.
    case memoryShort
    /// Messages that are not over, and requests without an answer, are given up.
    case givenUp
    /// All finished exchanges are let go, of whichever connection.
    case sealed
}

/// A receiver of what happens on the connections of a capture.
///
/// Connections are spoken of by their slots in the table; a slot stands for another connection once
/// the first was forgotten.
protocol StreamEventReceiver: ~Copyable {
    /// Records what becomes of frames that somebody asked about; mostly there is none.
    var recorder: FrameRecorder? { get set }

    /// Goes on to a time: that of the frame from which the next events follow, or a later one of the
    /// capture.
    mutating func advance(to moment: TraceClock)

    /// Sets the time to that of the frame from which the next events follow, where that is not the one
    /// at hand.
    mutating func setTime(of frame: FrameReference)

    /// Takes the next event of the connection in a slot.
    ///
    /// - Parameters:
    ///   - event: the event.
    ///   - bytes: those of ``StreamEvent/bytes(_:)`` and ``StreamEvent/repeated(_:)``; empty with
    ///     the others.
    ///   - slot: the connection's.
    ///   - moment: that of the first of the bytes, or of the event.
    mutating func receive(
        _ event: StreamEvent,
        _ bytes: Span<UInt8>,
        _ slot: Int,
        _ moment: Moment
    )

    /// Has events worked off where they are many, though more follow from the same frame.
    mutating func relieve()

    /// Lets go of all finished exchanges.
    mutating func sealAll()

    /// What the streams take of memory at the most, in bytes: nothing waits for an exact figure.
    var footprintBound: Int { get }

    /// What the streams take of memory, in bytes.
    mutating func footprint() -> Int

    /// What of that can be given up.
    mutating func holdings() -> StreamHoldings
}

extension StreamEventReceiver where Self: ~Copyable {
    /// Takes an event without bytes, of which place and time do not matter where no moment is given.
    @inline(__always)
    mutating func receive(_ event: StreamEvent, _ slot: Int, _ moment: Moment = .none) {
        receive(event, Span(), slot, moment)
    }
}
