import HTTPWire
import Reassembly

/// The messages of one direction of a connection, and how far their stream has come.
struct MessageFlow: Sendable {
    /// Reads the messages.
    var parser: MessageParser

    /// Where the message at hand began.
    var begin: Moment?
    /// Where the first bytes since the last message began that do not look like one.
    var rejectedBegin: Moment?
    /// Whether the message at hand is an interim response (1xx).
    var isInterim = false

    /// The frame with the latest bytes: a message that is ended by something else than its own bytes
    /// ended with these.
    var lastFrame: FrameReference?
    /// How far the stream has been delivered, in bytes.
    var delivered = 0
    /// How far the sender had received the other stream when it sent the last bytes of its own that
    /// were captured, in bytes.
    var acknowledged = 0

    /// Whether the capture lacks bytes of the stream since its last message.
    var isBehindGap = false
    /// How far the other stream had come, in bytes, when the latest frame was sent, if that ends in a
    /// cut.
    var cut: Int?
    /// Whether the last message was a response without content by rule: 204, 304, or to HEAD.
    var lastHasNoContent = false

    init(_ parser: MessageParser) { self.parser = parser }
}
