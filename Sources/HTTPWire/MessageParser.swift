package import Bytes
package import Findings

/// Reads HTTP/1 messages of one direction of a connection, one event at a time, and never gives up.
///
/// It is lenient: whatever can be read is read, and what is odd becomes a finding of the message.
/// Bytes may come in any cut; the events and findings do not depend on it.
///
/// ```swift
/// var position = 0
/// while let event = parser.next(in: bytes, at: &position) { … }
/// // All of `bytes` is consumed; the parser has kept what it needs.
/// ```
package struct MessageParser: Sendable {
    /// The head of the message that is being read; whole at ``MessageEvent/head``. Findings about
    /// the content are added until ``MessageEvent/end(complete:)``. Stays until the next `begin`.
    package internal(set) var head = MessageHead()

    /// How the current message's content is framed; decided at ``MessageEvent/head``.
    package internal(set) var framing: ContentFraming = .noContent

    /// What the current response answers; to be set when ``MessageEvent/head`` is taken and before
    /// `next` is called again. Returns to `ordinary` with each message. Of no effect on requests.
    package var answering: AnsweredRequest = .ordinary

    /// Which messages it reads.
    package let role: MessageRole

    /// Creates a parser for the requests, or the responses, of one connection.
    package init(role: MessageRole, limits: ParserLimits = ParserLimits()) {
        self.role = role
    }

    /// Whether a message has begun and not ended.
    package var isInsideMessage: Bool { false }

    /// Whether the current message has only whole lines so far: what came ends with a line end, and
    /// the blank line that ends the header section is still awaited.
    package var isAwaitingFieldLine: Bool { false }

    /// The next event in `bytes` from `position` on, or `nil` when all of them are consumed.
    ///
    /// - Parameter bytes: the stream's next bytes, in order; the same span until `nil`.
    /// - Parameter position: the index in `bytes` to go on at; moved past what was consumed.
    package mutating func next(in bytes: Span<UInt8>, at position: inout Int) -> MessageEvent? {
        nil
    }

    /// The next event that follows from `cause`, or `nil` when there is none left; to be called
    /// until it answers `nil`.
    package mutating func interrupt(_ cause: Interruption) -> MessageEvent? { nil }
}

/// How much a parser puts up with.
package struct ParserLimits: Sendable, Hashable {
    /// The most bytes of a start line and header section that are kept; what is beyond is read and
    /// counted, and said by a finding. Default 256 KiB.
    package var headerSection = 256 << 10

    package init() {}
}
