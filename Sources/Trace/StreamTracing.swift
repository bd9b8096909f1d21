import Findings
import Packets
import Reassembly

/// What takes the streams of the connections as they are put in order, and reads HTTP in them.
///
/// Connections are spoken of by their slots in the table; a slot stands for another connection once
/// it was forgotten. What is told here is all that passes from TCP to HTTP, and nothing comes back
/// but what holds memory: so the two sides may work at different times.
protocol StreamTracing: ~Copyable {
    /// Notes what becomes of frames that somebody asked about; mostly there is none.
    var recorder: FrameRecorder? { get set }

    /// Takes note of the time: that of the frame from which follows what is told next, or a later
    /// one of the capture.
    mutating func advance(to moment: TraceClock)

    /// Takes note of the frame from which follows what is told next, where it is not the one at hand.
    mutating func setTime(of frame: FrameReference)

    /// Begins to read a connection's streams.
    mutating func open(_ slot: Int, _ opening: StreamOpening)

    /// Takes the next bytes of a direction; `moment` is that of the first of them.
    mutating func feed(
        _ slot: Int,
        _ direction: Direction,
        _ bytes: Span<UInt8>,
        _ moment: Moment
    )

    /// Takes note of bytes that were sent and are not in the capture.
    mutating func skip(
        _ slot: Int,
        _ direction: Direction,
        length: Int,
        cause: GapCause,
        _ moment: Moment
    )

    /// Takes note of the orderly end of a direction.
    mutating func end(_ slot: Int, _ direction: Direction, _ end: StreamEnd, _ moment: Moment)

    /// Takes note of a reset by the sender of a direction, which had received so many bytes of the
    /// other; `moment` is that of the frame with the RST.
    mutating func reset(
        _ slot: Int,
        _ direction: Direction,
        received: Int,
        _ moment: Moment
    )

    /// Takes note that the last bytes of a direction were repeated in vain.
    mutating func noteUnacknowledged(_ slot: Int, _ direction: Direction)

    /// Takes note of an oddity, with what can be shown of it.
    mutating func note(_ slot: Int, _ odd: OddSegment, _ detail: FindingDetail?)

    /// Takes note of a finding about the stream.
    mutating func note(_ slot: Int, _ code: FindingCode)

    /// Takes note whether segments wait for others.
    mutating func setWaiting(_ slot: Int, _ isWaiting: Bool)

    /// Compares bytes that came again with those that were taken, as far as these are kept.
    mutating func compare(_ slot: Int, _ repeated: RepeatedPayload, _ bytes: Span<UInt8>)

    /// Takes note of a copy of payload, captured at another place in the frame that is given.
    mutating func move(_ slot: Int, _ moved: MovedPayload, _ frame: FrameReference)

    /// Counts bytes that were sent on a connection after its streams had ended.
    mutating func noteLate(_ slot: Int, _ count: Int)

    /// Hands over finished exchanges.
    mutating func settle(_ slot: Int)

    /// Ends a connection's streams: what is unfinished is so for this reason.
    mutating func finish(_ slot: Int, _ absence: Absence, _ moment: Moment)

    /// Forgets a connection: its slot will be another's.
    mutating func forget(_ slot: Int, stream: Int)

    /// Says of what is unfinished on a connection, or with the sums, that memory is short.
    mutating func noteShortage(_ slot: Int)

    /// Ends messages that are not over, and what waits for an answer.
    mutating func giveUp(_ slot: Int, _ moment: Moment)

    /// Has what was told worked off where that is much, though more is told of the same frame.
    mutating func relieve()

    /// Lets go of all finished exchanges.
    mutating func sealAll()

    /// What the streams take of memory at the most, in bytes: nothing waits for it to be exact.
    var footprintBound: Int { get }

    /// What the streams take of memory, in bytes.
    mutating func footprint() -> Int

    /// What of it can be given up.
    mutating func holdings() -> StreamHoldings
}

/// What is known of a connection when its first bytes are delivered.
struct StreamOpening: Sendable {
    /// The connection's number.
    var stream: Int
    var forwardSource: Endpoint
    var backwardSource: Endpoint
    /// Which way requests go, as far as can be told.
    var clientDirection: Direction
    /// Whether it is read as HTTP whatever it looks like.
    var isForced: Bool
    var hasHandshake: Bool
    /// See ``TCPConnection/connectTime`` and what follows there.
    var connectTime: Int64?
    var serverRoundTrip: Int64?
    var establishedTime: Timestamp?
    /// How often a SYN or SYN-ACK was sent again.
    var handshakeRepeats: Int
    /// Gaps before any payload.
    var earlyGaps: [EarlyGap]
    /// Whether segments wait for others.
    var isWaiting: Bool

    /// That of nobody.
    static var none: StreamOpening {
        let nobody = Endpoint(address: IPAddress(version4: 0), port: 0)
        return StreamOpening(
            stream: -1,
            forwardSource: nobody,
            backwardSource: nobody,
            clientDirection: .forward,
            isForced: false,
            hasHandshake: true,
            handshakeRepeats: 0,
            earlyGaps: [],
            isWaiting: false
        )
    }
}

/// The orderly end of a direction.
struct StreamEnd: Sendable {
    /// The frame that brought the FIN.
    var fin: FrameReference
    /// How many bytes of the other direction its sender had received.
    var received: Int
    /// Whether its sender had received the FIN of the other end.
    var isAnswer: Bool
}

/// The time in a capture, which never goes back: the latest frame so far, and the latest time so far;
/// and that of the frame from which follows what is told.
struct TraceClock: Sendable, Hashable {
    /// The number of the latest frame.
    var frame = 0
    /// The latest time of any frame up to that one, in nanoseconds since the Unix epoch.
    var nanoseconds = Int64.min
    /// When the frame was captured from which follows what is told, in nanoseconds since the epoch.
    var timestamp = Int64.min
}

/// What the messages that were not handed over yet take of memory, in bytes; see
/// ``MessageHead/footprint``.
package struct StreamHoldings: Sendable {
    /// What finished exchanges take, which ``StreamTracing/sealAll()`` lets go.
    var finishedFootprint = 0
    /// The slots of the connections that have unfinished messages, and what these take.
    var unfinished: [(slot: Int, footprint: Int)] = []

    package init() {}

    /// Adds those of other connections.
    package mutating func add(_ other: StreamHoldings) {
        finishedFootprint += other.finishedFootprint
        unfinished += other.unfinished
    }
}
