import Support
import Testing
import Trace

/// Whole messages of HTTP in what other protocols say.
struct QuotedMessageTests {
    typealias Line = (side: ConversationBuilder.Side, text: String)

    /// What the ends say in turn, and what the summary calls it.
    struct Talk: Sendable, CustomTestStringConvertible {
        var name: String
        var lines: [Line]
        var testDescription: String { "\(name): \(lines[0].text.debugDescription)" }
    }

    private static let request = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n"
    private static let response = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

    private static let talks = [
        Talk(
            name: "Redis",
            lines: [
                (.client, "*3\r\n$3\r\nSET\r\n$1\r\na\r\n$28\r\n"), (.client, request + "\r\n"),
                (.server, "+OK\r\n"), (.client, "*2\r\n$3\r\nGET\r\n$1\r\na\r\n"),
                (.server, "$42\r\n"), (.server, response + "\r\n"),
            ]
        ),
        Talk(
            name: "memcached",
            lines: [
                (.client, "set a 0 0 28\r\n"), (.client, request + "\r\n"),
                (.server, "STORED\r\n"), (.client, "get b\r\n"),
                (.server, "VALUE b 0 42\r\n"), (.server, response + "\r\nEND\r\n"),
            ]
        ),
        Talk(
            name: "Telnet",
            lines: [
                (.server, "\u{FF}\u{FD}\u{18}login: "), (.client, "\u{FF}\u{FB}\u{18}me\r\n"),
                (.server, "$ "), (.client, "cat log\r\n"), (.server, response), (.server, request),
                (.client, request), (.server, "GET: not found\r\n"),
            ]
        ),
        Talk(
            name: "unknown",
            lines: [(.client, "bob\r\n"), (.server, "Plan:\r\n"), (.server, response)]
        ),
        Talk(
            name: "unknown",
            lines: [
                (.client, "bob\r\n"), (.server, "bob\r\n"), (.client, request),
                (.server, request), (.client, response), (.server, response),
            ]
        ),
        Talk(
            name: "unknown",
            lines: [
                (.client, "{\"method\":\"log\"}"), (.server, "{\"result\":[]}"),
                (.server, response), (.client, request),
            ]
        ),
        Talk(
            name: "unknown",
            lines: [(.client, "one line\n"), (.client, request), (.client, "another\n")]
        ),
        Talk(
            name: "syslog",
            lines: [
                (.client, "<34>1 - host app - - - GET / HTTP/1.1\n"), (.client, request),
                (.client, "<34>1 - host app - - - more\n"),
            ]
        ),
        Talk(name: "syslog", lines: [(.client, "28 <34>1 - h a - - - b\n"), (.client, request)]),
        Talk(
            name: "MongoDB",
            lines: [
                (.client, ":\0\0\0\u{1}\0\0\0\0\0\0\0\u{DD}\u{7}\0\0\0\0\0\0"),
                (.client, request), (.server, "d\0\0\0\u{9}\0\0\0"), (.server, response),
            ]
        ),
    ]

    @Test(arguments: talks, [1, 7, 1460])
    func `a message that another protocol carries is no exchange`(talk: Talk, segmentSize: Int) {
        let traced = traced(talk.lines, segmentSize: segmentSize)
        #expect(traced.pairs == [])
        #expect(traced.summary.otherStreams == [talk.name: 1])
        #expect(traced.summary.ledger.imbalance == 0)
    }

    /// What the ends say in turn, and the exchanges in it.
    private static let answered: [(lines: [Line], pairs: [String])] = [
        ([(.client, "hello\r\n"), (.server, "HTTP/1.1 400 No\r\n\r\n")], ["hello ? 400"]),
        ([(.client, "hello\r\n" + request), (.server, response)], ["GET /a 200"]),
        (
            [(.client, "hello\r\n"), (.client, request + request), (.server, response + response)],
            ["GET /a 200", "GET /a 200"]
        ),
        (
            [(.client, "\u{1}\u{2}\u{3}\u{4}"), (.client, request), (.server, response)],
            ["GET /a 200"]
        ),
        ([(.client, "hello\r\n"), (.client, request)], ["GET /a -"]),
        (
            [
                (.client, "hello\r\n"), (.server, "who?\r\n"), (.client, request),
                (.server, response),
            ],
            ["GET /a 200"]
        ),
        ([(.server, "who?\r\n"), (.client, request), (.server, response)], ["GET /a 200"]),
    ]

    @Test(arguments: answered)
    func `noise that is answered in HTTP stands in front of it`(lines: [Line], pairs: [String]) {
        let traced = traced(lines)
        #expect(traced.pairs == pairs)
        #expect(traced.summary.ledger.imbalance == 0)
    }

    @Test(arguments: [1, 5, 1460])
    func `a proxy that is asked for a connection to a server of HTTP is no obstacle`(size: Int) {
        let greetings: [[Line]] = [
            [
                (.client, "\u{5}\u{1}\0"), (.server, "\u{5}\0"),
                (.client, "\u{5}\u{1}\0\u{1}\u{C0}\0\u{2}\u{1}\0P"),
                (.server, "\u{5}\0\0\u{1}\u{C0}\0\u{2}\u{1}\0P"),
            ],
            [
                (.client, "\u{4}\u{1}\0P\u{C0}\0\u{2}\u{1}bob\0"),
                (.server, "\0Z\0\0\0\0\0\0"),
            ],
        ]
        for greeting in greetings {
            let lines = greeting + [(.client, Self.request), (.server, Self.response)]
            #expect(traced(lines, segmentSize: size).pairs == ["GET /a 200"])
        }
    }

    /// What is captured of a connection after its beginning, and the exchanges in it.
    private static let joined: [(lines: [Line], pairs: [String])] = [
        ([(.client, "the rest of a form\r\n"), (.server, response)], ["- 200"]),
        (
            [(.server, "the rest of a page\r\n"), (.client, request), (.server, response)],
            ["GET /a 200"]
        ),
        (
            [
                (.client, "RETR 1\r\n"), (.server, "a letter\r\n"), (.server, response),
                (.client, "RETR 2\r\n"), (.server, response),
            ],
            []
        ),
        (
            [
                (.client, "one\r\n"), (.server, "two\r\n"), (.client, request),
                (.server, response),
            ],
            ["GET /a 200"]
        ),
        ([(.server, "+OK 42 octets\r\n"), (.server, response)], []),
    ]

    @Test(arguments: joined)
    func `a capture that begins in the midst believes messages that fit what was said before`(
        lines: [Line],
        pairs: [String]
    ) {
        let traced = traced(lines, isJoined: true)
        #expect(traced.pairs == pairs)
        #expect(traced.summary.ledger.imbalance == 0)
    }

    @Test func `a client that says much and is not answered is not held for ever`() {
        let lines = [Line](
            repeating: (.client, String(repeating: "noise\n", count: 200)),
            count: 90
        )
        let traced = traced(lines + [(.client, Self.request)])
        #expect(traced.pairs == [])
        #expect(traced.summary.ledger.notHTTP == 90 * 1200 + Self.request.utf8.count)
    }

    private func traced(
        _ lines: [Line],
        segmentSize: Int = 1460,
        isJoined: Bool = false
    ) -> Traced {
        var builder = ConversationBuilder()
        builder.segmentSize = segmentSize
        if !isJoined { builder.handshake() }
        for (side, text) in lines {
            builder.send(
                text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) },
                from: side
            )
        }
        builder.close()
        return Traced(builder)
    }
}
