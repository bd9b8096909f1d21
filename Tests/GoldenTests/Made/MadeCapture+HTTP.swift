import Support

extension MadeCapture {
    /// HTTP as it is really spoken, each case a connection that the server closes.
    static let http: [MadeCapture] =
        framing + smuggling + interim + startLines + fieldLines + recovery + pairing

    /// A step of a conversation: bytes that one side sends.
    private enum Step {
        case client(String)
        case server(String)
    }

    private static let host = "Host: h\r\n\r\n"
    private static let okay = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
    private static let next: [Step] = [.client("GET /next HTTP/1.1\r\n" + host), .server(okay)]

    private static func made(_ name: String, _ what: String, _ steps: [Step]) -> MadeCapture {
        var builder = ConversationBuilder.opened
        for step in steps {
            switch step {
            case .client(let text): builder.send(text, from: .client)
            case .server(let text): builder.send(text, from: .server)
            }
        }
        builder.close()
        return MadeCapture("http/" + name, what, builder)
    }

    /// A request with these field lines and this content, its answer, and an exchange behind it.
    private static func request(
        _ name: String,
        _ what: String,
        _ fields: String,
        _ content: String
    ) -> MadeCapture {
        let head = "POST /a HTTP/1.1\r\nHost: h\r\n\(fields)\r\n"
        return made(name, what, [.client(head + content), .server(okay)] + next)
    }

    /// A response to `GET` of these bytes, and an exchange behind it.
    private static func response(_ name: String, _ what: String, _ bytes: String) -> MadeCapture {
        made(name, what, [.client("GET /a HTTP/1.1\r\n" + host), .server(bytes)] + next)
    }

    /// A request of these bytes, its answer, and an exchange behind it.
    private static func line(_ name: String, _ what: String, _ bytes: String) -> MadeCapture {
        made(name, what, [.client(bytes), .server(okay)] + next)
    }

    private static let framing: [MadeCapture] = [
        made(
            "head",
            "HEAD is answered with a length and no content",
            [
                .client("HEAD /a HTTP/1.1\r\n" + host),
                .server("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"),
            ] + next
        ),
        response("204", "204 has no content", "HTTP/1.1 204 No Content\r\n\r\n"),
        response(
            "204-with-content",
            "204 with a length, and bytes behind it",
            "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello"
        ),
        response(
            "304",
            "304 has no content",
            "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n"
        ),
        request(
            "chunked",
            "chunks with an extension, and trailers",
            "Transfer-Encoding: chunked\r\n",
            "5;name=value\r\nhello\r\n6\r\n world\r\n0\r\nTrailer: yes\r\n\r\n"
        ),
        made(
            "until-close",
            "content that the close ends",
            [
                .client("GET /a HTTP/1.1\r\n" + host),
                .server("HTTP/1.1 200 OK\r\n\r\nuntil the end"),
            ]
        ),
        made(
            "content-cut",
            "the server closes inside the content",
            [
                .client("GET /a HTTP/1.1\r\n" + host),
                .server("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\ncut"),
            ]
        ),
        response(
            "content-too-long",
            "more bytes than the length says",
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello, world"
        ),
        response(
            "unknown-coding",
            "a transfer coding that nobody knows",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: squeezed\r\nContent-Length: 5\r\n\r\nhello"
        ),
    ]

