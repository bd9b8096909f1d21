package import Packets
package import Reassembly

/// What one TCP connection carried, in the order in which it was sent: every captured segment's
/// bytes, and how each end closed.
///
/// Bytes that came again are there once. It is as exact for bytes that are no message as for those
/// that are: nothing here knows of HTTP.
package struct Conversation: Sendable, Hashable {
    /// What happened next on the connection.
    package enum Event: Sendable, Hashable {
        /// The bytes of one segment, which lie at `offset` in their sender's stream.
        case bytes(Direction, offset: Int, [UInt8])
        /// So many bytes that the capture lacks.
        case gap(Direction, length: Int)
        /// The sender of this direction closed it in order (FIN).
        case end(Direction)
        /// The sender of this direction broke the connection (RST).
        case reset(Direction)
    }

    /// An event, and when its frame was captured.
    package struct Step: Sendable, Hashable {
        package var event: Event
        package var time: Timestamp
    }

    /// Counts connections from 0 in the order of their first packet.
    package var stream: Int
    /// The end that sends in the forward direction.
    package var forwardSource: Endpoint
    /// The end that sends in the backward direction.
    package var backwardSource: Endpoint
    /// The direction of the end that opened the connection, where the handshake tells.
    package var opener: Direction?
    /// What happened, in order.
    package var steps: [Step] = []
    /// Bytes that were not kept, as there were more than ``TracerOptions/conversationLimit``.
    package var omitted = 0
}
