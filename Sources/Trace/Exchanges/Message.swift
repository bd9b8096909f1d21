import Bytes
public import Findings
package import HTTPWire
public import Packets

/// A request or a response as it was on the wire.
public struct Message: Sendable {
    /// Its start line, header section, trailer section and findings.
    package var head = MessageHead()

    /// The first bytes of its content, transfer coding removed, as many as the tracer keeps
    /// (``TracerOptions/contentLimit``).
    package var content: [UInt8] = []

    /// Bytes of content that were seen, after the transfer coding is removed and before content
    /// decoding; also when the content was cut short.
    public var contentLength = 0

    /// Bytes of the TCP stream that it took: head, content, chunk framing and trailers, those that
    /// the capture lacks included; bytes that were sent again count once.
    public var wireLength = 0

    /// Whether ``endTime`` is that of its last byte: it is not where a gap or the end of the capture
    /// hides that.
    public var isEndKnown = true

    /// How its content's end is told.
    package var framing: ContentFraming = .noContent

    /// Whether it was seen to its end as its framing defines it.
    public var isComplete = false

    /// The frame with its first byte, counted from 1.
    public var firstFrame = 0

    /// The frame whose arrival completed it.
    public var lastFrame = 0

    /// Where its first byte lies in its sender's stream, in bytes from the stream's first.
    package var streamOffset = 0

    /// Where its last byte ends there.
    @inline(__always) var streamEnd: Int { streamOffset + wireLength }

    /// When the frame with its first byte was captured.
    public var time = Timestamp(nanoseconds: 0)

    /// When the frame that completed it was captured.
    public var endTime = Timestamp(nanoseconds: 0)

    package init() {}

    /// The most storage that an empty message keeps for its content, in bytes.
    private static let spareLimit = 16 << 10

    /// Empties it and keeps the storage, unless that is large.
    package mutating func reset() {
        head.reset()
        if content.capacity > Self.spareLimit {
            content = []
        } else if !content.isEmpty {
            content.removeAll(keepingCapacity: true)
        }
        contentLength = 0
        wireLength = 0
        isEndKnown = true
        framing = .noContent
        isComplete = false
        firstFrame = 0
        lastFrame = 0
        streamOffset = 0
    }
}

extension Message {
    /// The request method as sent; `nil` for a response.
    public var method: String? { text(head.startLine.method) }

    /// The request target as sent; `nil` for a response.
    public var target: String? { text(head.startLine.target) }

    /// The version as sent; `nil` where the start line has none (HTTP/0.9).
    public var version: String? { text(head.startLine.version) }

    /// The status code, 0 to 999; `nil` for a request and where the line has none.
    public var status: Int? { head.startLine.statusCode }

    /// The reason phrase of a response as sent; `nil` where there is none.
    public var reason: String? { text(head.startLine.reason) }

    /// The field lines in order: names as sent, values without surrounding white space.
    public var fields: [(name: String, value: String)] {
        head.fieldLines.map { (string($0.name), string($0.value)) }
    }

    /// What is wrong with it, in the order it was found.
    public var findings: [Finding] { head.findings }

    private func text(_ range: Range<Int>) -> String? {
        range.isEmpty ? nil : string(range)
    }

    private func string(_ range: Range<Int>) -> String {
        EscapedText.escape(head.bytes.span.extracting(range))
    }
}
