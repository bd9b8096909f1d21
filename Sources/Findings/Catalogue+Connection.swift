/// What the catalogue says of how connections begin and end.
extension CatalogueEntry {
    static var beyondOldVersion: CatalogueEntry {
        CatalogueEntry(
            .beyondOldVersion,
            sentence: "The request is of HTTP/1.0, and the answer has what that version has not.",
            reference: "RFC 9112 §6.1",
            rule: """
                A server must not send Transfer-Encoding unless the request is of HTTP/1.1 or \
                later, and no interim response (1xx) to a client of HTTP/1.0 (RFC 9110 §15.2).
                """,
            example: #"GET / HTTP/1.0\r\n … HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"#,
            marked: #"Transfer-Encoding: chunked\r\n"#,
            elsewhere: """
                A client of HTTP/1.0 takes the lines with the chunks' sizes for content, and an \
                interim response for the final one. curl --http1.0 reads both as they are meant. \
                Wireshark shows them without remark.
                """,
            mend: "Answer with Content-Length, or by closing the connection, and with no 1xx."
        )
    }

    static var handshakeRepeated: CatalogueEntry {
        CatalogueEntry(
            .handshakeRepeated,
            sentence: """
                A SYN or SYN-ACK had to be sent again before the connection was open: see the time \
                to connect.
                """,
            reference: "RFC 9293 §3.8.1",
            rule: """
                A SYN that is not answered is sent again after a second, and then after twice the \
                time that was waited before.
                """,
            example: "0.0 SYN seq=999, 1.0 SYN seq=999, 3.0 SYN seq=999",
            marked: "3.0 SYN",
            elsewhere: """
                Wireshark marks TCP Retransmission. The client's program only sees that the \
                connection took long.
                """,
            mend: """
                Look for loss on the way, for a filter that drops the first packet, and for a \
                server whose queue of connections is full.
                """
        )
    }

    static var clientGaveUp: CatalogueEntry {
        CatalogueEntry(
            .clientGaveUp,
            sentence: """
                The client's FIN or RST came before the whole answer, of which it took no more \
                after that.
                """,
            reference: "RFC 9112 §9.6",
            rule: """
                A client may close a connection at any time. What a server sends after that is \
                answered with RST, and the program of the client never sees it.
                """,
            example: #"GET /slow HTTP/1.1\r\nHost: a\r\n\r\n(10 s)(FIN)(20 s)HTTP/1.1 200 OK"#,
            marked: "(FIN)",
            elsewhere: """
                nginx logs 499, Envoy and Istio the response flag DC, HAProxy a state that begins with \
                C. Wireshark shows the answer like any other.
                """,
            mend: """
                Compare the time-out of the client, or of a proxy between, with the time that the \
                server takes.
                """
        )
    }

    static var requestAfterClose: CatalogueEntry {
        CatalogueEntry(
            .requestAfterClose,
            sentence: "The request was sent on a connection that the server had closed before.",
            reference: "RFC 9112 §9.5",
            rule: """
                A server may close a connection that is idle at any time, and a client may begin \
                a request at that very moment. It then has to be ready to send the request again, \
                on a new connection, where its method is idempotent (RFC 9112 §9.3.1).
                """,
            example: #"(5 s idle)(FIN of the server)POST /order HTTP/1.1\r\nHost: a\r\n\r\n(RST)"#,
            marked: "(FIN of the server)",
            elsewhere: """
                Clients report connection reset by peer, socket hang up or broken pipe. A proxy \
                answers 502: nginx logs that the upstream prematurely closed the connection. \
                Wireshark shows no relation between the FIN and the request.
                """,
            mend: """
                Let the client, or the proxy, give idle connections up sooner than the server \
                does: its keep-alive time has to be the shorter one.
                """
        )
    }

    static var idleReset: CatalogueEntry {
        CatalogueEntry(
            .idleReset,
            sentence: "A connection was reset while nothing was asked on it.",
            reference: "RFC 9112 §9.5",
            rule: """
                A client, server or proxy may end a connection at any time. Without a FIN the \
                other end's program hears of it with the next thing that it sends.
                """,
            example: #"HTTP/1.1 204 No Content\r\n\r\n(2 s)(RST)"#,
            marked: "(RST)",
            elsewhere: """
                The next request on the connection fails with connection reset by peer. Wireshark \
                marks the RST, and no message.
                """,
            mend: """
                Find out whether it was the server, or something on the way that forgets idle \
                connections, such as a load balancer; a shorter keep-alive time of the client \
                avoids both.
                """
        )
    }

    static var responseNotAcknowledged: CatalogueEntry {
        CatalogueEntry(
            .responseNotAcknowledged,
            sentence: """
                The end of the response was never acknowledged, though the capture has what followed.
                """,
            reference: "RFC 9293 §3.4",
            rule: """
                A receiver acknowledges each byte that it takes. Where it sends a RST instead, or \
                the sender repeats itself in vain, nobody knows of the response how much arrived.
                """,
            example: "seq=1 len=1460 ack=58, RST seq=58",
            marked: "RST",
            elsewhere: """
                Wireshark shows the response as complete. The server's log has it as sent.
                """,
            mend: """
                Look at what ended the connection: a client that was stopped, a firewall that \
                forgot it, or a route that is gone.
                """
        )
    }
}
