import Packets
import Reassembly

/// What is known of a connection beside its streams.
struct ConnectionFacts: Sendable {
    /// The connection's number.
    let stream: Int
    /// The end that sends in the forward direction.
    let forwardSource: Endpoint
    /// The end that sends in the backward direction.
    let backwardSource: Endpoint
    /// Which way requests go.
    var clientDirection: Direction

    /// Whether the capture has the handshake.
    let hasHandshake: Bool
    /// How long the handshake took, and its part up to the SYN-ACK, in nanoseconds.
    let connectTime: Int64?
    let serverRoundTrip: Int64?
    /// How often a SYN or SYN-ACK was sent again before the first exchange.
    let handshakeRepeats: Int

    init(_ opening: StreamOpening) {
        stream = opening.stream
        forwardSource = opening.forwardSource
        backwardSource = opening.backwardSource
        clientDirection = opening.clientDirection
        hasHandshake = opening.hasHandshake
        // Clocks may run backwards.
        connectTime = opening.connectTime.flatMap { $0 < 0 ? nil : $0 }
        serverRoundTrip = opening.serverRoundTrip.flatMap { $0 < 0 ? nil : $0 }
        handshakeRepeats = opening.handshakeRepeats
    }

    /// The end that sends requests.
    var client: Endpoint { clientDirection == .forward ? forwardSource : backwardSource }
    /// The end that answers.
    var server: Endpoint { clientDirection == .forward ? backwardSource : forwardSource }
}
