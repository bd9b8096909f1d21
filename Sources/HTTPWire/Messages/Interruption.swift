/// The only ways in which the outside steers a parser.
package enum Interruption: Sendable, Hashable {
    /// The other side has answered, so no more will come of the message.
    case peerAnswered
    /// The sender closed this direction in order (FIN).
    case endOfStream
    /// The connection was reset (RST).
    case reset
    /// So many bytes are missing from the capture at this place.
    case gap(Int)
    /// Nothing more was captured, and nobody knows whether more was sent.
    case captureEnded
    /// The sender has been silent for so long that a recipient stops waiting.
    case idle

    /// Whether nothing more can come that would make sense of a line not yet whole.
    var endsWaiting: Bool {
        switch self {
        case .peerAnswered, .idle: false
        case .endOfStream, .reset, .gap, .captureEnded: true
        }
    }

    /// Whether missing bytes are the sender's doing, not the capture's.
    var blamesSender: Bool {
        switch self {
        case .peerAnswered, .endOfStream, .reset, .idle: true
        case .gap, .captureEnded: false
        }
    }
}