    private static let smuggling: [MadeCapture] = [
        request(
            "cl-te",
            "a length and chunks",
            "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n",
            "0\r\n\r\nG"
        ),
        request(
            "cl-cl-equal",
            "the same length twice",
            "Content-Length: 5\r\nContent-Length: 5\r\n",
            "hello"
        ),
        request(
            "cl-cl-different",
            "two lengths",
            "Content-Length: 5\r\nContent-Length: 6\r\n",
            "hello"
        ),
        request("cl-list", "a list of equal lengths", "Content-Length: 5, 5\r\n", "hello"),
        request("cl-plus", "a length with a sign", "Content-Length: +5\r\n", ""),
        request(
            "te-unknown",
            "a coding that resembles chunked",
            "Transfer-Encoding: xchunked\r\n",
            ""
        ),
        request(
            "te-identity",
            "chunked, and then identity",
            "Transfer-Encoding: chunked, identity\r\n",
            "5\r\nhello\r\n0\r\n\r\n"
        ),
        request(
            "te-twice",
            "chunked on two lines",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
            "5\r\nhello\r\n0\r\n\r\n"
        ),
        request(
            "te-space-before-colon",
            "a blank before the colon",
            "Transfer-Encoding : chunked\r\n",
            "5\r\nhello\r\n0\r\n\r\n"
        ),
        request(
            "te-folded",
            "chunked on a continuation line",
            "Transfer-Encoding:\r\n chunked\r\n",
            "5\r\nhello\r\n0\r\n\r\n"
        ),
        request(
            "chunk-bare-lf",
            "chunk lines that end in a bare LF",
            "Transfer-Encoding: chunked\r\n",
            "5\nhello\n0\n\n"
        ),
        request(
            "chunk-size-plus",
            "a chunk size with a sign",
            "Transfer-Encoding: chunked\r\n",
            "+5\r\nhello\r\n0\r\n\r\n"
        ),
        request(
            "chunk-size-0x",
            "a chunk size with 0x",
            "Transfer-Encoding: chunked\r\n",
            "0x5\r\nhello\r\n0\r\n\r\n"
        ),
        request(
            "chunk-size-overflow",
            "a chunk size of more than 64 bits",
            "Transfer-Encoding: chunked\r\n",
            "10000000000000005\r\nhello\r\n0\r\n\r\n"
        ),
    ]

