import Support
import Testing
import Trace

/// How a conversation was cut into segments, and in which order they were captured, changes nothing
/// about its exchanges.
struct DisturbanceTests {
    private static func conversation(segmentSize: Int) -> ConversationBuilder {
        var builder = ConversationBuilder()
        builder.handshake()
        builder.segmentSize = segmentSize
        builder.exchange("/a")
        builder.ask("/b", method: "PUT", content: "content")
        builder.send("HTTP/1.1 100 Continue\r\n\r\n", from: .server)
        builder.send(
            "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n0\r\nT: u\r\n\r\n",
            from: .server
        )
        builder.ask("/c", method: "HEAD")
        builder.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", from: .server)
        builder.exchange("/d")
        builder.close()
        return builder
    }

    private static let expected = Traced(conversation(segmentSize: 1460)).exchanges.map(\.essence)

    @Test func `the conversation has four exchanges`() {
        #expect(Self.expected.count == 4)
    }

    @Test(arguments: [1, 2, 3, 5, 8, 13, 40, 100])
    func `segments of any size give the same exchanges`(size: Int) {
        let traced = Traced(Self.conversation(segmentSize: size))
        #expect(traced.exchanges.map(\.essence) == Self.expected)
    }

    @Test(arguments: 0..<40)
    func `frames that changed places or came twice give the same exchanges`(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        let size = [3, 10, 30][seed % 3]
        let frames = Self.conversation(segmentSize: size).frames
        // The handshake stays in front: without it the first segment seen begins the stream.
        let rest = Array(frames.dropFirst(3))
        let disturbed = rest.disturbed(window: seed % 5, doubling: 0.2, using: &generator)
        let exchanges = Traced(frames.prefix(3) + disturbed).exchanges.sorted {
            $0.index < $1.index
        }
        #expect(exchanges.map(\.essence) == Self.expected)
    }
}
