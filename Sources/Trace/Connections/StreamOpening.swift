import Packets
import Reassembly

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
