public import Packets
internal import Reassembly

/// An attempt to connect that came to nothing.
public struct FailedConnection: Sendable, Hashable {
    /// The number of the connection, as ``Exchange/stream``.
    public var stream: Int
    /// The end that sent the SYN.
    public var client: Endpoint
    /// The end that it was sent to.
    public var server: Endpoint
    /// What became of it.
    public var outcome: Outcome
    /// How often a SYN was sent.
    public var attempts: Int
    /// From the first SYN to the last, in nanoseconds.
    public var duration: Int64

    /// What becomes of an attempt to connect, by the name that output for programs uses.
    public enum Outcome: String, Sendable, Hashable {
        /// Nothing came back but a reset.
        case refused
        /// Nothing came back at all.
        case unanswered

        /// The name under which such connections are counted.
        package var name: String {
            switch self {
            case .refused: "connection refused"
            case .unanswered: "connection not answered"
            }
        }
    }
}

extension FailedConnection {
    /// What is known of `connection`, which failed in this way.
    init(_ connection: borrowing TCPConnection, _ failure: TCPConnection.Failure) {
        let isForward = connection.initiator == .forward
        stream = connection.stream
        client = isForward ? connection.forwardSource : connection.backwardSource
        server = isForward ? connection.backwardSource : connection.forwardSource
        outcome =
            switch failure {
            case .refused: .refused
            case .unanswered: .unanswered
            }
        attempts = connection.handshakeRepeats + 1
        duration = Timing.span(from: connection.synTime, to: connection.latestSynTime) ?? 0
    }
}
