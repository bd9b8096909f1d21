/// What the catalogue says of findings about the pair.
extension CatalogueEntry {
    static var requestWithoutResponse: CatalogueEntry {
        CatalogueEntry(
            .requestWithoutResponse,
            sentence: "No response to the request is in the capture.",
            reference: "RFC 9112 §9.2",
            rule: """
                Each request has one final response, and responses come in the order of the \
                requests. Where the connection closes early, a client may send an idempotent \
                request again (RFC 9112 §9.3.1).
                """,
            example: #"GET /slow HTTP/1.1\r\nHost: a\r\n\r\n(FIN)"#,
            marked: "(FIN)",
            elsewhere: """
                Wireshark lists the request without a link to a response. Proxies answer 502 or \
                504 in the server's place.
                """,
            mend: """
                Look at what ended the connection: the server's close or reset, a time-out, or the \
                end of the capture.
                """
        )
    }

    static var responseWithoutRequest: CatalogueEntry {
        CatalogueEntry(
            .responseWithoutRequest,
            sentence: "No request to which this response belongs is in the capture.",
            reference: "RFC 9112 §9.2",
            rule: """
                A response answers the oldest request that is still open on its connection. Where \
                none is open, a client must not take what comes for a response, and should close \
                the connection. A 408 that announces the close is usual all the same (RFC 9110 \
                §15.5.9).
                """,
            example: #"HTTP/1.1 408 Request Timeout\r\n\r\n"#,
            marked: "408",
            elsewhere: """
                Some servers and load balancers send 408 on idle connections. A capture that began late \
                lacks the request.
                """,
            mend: """
                Start the capture earlier, capture both directions, or look for a time-out at the \
                server.
                """
        )
    }

    static var requestNotHTTP: CatalogueEntry {
        CatalogueEntry(
            .requestNotHTTP,
            sentence: """
                What the client sent, and the server answered in HTTP, is no request of HTTP/1.
                """,
            reference: "RFC 9112 §2.2",
            rule: """
                A server that receives bytes which do not match the grammar of a request should \
                answer 400 and close the connection. The preface of HTTP/2 was chosen so that \
                servers of HTTP/1 do that (RFC 9113 §3.4).
                """,
            example: #"\x16\x03\x01\x00\xC8\x01 … HTTP/1.1 400 Bad Request\r\n"#,
            marked: #"\x16\x03\x01\x00\xC8\x01"#,
            elsewhere: """
                nginx answers TLS on a port of plain HTTP with 400 and a page that says so; Apache \
                httpd does likewise. Wireshark shows the response alone.
                """,
            mend: """
                Have the client speak HTTP on this port, or have it use the port of the protocol \
                that it speaks: often https where http is meant.
                """
        )
    }

    static var responseBeforeRequestComplete: CatalogueEntry {
        CatalogueEntry(
            .responseBeforeRequestComplete,
            sentence: "The response began before the request was complete.",
            reference: "RFC 9110 §7.5",
            rule: """
                A response can be sent at any time after the request was received, even if that \
                is not complete. A client should watch for one while it sends, and stop where the \
                server closes (RFC 9112 §9.5).
                """,
            example: #"PUT /big HTTP/1.1\r\nContent-Length: 1000000\r\n\r\n(1,448 bytes)"#,
            marked: "(1,448 bytes)",
            elsewhere: """
                Usual with 400, 413, 417 and 401. The client may see a reset instead of the \
                response where the server closes with unread bytes.
                """,
            mend: """
                Send Expect: 100-continue before large content, or have the server read on before \
                it closes.
                """
        )
    }

    static var pipelined: CatalogueEntry {
        CatalogueEntry(
            .pipelined,
            sentence: """
                The request was sent before the response to an earlier one on the connection was \
                complete.
                """,
            reference: "RFC 9112 §9.3.2",
            rule: """
                A client may pipeline requests; the server must send the responses in the order of \
                the requests.
                """,
            example: #"GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n"#,
            marked: "GET /2",
            elsewhere: """
                nginx, Apache httpd, Node.js, Go, lighttpd, HAProxy and Squid answer all of them \
                in order. Browsers do not pipeline; benchmark tools and some proxies do. A \
                request smuggled inside another looks like this too.
                """,
            mend: """
                Nothing is wrong where it is meant. Otherwise send the next request when the \
                response is complete.
                """
        )
    }