    private static let interim: [MadeCapture] = [
        made(
            "interim",
            "100, 102 and 103 before the answer",
            [
                .client(
                    "POST /a HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n"
                ),
                .server("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n"),
                .client("hello"), .server("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + okay),
            ] + next
        ),
        made(
            "expect-refused",
            "the answer comes in place of 100, and the content is not sent",
            [
                .client(
                    "POST /a HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n"
                ),
                .server("HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\n\r\n"),
            ]
        ),
        made(
            "connect",
            "a tunnel",
            [
                .client("CONNECT h:443 HTTP/1.1\r\n" + host), .server("HTTP/1.1 200 OK\r\n\r\n"),
                .client("\u{16}\u{3}\u{1} hello"), .server("\u{16}\u{3}\u{3} hello"),
            ]
        ),
        made(
            "websocket",
            "frames behind 101",
            [
                .client(
                    "GET /chat HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" + host
                ),
                .server(
                    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                        + "Connection: Upgrade\r\n\r\n"
                ),
                .server("\u{1}\u{5}hello"), .server("\u{9}\u{0}"),
            ]
        ),
        made(
            "http-0.9",
            "a request without version, and an answer without head",
            [.client("GET /a\r\n"), .server("<p>hello")]
        ),
        made(
            "http-2-preface",
            "HTTP/2 with prior knowledge",
            [.client("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u{4}\0\0\0\0\0")]
        ),
    ]

    private static let startLines: [MadeCapture] = [
        line("version-2", "HTTP/2 as a version in a request line", "GET /a HTTP/2\r\n" + host),
        line("version-lower-case", "the version in lower case", "GET /a http/1.1\r\n" + host),
        line(
            "version-blanks",
            "blanks before and behind the version",
            "GET /a  HTTP/1.1 \r\n" + host
        ),
        line("method-lower-case", "a method in lower case", "get /a HTTP/1.1\r\n" + host),
        line("method-unknown", "a method that nobody knows", "FROBNICATE /a HTTP/1.1\r\n" + host),
        line("target-absolute", "a target in absolute form", "GET http://h/a HTTP/1.1\r\n" + host),
        line("target-asterisk", "a target of an asterisk", "OPTIONS * HTTP/1.1\r\n" + host),
        line("target-percent", "an invalid percent escape", "GET /%zz HTTP/1.1\r\n" + host),
        line("target-raw-bytes", "raw UTF-8 in the target", "GET /é HTTP/1.1\r\n" + host),
        line("target-blank", "a blank in the target", "GET /a b HTTP/1.1\r\n" + host),
        response(
            "status-0",
            "a status below 100",
            "HTTP/1.1 000 Zero\r\nContent-Length: 0\r\n\r\n"
        ),
        response(
            "status-999",
            "a status above 599",
            "HTTP/1.1 999 No\r\nContent-Length: 0\r\n\r\n"
        ),
        response("status-text", "a status of letters", "HTTP/1.1 OK\r\nContent-Length: 0\r\n\r\n"),
        response("reason-missing", "no reason", "HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n"),
    ]

    private static let fieldLines: [MadeCapture] = [
        line("bare-lf", "lines that end in a bare LF", "GET /a HTTP/1.1\nHost: h\n\n"),
        line(
            "mixed-line-ends",
            "lines that end in CR LF and in LF",
            "GET /a HTTP/1.1\r\nHost: h\nA: b\r\n\r\n"
        ),
        line(
            "bare-cr",
            "a carriage return inside a value",
            "GET /a HTTP/1.1\r\nA: b\rc\r\n" + host
        ),
        line("folded", "a value that goes on", "GET /a HTTP/1.1\r\nA: b\r\n c\r\n" + host),
        line("no-colon", "a line without colon", "GET /a HTTP/1.1\r\nno colon here\r\n" + host),
        line("nul", "NUL and other control bytes", "GET /a HTTP/1.1\r\nA: b\0\u{7}c\r\n" + host),
        line(
            "name-invalid",
            "a field name with a blank in it",
            "GET /a HTTP/1.1\r\nA b: c\r\n" + host
        ),
        line("host-missing", "no Host", "GET /a HTTP/1.1\r\n\r\n"),
        line("host-twice", "Host twice", "GET /a HTTP/1.1\r\nHost: a\r\n" + host),
    ]

    private static let recovery: [MadeCapture] = [
        line("blank-lines", "blank lines before a request", "\r\n\r\nGET /a HTTP/1.1\r\n" + host),
        line(
            "garbage",
            "bytes before a request that are of none",
            "what is this?\r\nGET /a HTTP/1.1\r\n" + host
        ),
        line(
            "unterminated",
            "a request without blank line, which is answered",
            "POST / HTTP/1.1\r\nHost: h\r\n"
        ),
        line(
            "start-line-in-head",
            "a request inside an unterminated header section",
            "GET /lost HTTP/1.1\r\nHost: h\r\nGET /a HTTP/1.1\r\n" + host
        ),
        line(
            "long-line",
            "a field line of 20,000 bytes",
            "GET /a HTTP/1.1\r\nA: \(String(repeating: "x", count: 20_000))\r\n" + host
        ),
        line(
            "unterminated-line",
            "a request line without line end, which is answered",
            "GET /a HTTP/1.1"
        ),
        response(
            "garbage-before-response",
            "bytes before a response",
            "oops\r\n" + okay
        ),
    ]

    private static let pairing: [MadeCapture] = [
        made(
            "pipelined",
            "three requests in one segment, three answers in one",
            [
                .client(["/a", "/b", "/c"].map { "GET \($0) HTTP/1.1\r\n" + host }.joined()),
                .server(okay + okay + okay),
            ]
        ),
        made(
            "408",
            "an answer on an idle connection that nobody asked for",
            next + [.server("HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n")]
        ),
        made(
            "early-answer",
            "the answer begins before the request is complete",
            [
                .client("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nhello"),
                .server(okay),
                .client("world"),
            ] + next
        ),
        made(
            "server-first",
            "the end that was connected to sends the requests",
            [.server("GET /a HTTP/1.1\r\n" + host), .client(okay)]
        ),
        made(
            "tls",
            "TLS on the port of HTTP, answered with 400",
            [
                .client("\u{16}\u{3}\u{1}\0\u{5}hello"),
                .server("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"),
            ]
        ),
    ]
}
