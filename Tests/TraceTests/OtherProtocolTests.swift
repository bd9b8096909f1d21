import Findings
import Support
import Testing
import Trace

/// Connections that speak something else, and may mention HTTP.
struct OtherProtocolTests {
    /// What the ends say in turn, and what the connection is.
    struct Talk: Sendable, CustomTestStringConvertible {
        var name: String
        var lines: [(ConversationBuilder.Side, String)]
        var testDescription: String { name }
    }

    private static let mail = "See\r\nhttp://www.example.test/a\r\nHTTP/1.1 200 OK\r\n.\r\n"

    private static let talks = [
        Talk(
            name: "POP3",
            lines: [
                (.server, "+OK ready\r\n"), (.client, "USER bob\r\n"), (.server, "+OK\r\n"),
                (.client, "RETR 1\r\n"), (.server, "+OK\r\n" + mail),
            ]
        ),
        Talk(
            name: "IMAP",
            lines: [
                (.server, "* OK IMAP4 ready\r\n"), (.client, "1 LOGIN a b\r\n"),
                (.server, "1 OK\r\n" + mail),
            ]
        ),
        Talk(
            name: "SMTP",
            lines: [
                (.server, "220 mx.example.test ready; rules at http://mx.example.test/\r\n"),
                (.client, "EHLO a\r\n"), (.server, "250 ok\r\n"), (.client, "DATA\r\n"),
                (.client, mail),
            ]
        ),
        Talk(
            name: "FTP",
            lines: [
                (.server, "220 ready\r\n"), (.client, "USER bob\r\n"),
                (.server, "331 see http://a.example.test/\r\n"),
            ]
        ),
        Talk(
            name: "NNTP",
            lines: [
                (.server, "200 news.example.test ready\r\n"), (.client, "ARTICLE 1\r\n"),
                (.server, "220 1\r\n" + mail),
            ]
        ),
        Talk(
            name: "IRC",
            lines: [
                (.client, "NICK bob\r\nUSER bob 0 * :bob\r\n"),
                (.server, ":irc.example.test 001 bob :see http://www.example.test/\r\n"),
                (.client, "PRIVMSG #a :GET / HTTP/1.1\r\n"),
            ]
        ),
        Talk(
            name: "Telnet",
            lines: [
                (.server, "\u{FF}\u{FD}\u{18}login: "), (.client, "GET /a\r\n"),
                (.server, "HTTP/1.1 is a protocol\r\n"),
            ]
        ),
        Talk(
            name: "SSH",
            lines: [(.server, "SSH-2.0-a\r\n"), (.client, "SSH-2.0-b\r\n")]
        ),
        Talk(
            name: "ICAP",
            lines: [
                (
                    .client,
                    "RESPMOD icap://i.example.test/av ICAP/1.0\r\nEncapsulated: req-hdr=0\r\n\r\n"
                        + "GET /a HTTP/1.1\r\nHost: a\r\n\r\n"
                ),
                (.server, "ICAP/1.0 200 OK\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"),
                (.client, "OPTIONS icap://i.example.test/av ICAP/1.0\r\n\r\n"),
            ]
        ),
        Talk(
            name: "unknown",
            lines: [
                (.client, "HELLO\r\n"), (.server, "http://www.example.test/\r\n"),
                (.client, "what speaks HTTP/1.1\r\n"), (.server, "HTTP 200 is fine\r\n"),
            ]
        ),
    ]

    @Test(arguments: talks, [1, 5, 1460])
    func `other protocols are named, and text in them is no message`(
        talk: Talk,
        segmentSize: Int
    ) {
        var builder = ConversationBuilder()
        builder.segmentSize = segmentSize
        builder.handshake()
        for (side, line) in talk.lines {
            let bytes = line.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
            builder.send(bytes, from: side)
        }
        builder.close()
        let traced = Traced(builder)
        #expect(traced.pairs == [])
        #expect(traced.summary.otherStreams == [talk.name: 1])
        #expect(traced.summary.ledger.imbalance == 0)
    }

    @Test(arguments: [1, 7, 1460])
    func `HTTP behind noise, and to a server that greets otherwise, is read`(segmentSize: Int) {
        for noise in ["\u{1}\u{2}hello\r\nmore\r\n", "EHLO a\r\n", "http://a/\r\n"] {
            var builder = ConversationBuilder()
            builder.segmentSize = segmentSize
            builder.handshake()
            builder.send(noise, from: .client)
            builder.exchange("/a")
            #expect(Traced(builder).pairs == ["GET /a 200"])
        }
        var builder = ConversationBuilder()
        builder.segmentSize = segmentSize
        builder.handshake()
        builder.send("220 mx.example.test ESMTP\r\n", from: .server)
        builder.ask("/b")
        builder.send("500 what?\r\n", from: .server)
        builder.close()
        let traced = Traced(builder)
        #expect(traced.pairs == ["GET /b -"])
        #expect(traced.exchanges.first?.codes.contains(.unrecognizedResponse) == true)
    }

    @Test(arguments: [1, 3, 1460])
    func `a server of HTTP/1 answers the preface of HTTP/2 with an error`(segmentSize: Int) {
        var builder = ConversationBuilder()
        builder.segmentSize = segmentSize
        builder.handshake()
        builder.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u{4}\0\0\0\0\0", from: .client)
        builder.answer("no", status: 400)
        builder.close()
        let traced = Traced(builder)
        #expect(traced.pairs == ["- 400"])
        #expect(traced.exchanges.first?.absence == .requestNotHTTP)
        #expect(traced.exchanges.first?.response?.contentLength == 2)
        #expect(traced.summary.ledger.imbalance == 0)
    }

    @Test func `a handshake says who the client is, whatever is sent`() {
        var builder = ConversationBuilder()
        builder.handshake()
        builder.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n", from: .server)
        builder.send("HTTP/1.1 204 No Content\r\n\r\n", from: .client)
        builder.close()
        #expect(Traced(builder).pairs == [])
    }

    @Test(arguments: [
        ("\u{3}\0\0\u{13}\u{e}\u{e0}\0\0\0\0\0\u{1}\0\u{8}\0\u{3}\0\0\0", "RDP"),
        ("SSH-2.0-a\r\n", "SSH"), ("EHLO a\r\n", "SMTP"), ("\0\u{1}\u{2}\u{3}", nil),
        ("\r\n\r\n", "blank lines"),
    ])
    func `what the client sent instead of a request is shown`(bytes: String, name: String?) throws {
        var builder = ConversationBuilder()
        builder.handshake()
        builder.send(
            bytes.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) },
            from: .client
        )
        builder.answer("", status: 400)
        builder.close()
        let exchange = try #require(Traced(builder).exchanges.first)
        #expect(exchange.pair == "- 400")
        #expect(exchange.absence == .requestNotHTTP)
        let finding = try #require(exchange.findings.first { $0.code == .requestNotHTTP })
        guard case .unclaimed(let unclaimed) = finding.detail else {
            Issue.record("no bytes")
            return
        }
        #expect(unclaimed.name == name)
        #expect(unclaimed.frame == 4)
        #expect(unclaimed.length == bytes.unicodeScalars.count)
    }
}
