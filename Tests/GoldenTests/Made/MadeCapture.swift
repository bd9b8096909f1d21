import Packets
import Support
import Testing

/// A small capture that the project makes itself, and keeps in `captures/` with its output.
struct MadeCapture: Sendable, CustomTestStringConvertible {
    /// Its path below `captures/`.
    let name: String
    /// What is in it, for the table in `captures/README.md`.
    let what: String
    /// The file.
    let bytes: [UInt8]

    var testDescription: String { name }

    init(_ name: String, _ what: String, bytes: [UInt8]) {
        self.name = name
        self.what = what
        self.bytes = bytes
    }

    /// A pcap file of microseconds; all frames are of the first one's link type.
    init(_ name: String, _ what: String, _ frames: [BuiltFrame]) {
        let linkType = frames.first?.linkType ?? .ethernet
        self.init(name + ".pcap", what, bytes: PcapFileBuilder(linkType: linkType).file(frames))
    }

    init(_ name: String, _ what: String, _ conversation: ConversationBuilder) {
        self.init(name, what, conversation.frames)
    }

    /// All of them, by folder.
    static let all = files + link + ip + tcp + http
}

extension ConversationBuilder {
    /// A connection that is open and on which nothing was sent.
    static var opened: ConversationBuilder {
        var builder = ConversationBuilder()
        builder.handshake()
        return builder
    }

    /// A connection with one exchange.
    static func ordinary(_ builder: ConversationBuilder = .opened) -> ConversationBuilder {
        var builder = builder
        builder.exchange("/a")
        builder.close()
        return builder
    }

    /// Asks for `target` and is answered with `content`.
    mutating func exchange(_ target: String, content: String = "hello") {
        ask(target)
        answer(content)
    }

    mutating func ask(_ target: String) {
        send("GET \(target) HTTP/1.1\r\nHost: h\r\n\r\n", from: .client)
    }

    mutating func answer(_ content: String) {
        let length = content.utf8.count
        send("HTTP/1.1 200 OK\r\nContent-Length: \(length)\r\n\r\n\(content)", from: .server)
    }

    /// Sends a segment at `place` bytes behind the next one, whatever was sent before.
    mutating func put(
        _ text: String,
        at place: Int,
        from side: Side,
        flags: TCPFrameBuilder.Flags = [.psh, .ack],
        window: UInt16 = 65_535
    ) {
        append(
            TCPFrameBuilder.Segment(
                sequence: nextSequence(of: side) &+ UInt32(truncatingIfNeeded: place),
                acknowledgement: nextSequence(of: side.peer),
                flags: flags,
                window: window,
                payload: Array(text.utf8)
            ),
            from: side
        )
    }
}
