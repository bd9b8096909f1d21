/// How far a message has come, and what is known of it beside the head: all that the next message
/// begins without.
package struct MessageProgress: Sendable {
    /// How the content is framed, once that is decided.
    package internal(set) var framing: ContentFraming = .noContent

    /// The request that a response answers, as far as that decides the framing.
    package internal(set) var answering: AnsweredRequest = .ordinary

    /// Bytes of the message that are consumed, those in gaps included.
    package internal(set) var offset = 0

    /// The line that is being collected.
    var line = LineCollector()

    /// The field lines that the framing and the rules need.
    var fields = FramingFields()

    /// The length and the transfer coding that the fields declare.
    var declared = DeclaredFraming()

    /// Whether the sender closes the connection after the message, as a field says.
    var announcesClose = false

    /// Whether a gap in the capture has swallowed bytes of the message.
    var hasGap = false

    /// Whether the message is over; the next byte is of another.
    var hasEnded = false
}