    static var versionMismatch: CatalogueEntry {
        CatalogueEntry(
            .versionMismatch,
            sentence: """
                The response's version is not the one that the server would be expected to send.
                """,
            reference: "RFC 9110 §6.2",
            rule: """
                A server should send the highest version it conforms to whose major version is not above \
                the request's; HTTP/1.0 in answer to HTTP/1.1 is allowed.
                """,
            example: #"GET / HTTP/1.1\r\n … HTTP/1.0 200 OK\r\n"#,
            marked: "HTTP/1.0",
            elsewhere: """
                Python's http.server answers with HTTP/1.0 unless it is told otherwise, and old \
                proxies lower the version. Clients then expect a close after the response.
                """,
            mend: "Nothing is wrong where the server is that old; otherwise send HTTP/1.1."
        )
    }

    static var dataFieldInsteadOfContent: CatalogueEntry {
        CatalogueEntry(
            .dataFieldInsteadOfContent,
            sentence: "The data is carried in a Data header field, and the message has no content.",
            reference: "RFC 9110 §6.4",
            rule: """
                What a request carries is its content, which follows the blank line and is framed \
                by Content-Length or Transfer-Encoding. No field named Data is registered.
                """,
            example: #"PUT /index.txt HTTP/1.1\r\nHost: a\r\nData: hello\r\n\r\n"#,
            marked: #"Data: hello\r\n"#,
            elsewhere: """
                nginx, Apache httpd, Node.js, Go, lighttpd, HAProxy and Squid take it for a field \
                like any other, and find no content.
                """,
            mend: "Send the data after the blank line, with Content-Length."
        )
    }

    static var protocolSwitched: CatalogueEntry {
        CatalogueEntry(
            .protocolSwitched,
            sentence: "The connection speaks another protocol from here on.",
            reference: "RFC 9110 §7.8",
            rule: """
                After 101 (Upgrade), after a 2xx response to CONNECT (RFC 9110 §9.3.6) and after \
                an HTTP/2 preface, the bytes are not HTTP/1 messages.
                """,
            example: #"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n"#,
            marked: "101",
            elsewhere: """
                Wireshark hands the rest to the dissector of the new protocol. An HTTP/2 preface \
                on a plain port: HAProxy and lighttpd answer in HTTP/2, nginx 1.22, Apache httpd \
                and Node.js answer 400, and Squid 505. Here the bytes are counted as not HTTP.
                """,
            mend: "Nothing is wrong."
        )
    }

    static var invalidSwitch: CatalogueEntry {
        CatalogueEntry(
            .invalidSwitch,
            sentence: """
                The server switches protocols, and no valid upgrade was asked for and named.
                """,
            reference: "RFC 9110 §7.8",
            rule: """
                A server may answer 101 only to a request that asks for an upgrade: with an Upgrade \
                field, and with the option upgrade in its Connection field. Its response has to \
                have both, and to name a protocol that was asked for.
                """,
            example: #"GET / HTTP/1.1\r\n … HTTP/1.1 101 Switching Protocols\r\n\r\n"#,
            marked: "101",
            elsewhere: """
                Clients that asked for no upgrade take 101 for an error or for an interim response, \
                and go on in HTTP/1 or close. Wireshark stops looking for HTTP where an upgrade is \
                named. Here HTTP/1 that follows is read, and all else is counted as not HTTP.
                """,
            mend: "Answer 101 to upgrades only, with an Upgrade and a Connection field."
        )
    }

    static var unrecognizedResponse: CatalogueEntry {
        CatalogueEntry(
            .unrecognizedResponse,
            sentence: "Bytes came where the response should be, and they are not an HTTP message.",
            reference: "RFC 9112 §4",
            rule:
                "A response begins with a status line: HTTP-version SP status-code SP reason-phrase.",
            example: #"+OK ready\r\n"#,
            marked: #"+OK ready\r\n"#,
            elsewhere: """
                curl says that it received HTTP/0.9 (error 1), Node.js, Go and Python's \
                http.client that the response is malformed. HAProxy answers 502, nginx passes the \
                bytes on as they came, Apache httpd and Squid send them as the content of a 200 \
                of their own. tshark 4.0 shows them as a continuation.
                """,
            mend: "Ask a server that speaks HTTP on this port, or have it send a status line first."
        )
    }
}
