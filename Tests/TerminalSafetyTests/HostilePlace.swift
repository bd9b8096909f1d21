import Support

/// A place in what is on the wire where bytes of anybody's choice can stand.
struct HostilePlace: Sendable {
    /// What one of the two ends sends.
    struct Sent: Sendable {
        var side: ConversationBuilder.Side
        var bytes: [UInt8]
    }

    let name: String
    /// What both ends send where this is in the place.
    let sent: @Sendable ([UInt8]) -> [Sent]

    private init(_ name: String, _ sent: @escaping @Sendable ([UInt8]) -> [Sent]) {
        self.name = name
        self.sent = sent
    }

    /// A place in a request that is answered.
    private static func request(_ name: String, _ before: String, _ after: String) -> HostilePlace {
        HostilePlace(name) { piece in
            [
                Sent(side: .client, bytes: before.utf8 + piece + after.utf8),
                Sent(side: .server, bytes: Array("HTTP/1.1 204 OK\r\n\r\n".utf8)),
            ]
        }
    }

    /// A place in a response.
    private static func response(_ name: String, _ before: String, _ after: String) -> HostilePlace
    {
        HostilePlace(name) { piece in
            [
                Sent(side: .client, bytes: Array("GET /a HTTP/1.1\r\nHost: x\r\n\r\n".utf8)),
                Sent(side: .server, bytes: before.utf8 + piece + after.utf8),
            ]
        }
    }

    /// Content of a response, with these lines in front of it.
    private static func content(
        _ name: String,
        _ fields: String,
        _ body: @escaping @Sendable ([UInt8]) -> [UInt8]
    ) -> HostilePlace {
        HostilePlace(name) { piece in
            let content = body(piece)
            let head = "HTTP/1.1 200 OK\r\n\(fields)Content-Length: \(content.count)\r\n\r\n"
            return [
                Sent(side: .client, bytes: Array("GET /b HTTP/1.1\r\nHost: x\r\n\r\n".utf8)),
                Sent(side: .server, bytes: head.utf8 + content),
            ]
        }
    }

    static let all = requests + responses + contents + others

    private static let requests = [
        request("method", "G", "T / HTTP/1.1\r\nHost: x\r\n\r\n"),
        request("target", "GET /a", "b HTTP/1.1\r\nHost: x\r\n\r\n"),
        request("query", "GET /a?b=", " HTTP/1.1\r\nHost: x\r\n\r\n"),
        request("version", "GET / HTTP/1.", "\r\nHost: x\r\n\r\n"),
        request("behind the version", "GET / HTTP/1.1", "\r\nHost: x\r\n\r\n"),
        request("name of a field", "GET / HTTP/1.1\r\nHost: x\r\nX-", "-Y: v\r\n\r\n"),
        request("value of a field", "GET / HTTP/1.1\r\nHost: x\r\nX-Y: a", "b\r\n\r\n"),
        request("folded line", "GET / HTTP/1.1\r\nHost: x\r\nX-Y: a\r\n ", "b\r\n\r\n"),
        request("line without colon", "GET / HTTP/1.1\r\nHost: x\r\nabc", "\r\n\r\n"),
        request("end of a line", "GET / HTTP/1.1\r\nHost: x", "\nX: y\r\n\r\n"),
        request("Host", "GET / HTTP/1.1\r\nHost: a", "b\r\n\r\n"),
        request("absolute target", "GET http://a", "b/ HTTP/1.1\r\nHost: x\r\n\r\n"),
        request("authority of CONNECT", "CONNECT a", ":80 HTTP/1.1\r\nHost: x\r\n\r\n"),
        request("HTTP/0.9", "GET /a", "\r\n"),
        request(
            "content of a request",
            "PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n",
            ""
        ),
        request("in front of a request", "", "GET / HTTP/1.1\r\nHost: x\r\n\r\n"),
        request("alone before an answer", "", ""),
    ]

    private static let responses = [
        response("version of a response", "HTTP/1.", " 200 OK\r\n\r\n"),
        response("status", "HTTP/1.1 2", "0 OK\r\n\r\n"),
        response("reason", "HTTP/1.1 200 O", "K\r\n\r\n"),
        response("name of a response's field", "HTTP/1.1 200 OK\r\nX-", "-Y: v\r\n\r\n"),
        response("value of a response's field", "HTTP/1.1 200 OK\r\nX-Y: ", "\r\n\r\n"),
        response("Content-Length", "HTTP/1.1 200 OK\r\nContent-Length: 5", "\r\n\r\nabcde"),
        response("Transfer-Encoding", "HTTP/1.1 200 OK\r\nTransfer-Encoding: ", "\r\n\r\nabcde"),
        response(
            "reason of an interim response",
            "HTTP/1.1 103 E",
            "\r\n\r\nHTTP/1.1 204 OK\r\n\r\n"
        ),
        response(
            "field of an interim response",
            "HTTP/1.1 103 Early\r\nLink: <",
            ">\r\n\r\nHTTP/1.1 204 OK\r\n\r\n"
        ),
        response(
            "chunk extension",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;a=",
            "\r\nabc\r\n0\r\n\r\n"
        ),
        response(
            "chunk size",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3",
            "\r\nabc\r\n0\r\n\r\n"
        ),
        response(
            "chunk",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n",
            "\r\n0\r\n\r\n"
        ),
        response(
            "name of a trailer",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX-",
            ": v\r\n\r\n"
        ),
        response(
            "value of a trailer",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX-Y: ",
            "\r\n\r\n"
        ),
        response("instead of a response", "", ""),
        response("behind a response", "HTTP/1.1 204 OK\r\n\r\n", "\r\n"),
        response("content until the close", "HTTP/1.1 200 OK\r\n\r\n", ""),
    ]

