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
        for cut in stride(from: 0, to: content.count, by: 7) {
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

    /// The rest of a response, that looks like the beginning of something else.
    private static let rests = [
        "404 Not Found\r\nlast line", "220 of them\r\nand more", "220-223", "+OK, that was all\r\n",
        "* OK list\r\n", "SSH-2.0 is old\r\n", "250 elements\n", "200 OK\r\nServer: x\r\n\r\nabc",
        "*2\r\n$3\r\nfoo\r\n", ":server 001 nick :Welcome\r\n", "<?xml version='1.0'?>\n<a/>",
        "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}", "RFB 003.008\n", "{\"a\": 1}\n", "AMQP",
    ]

    @Test(arguments: rests, [false, true])
    func `what follows on the rest of a response is read, whatever that looks like`(
        rest: String,
        isAcknowledgedFirst: Bool
    ) {
        var builder = ConversationBuilder()
        if isAcknowledgedFirst { builder.acknowledge(from: .client) }
        builder.send(rest, from: .server)
        builder.acknowledge(from: .client)
        builder.exchange("/a")
        builder.exchange("/b")
        builder.close(first: .client)
        let traced = Traced(builder)
        #expect(traced.pairs == ["GET /a 200", "GET /b 200"])
        #expect(traced.codes == [.missingHandshake])
    }

    @Test(arguments: rests)
    func `a conversation that goes on as it began has no exchange`(rest: String) {
        var builder = ConversationBuilder()
        for text in ["first", "second", "third"] {
            builder.send(rest, from: .server)
            builder.send("MAIL \(text)\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n", from: .client)
            builder.send("GET /\(text) HTTP/1.1\r\nHost: h\r\n\r\n.\r\n", from: .client)
            builder.send("250 Ok\r\nHTTP/1.1 200 OK\r\n\r\n", from: .server)
        }
        #expect(Traced(builder).pairs.allSatisfy { $0.hasSuffix(" -") })
    }

    @Test(arguments: [1, 60])
    func `a mail that quotes a request has no exchange, however long it is`(lines: Int) {
        var builder = ConversationBuilder()
        builder.send("250 Ok\r\n", from: .server)
        builder.send("DATA\r\n", from: .client)
        builder.send("354 Go on\r\n", from: .server)
        builder.send("GET /quoted HTTP/1.1\r\nHost: h\r\n\r\n", from: .client)
        for _ in 0..<lines {
            builder.send(String(repeating: "text of a mail\r\n", count: 80), from: .client)
        }
        builder.close(first: .client)
        #expect(Traced(builder).pairs == [])
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
