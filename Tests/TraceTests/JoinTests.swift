import Findings
import Support
import Testing
import Trace

/// Captures that begin in the midst of content, which may quote messages.
struct JoinTests {
    private static let page = """
        <p>To have a page a client says\r\n\r\nGET /x HTTP/1.1\r\nand little more. The answer is\r\n
        HTTP/1.1 200 OK\r\nand the page, or\r\nHTTP/1.1 404 Not Found\r\nand so on. There is also\r
        POST /y HTTP/1.1\r\nwhich has content.</p>\r\n
        """

    @Test(arguments: [ConversationBuilder.Side.client, .server], [64, 536])
    func `content that quotes start lines makes no exchange`(
        side: ConversationBuilder.Side,
        size: Int
    ) {
        let content = Array((Self.page + Self.page + Self.page).utf8)
        // What begins with digits may be a reply of FTP or SMTP.
        let cuts = stride(from: 0, to: content.count, by: 7).filter {
            !(0x30...0x39).contains(content[$0])
        }
        for cut in cuts {
            var builder = ConversationBuilder()
            builder.segmentSize = size
            builder.send(Array(content[cut...]), from: side)
            if side == .client { builder.answer("", status: 201) }
            builder.acknowledge(from: .client)
            builder.exchange("/a")
            builder.exchange("/b")
            let pairs = Traced(builder).pairs
            #expect(pairs.suffix(2) == ["GET /a 200", "GET /b 200"])
            #expect(pairs.dropLast(2).allSatisfy { $0 == "- 201" })
        }
    }

    @Test(arguments: ["", "Host: h\r\n", "Host: h\r\nno field\r\n"])
    func `a segment that begins with a start line begins a message`(fields: String) {
        var builder = ConversationBuilder()
        builder.send("GET /a HTTP/1.0\r\n\(fields)\r\n", from: .client)
        builder.answer("")
        builder.exchange("/b")
        #expect(Traced(builder).pairs == ["GET /a 200", "GET /b 200"])
    }

    @Test func `a message in the midst of a segment is one where its head is whole`() {
        var builder = ConversationBuilder()
        builder.send(
            "end of content\nGET /a HTTP/1.1\r\nHost: h\r\n\r\nGET /b HTTP/1.1\r\nHost: h\r\n\r\n",
            from: .client
        )
        builder.answer("")
        builder.answer("")
        #expect(Traced(builder).pairs == ["GET /a 200", "GET /b 200"])
    }
}
