package import Packets

/// One TCP connection: takes its segments in the order of capture and gives the bytes of both
/// directions in the order in which they were sent and received.
///
/// Segments in order pass through without a copy. A segment waits while bytes before it are missing,
/// or while bytes that it acknowledges are: those were received, so they are late in the capture or
/// lost to it. When waiting does not help, the missing bytes become a gap, and the stream goes on.
package struct TCPConnection: ~Copyable, Sendable {
    // It is large: what only looks at it might be given a copy if there could be one.

    /// Counts connections from 0 in the order of their first packet.
    package let stream: Int

    /// The end that sent the first packet.
    package let forwardSource: Endpoint

    /// The end that it was sent to.
    package let backwardSource: Endpoint

    /// Both directions, the forward one first.
    private var halves: InlineArray<2, StreamHalf>

    /// The direction of the end that opened the connection, where the handshake tells.
    package internal(set) var initiator: Direction?

    /// When the first SYN was captured.
    package internal(set) var synTime: Timestamp?

    /// When the SYN-ACK that answered it was captured.
    package internal(set) var synAckTime: Timestamp?

    /// When the frame that completed the handshake was captured.
    package internal(set) var establishedTime: Timestamp?

    /// Whether a SYN or SYN-ACK was seen again, so that nobody knows which of them was answered.
    var isHandshakeRepeated = false

    /// Segments of which it is not known yet whether they count: some that may be of another
    /// connection, and at the most one reset that somebody may obey, and zeros that may be padding.
    var foreign: [ForeignSegment] = []
    var resets: [DoubtedReset] = []
    var paddings: [DoubtedPadding] = []

    /// Whether zeros were found to be padding.
    var hasPadding = false

    /// Whether its numbers are not counted as TCP counts them, so that acknowledgements say nothing.
    var isUncounted = false

    /// How often a SYN or SYN-ACK was sent again, and when the latest was sent.
    package internal(set) var handshakeRepeats = 0
    package internal(set) var latestSynTime: Timestamp?

    /// Whether one of the ends has announced that it has no room.
    var isStalled = false

    /// Whether a reset was seen.
    package internal(set) var isReset = false

    /// The end that the reset is said to come from.
    package internal(set) var resetDirection = Direction.forward

    /// The frame with the reset.
    package internal(set) var resetFrame: FrameReference?

    /// What was odd since this was last emptied.
    package var oddities: [OddSegment] = []

    /// Gaps before any payload, in either direction, by their causes: nobody was told of them.
    package var earlyGaps: [EarlyGap] = []

    /// Payload bytes that were not delivered because they had come before.
    package var duplicateBytes = 0

    /// Payload bytes that were not delivered although nothing like them had come before.
    package var refusedBytes = 0

    /// What its owner keeps in mind of it: whether somebody reads its streams, the latest frame,
    /// whether it was noted as closed, was listed as waiting, and said to be waiting.
    package var hasStreams = false
    package var last = FrameReference(number: 0, timestamp: Timestamp(nanoseconds: 0))
    package var isRetired = false
    package var isListed = false
    package var isToldWaiting = false

    /// Whether ``nextEvent()`` has something to give.
    package internal(set) var isDue = false

    /// Whether nothing is missing, awaited or due, so that the next segment may pass at once.
    package internal(set) var isSteady = false

    /// Events that the last segment caused and that need no queue.
    var immediate: [ReassemblyEvent] = []

    /// Since when segments wait for bytes that were received: frames and time.
    var waitingSince: FrameReference?
    var framesWaited = 0
    var resolving = Resolving.nothing

    /// Which missing bytes are no longer waited for.
    enum Resolving: Sendable {
        case nothing
        /// Those that the other end has received.
        case proven
        /// All.
        case everything
    }

    /// The networks in which segments were seen beside the first of their direction.
    var laterNetworks: [(Direction, NetworkIdentity)] = []

    /// Whether another connection has, or had, the same endpoints in another network.
    var sharesEndpoints = false

    let options: ReassemblyOptions

    /// Versions of bytes that disagree, since this was last emptied; a few.
    package var conflicts: [OverlapConflict] = []

    /// What the latest segment repeated of delivered bytes, where these have to be compared with
    /// what is kept of messages; set with an oddity only.
    package var repeated: RepeatedPayload?

    /// Payload that the latest segment is a copy of, captured at another place.
    package var moved: MovedPayload?

    package init(
        stream: Int,
        source: Endpoint,
        destination: Endpoint,
        options: ReassemblyOptions = ReassemblyOptions()
    ) {
        self.options = options
        self.stream = stream
        forwardSource = source
        backwardSource = destination
        halves = InlineArray(repeating: StreamHalf())
    }

    /// A connection of nobody.
    static func ofNobody(_ options: ReassemblyOptions) -> TCPConnection {
        let nobody = Endpoint(address: IPAddress(version4: 0), port: 0)
        return TCPConnection(stream: -1, source: nobody, destination: nobody, options: options)
    }

    /// The direction from ``forwardSource``.
    package var forward: StreamHalf {
        _read { yield halves[0] }
        _modify { yield &halves[0] }
    }

    /// The direction from ``backwardSource``.
    package var backward: StreamHalf {
        _read { yield halves[1] }
        _modify { yield &halves[1] }
    }

    // One place to yield from: two, one for each direction, would not be inlined.
    package subscript(direction: Direction) -> StreamHalf {
        @inline(__always) _read { yield halves[direction == .forward ? 0 : 1] }
        @inline(__always) _modify { yield &halves[direction == .forward ? 0 : 1] }
    }

    /// Whether both directions have ended, or it was reset.
    package var isClosed: Bool { isReset || forward.hasEnded && backward.hasEnded }

    /// Whether any payload was seen.
    package var hasSpoken: Bool { forward.hasPayload || backward.hasPayload }

    /// Whether its handshake, or a part of it, was captured.
    package var hasHandshake: Bool { initiator != nil }

    /// From the first SYN to the frame that completed the handshake, in nanoseconds; `nil` where
    /// one of them was not captured.
    package var connectTime: Int64? {
        guard let synTime, let establishedTime, synTime.isKnown, establishedTime.isKnown else {
            return nil
        }
        return establishedTime.nanoseconds(since: synTime)
    }

    /// From the SYN to the SYN-ACK, in nanoseconds: from where the capture was made to the server
    /// and back; `nil` where one of them was not captured, or captured more than once.
    package var serverRoundTrip: Int64? {
        guard !isHandshakeRepeated, let synTime, let synAckTime, synTime.isKnown,
            synAckTime.isKnown
        else { return nil }
        return synAckTime.nanoseconds(since: synTime)
    }
}