    private static let contents = [
        content("text", "Content-Type: text/plain\r\n") { "a".utf8 + $0 + "b\n".utf8 },
        content("text in UTF-8", "Content-Type: text/plain; charset=utf-8\r\n") { $0 },
        content("text in ISO-8859-1", "Content-Type: text/plain; charset=iso-8859-1\r\n") { $0 },
        content("text in windows-1252", "Content-Type: text/plain; charset=windows-1252\r\n") {
            $0
        },
        content("text in UTF-16", "Content-Type: text/plain; charset=utf-16le\r\n") { piece in
            String(decoding: piece, as: UTF8.self).utf16
                .flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        },
        content("JSON", "Content-Type: application/json\r\n") {
            "{\"a\":\"".utf8 + $0 + "\",\"b\":[1]}".utf8
        },
        content("between JSON's tokens", "Content-Type: application/json\r\n") {
            "{\"a\":".utf8 + $0 + "1}".utf8
        },
        content("form", "Content-Type: application/x-www-form-urlencoded\r\n") {
            "a".utf8 + $0 + "=".utf8 + $0 + "&c=d".utf8
        },
        content("form, percent-encoded", "Content-Type: application/x-www-form-urlencoded\r\n") {
            "a=".utf8 + $0.flatMap { "%\(hexadecimal(UInt32($0)).suffix(2))".utf8 } + "&c=d".utf8
        },
        content("multipart", "Content-Type: multipart/form-data; boundary=B\r\n") { piece in
            let head = "--B\r\nContent-Disposition: form-data; name=\"".utf8 + piece
            let fields = "\"; filename=\"".utf8 + piece + "\"\r\nContent-Type: text/".utf8 + piece
            return head + fields + "\r\nX-".utf8 + piece + ": y\r\n\r\n".utf8 + piece
                + "\r\n--B--\r\n".utf8
        },
        content("content in gzip", "Content-Encoding: gzip\r\nContent-Type: text/plain\r\n") {
            compress("a".utf8 + $0, .gzip)
        },
        content("content that is no gzip", "Content-Encoding: gzip\r\n") { $0 },
        content("content of no type", "") { $0 },
        content("content that is not text", "Content-Type: image/png\r\n") { [0, 1, 2] + $0 },
    ]

    private static let others = [
        response("type of content", "HTTP/1.1 200 OK\r\nContent-Type: a/", "\r\n\r\n\u{00}abc"),
        response(
            "charset",
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=",
            "\r\n\r\nabc\u{E9}"
        ),
        response(
            "boundary",
            "HTTP/1.1 200 OK\r\nContent-Type: multipart/mixed; boundary=\"",
            "\"\r\n\r\n--B\r\n\r\nabc\r\n--B--\r\n"
        ),
        response("content coding", "HTTP/1.1 200 OK\r\nContent-Encoding: x", "\r\n\r\nabc"),
        HostilePlace("protocol after a switch") { piece in
            let head = "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: a"
            return [
                Sent(
                    side: .client,
                    bytes: "GET / HTTP/1.1\r\nHost: x\r\nConnection: upgrade\r\nUpgrade: ".utf8
                        + piece + "\r\n\r\n".utf8
                ),
                Sent(side: .server, bytes: head.utf8 + piece + "\r\n\r\n".utf8),
                Sent(side: .client, bytes: piece),
                Sent(side: .server, bytes: piece),
            ]
        },
        HostilePlace("WebSocket") { piece in
            let fields = "Connection: upgrade\r\nUpgrade: websocket\r\n"
            return [
                Sent(
                    side: .client,
                    bytes: Array("GET / HTTP/1.1\r\nHost: x\r\n\(fields)\r\n".utf8)
                ),
                Sent(
                    side: .server,
                    bytes: "HTTP/1.1 101 X\r\n\(fields)Sec-WebSocket-Protocol: ".utf8
                        + piece + "\r\n\r\n".utf8
                ),
                Sent(side: .server, bytes: [0x81, UInt8(truncatingIfNeeded: piece.count)] + piece),
            ]
        },
        HostilePlace("between requests") { piece in
            let request = Array("GET / HTTP/1.1\r\nHost: x\r\n\r\n".utf8)
            return [
                Sent(side: .client, bytes: request + piece + request),
                Sent(side: .server, bytes: Array("HTTP/1.1 204 OK\r\n\r\n".utf8)),
                Sent(side: .server, bytes: piece + Array("HTTP/1.1 204 OK\r\n\r\n".utf8)),
            ]
        },
        HostilePlace("a protocol that is not HTTP") { piece in
            [
                Sent(side: .server, bytes: "SSH-2.0-".utf8 + piece + "\r\n".utf8),
                Sent(side: .client, bytes: "SSH-2.0-".utf8 + piece + "\r\n".utf8),
            ]
        },
        HostilePlace("all of both directions") { piece in
            [Sent(side: .client, bytes: piece), Sent(side: .server, bytes: piece)]
        },
    ]
}

private func + (text: String.UTF8View, bytes: [UInt8]) -> [UInt8] { Array(text) + bytes }
private func + (bytes: [UInt8], text: String.UTF8View) -> [UInt8] { bytes + Array(text) }
