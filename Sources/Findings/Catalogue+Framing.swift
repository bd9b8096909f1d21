/// What the catalogue says of findings about framing and content.
extension CatalogueEntry {
    static var conflictingContentLength: CatalogueEntry {
        CatalogueEntry(
            .conflictingContentLength,
            sentence: """
                The message gives several content lengths that differ: one recipient ends the \
                content by the first, another by the last, and a third refuses the message.
                """,
            reference: "RFC 9112 §6.3",
            rule: """
                Different Content-Length values are an unrecoverable error: a server must answer \
                400 and close, a proxy must answer 502, a client must close and discard the \
                response.
                """,
            example: #"Content-Length: 5\r\nContent-Length: 7\r\n"#,
            marked: #"Content-Length: 7\r\n"#,
            elsewhere: """
                nginx, Apache httpd, Node.js, HAProxy, lighttpd and Go answer 400, and Squid 411; \
                Python's http.server shows its program the first. In a response Node.js and Go \
                refuse them and Apache httpd, HAProxy and Squid answer 502, but curl 7.88 and \
                nginx 1.22 take the last and Python's http.client the first. Where one recipient \
                reads the first value and another the last, the difference is read as the \
                beginning of another message (request smuggling).
                """,
            mend: "Send one Content-Length, with the number of bytes of the content."
        )
    }

    static var invalidContentLength: CatalogueEntry {
        CatalogueEntry(
            .invalidContentLength,
            sentence: """
                The value of Content-Length is not a decimal number that can be used: one \
                recipient reads a number in it, another takes no content or refuses the message.
                """,
            reference: "RFC 9110 §8.6",
            rule: """
                Content-Length is one or more decimal digits: no sign, no 0x, no fraction. An \
                invalid value is an unrecoverable error (RFC 9112 §6.3), and a recipient must \
                guard against overflow.
                """,
            example: #"Content-Length: +5\r\n"#,
            marked: "+5",
            elsewhere: """
                nginx, Apache httpd, Node.js, HAProxy, lighttpd and Go answer 400 to +5 and to \
                0x5, and Squid 411; Python's int takes +5 for 5. In a response with +5 Node.js \
                and Go refuse it, Apache httpd, HAProxy and Squid answer 502; nginx 1.22 ignores \
                the field, curl and Python's http.client read on. Where two recipients differ, a \
                request can be smuggled past one.
                """,
            mend: "Send the number of bytes in decimal digits."
        )
    }

    static var repeatedContentLength: CatalogueEntry {
        CatalogueEntry(
            .repeatedContentLength,
            sentence: """
                The content length is given more than once: one recipient takes one of the \
                values, another refuses the message.
                """,
            reference: "RFC 9110 §8.6",
            rule: """
                Equal values, in several lines or in one list, are invalid as sent. A recipient \
                may refuse the message or replace them with the one value.
                """,
            example: #"Content-Length: 5\r\ncontent-length: 5\r\n"#,
            marked: #"content-length: 5\r\n"#,
            elsewhere: """
                Two equal lines: HAProxy, Squid and Go take them as one, nginx, Apache httpd, \
                Node.js and lighttpd answer 400. A list of equal values: HAProxy and Squid take \
                it, nginx, Apache httpd, Node.js, lighttpd and Go answer 400. In a response \
                Node.js and Apache httpd refuse two lines, curl, Go, nginx, HAProxy and Squid \
                take them.
                """,
            mend: "Send Content-Length once; two pieces of code seem to set it."
        )
    }

    static var contentLengthWithTransferEncoding: CatalogueEntry {
        CatalogueEntry(
            .contentLengthWithTransferEncoding,
            sentence: """
                Both Content-Length and Transfer-Encoding are given: one recipient ends the \
                content by the length, another by the chunks.
                """,
            reference: "RFC 9112 §6.3",
            rule: """
                A sender must not send Content-Length with Transfer-Encoding (RFC 9112 §6.2). \
                Transfer-Encoding overrides; a server may refuse the request, and must close the \
                connection after answering it (RFC 9112 §6.1).
                """,
            example: #"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n"#,
            marked: #"Content-Length: 4\r\n"#,
            elsewhere: """
                The classic of request smuggling (CL.TE and TE.CL). nginx (from 1.21.1 on), \
                Node.js and lighttpd answer 400; Apache httpd, HAProxy, Squid and Go take the \
                chunks, as the rule says and as this analyser does; Python's http.server knows no \
                chunks. In an HTTP/1.0 request Go takes the length, HAProxy and Squid the chunks. \
                In a response all take the chunks but Node.js, which refuses. Wireshark remarks \
                on it.
                """,
            mend: "Leave Content-Length out when the content is chunked."
        )
    }

    static var unknownTransferCoding: CatalogueEntry {
        CatalogueEntry(
            .unknownTransferCoding,
            sentence: """
                The transfer coding is not known or stands twice: one recipient reads chunks, \
                another ignores the field and takes the length or no content.
                """,
            reference: "RFC 9112 §6.1",
            rule: """
                A server should answer 501 to a transfer coding that it does not understand. In a \
                request the last coding must be chunked; a response whose last coding is another \
                ends with the connection.
                """,
            example: #"Transfer-Encoding: xchunked\r\n"#,
            marked: "xchunked",
            elsewhere: """
                nginx, Squid, lighttpd and Go answer 501, Apache httpd, Node.js and HAProxy 400; \
                Python's http.server ignores the field (TE.TE smuggling). In a response nginx \
                1.22 takes xchunked for chunked, because it looks for the word anywhere in the \
                value; Node.js, Apache httpd and Python's http.client show the chunks as content; \
                curl, Go, HAProxy and Squid refuse. Wireshark remarks on it.
                """,
            mend: "Send Transfer-Encoding: chunked, or a Content-Length."
        )
    }

    static var truncatedContent: CatalogueEntry {
        CatalogueEntry(
            .truncatedContent,
            sentence: "The content stops before the end that its framing announced.",
            reference: "RFC 9112 §8",
            rule: """
                A message is incomplete where fewer bytes came than Content-Length says, or where \
                the zero-sized chunk is missing. A client must record such a response as \
                incomplete.
                """,
            example: #"Content-Length: 100\r\n\r\nhello"#,
            marked: "hello",
            elsewhere: """
                curl reports error 18 (transfer closed with data remaining), Go an unexpected \
                EOF, Node.js ECONNRESET, Python's http.client IncompleteRead; nginx, Apache \
                httpd, HAProxy and Squid pass on what came and close. tshark 4.0 lists no \
                message: it waits for the rest. To a request that ends early Apache httpd and \
                Node.js answer 400.
                """,
            mend: """
                Look at who closed or reset the connection, and at the sender's computation of the \
                length: it counts bytes, not characters.
                """
        )
    }

    static var bytesBeforeMessage: CatalogueEntry {
        CatalogueEntry(
            .bytesBeforeMessage,
            sentence: "Bytes that belong to no message come before the first one.",
            reference: "RFC 9112 §2.2",
            rule: """
                A connection begins with a start line; a server should pass over an empty line in \
                front of it, and nothing else. Other bytes make an invalid request line, which is \
                answered 400.
                """,
            example: #"what is this?\r\nGET /a HTTP/1.1\r\nHost: a\r\n\r\n"#,
            marked: "what is this?",
            elsewhere: """
                Servers answer 400 and close, so that the request behind the bytes is not served. \
                Wireshark shows them as continuation data.
                """,
            mend: "Look for what the client sent before, such as another protocol's greeting."
        )
    }

    static var contentAfterMessage: CatalogueEntry {
        CatalogueEntry(
            .contentAfterMessage,
            sentence: "Bytes follow the end of the message that belong to no message.",
            reference: "RFC 9112 §6.3",
            rule: """
                A message ends where its framing says. What follows the last response that was \
                asked for may be discarded; a client must not process, cache or forward it as a \
                response of its own.
                """,
            example: #"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhello"#,
            marked: "llo",
            elsewhere: """
                curl, Go, Python's http.client, nginx, Apache httpd, HAProxy and Squid drop the \
                bytes behind a response; Node.js reports a parse error for the response. Behind a \
                request servers take them for the next request and answer 400.
                """,
            mend: "Make Content-Length count all bytes of the content."
        )
    }

    static var contentInBodylessResponse: CatalogueEntry {
        CatalogueEntry(
            .contentInBodylessResponse,
            sentence: """
                Content comes with a response that cannot have any: an answer to HEAD, 204, 205 or \
                304.
                """,
            reference: "RFC 9110 §6.4.1",
            rule: """
                Responses to HEAD and responses 1xx, 204 and 304 end with the blank line of the \
                header section (RFC 9112 §6.3), whatever their fields say. A response 205 is framed \
                as others are, and its content is to be empty (RFC 9110 §15.3.6).
                """,
            example: #"HTTP/1.1 204 No Content\r\n\r\nhello"#,
            marked: "hello",
            elsewhere: """
                curl, Go, Python's http.client, nginx, Apache httpd, HAProxy and Squid drop the \
                bytes; Node.js reports a parse error. tshark 4.0 lists the response alone.
                """,
            mend: "Send no content with these, or another status, such as 200."
        )
    }

    static var noContentLengthUntilClose: CatalogueEntry {
        CatalogueEntry(
            .noContentLengthUntilClose,
            sentence: "No length and no chunks: the close of the connection ends the content.",
            reference: "RFC 9112 §6.3",
            rule: """
                Such content goes on until the connection closes. A recipient cannot tell whether \
                it is whole, and the connection cannot be used again.
                """,
            example: #"HTTP/1.1 200 OK\r\nServer: a\r\n\r\nhello"#,
            marked: "hello",
            elsewhere: """
                All clients read it; nginx, Apache httpd and Squid pass it on in chunks, so that \
                the end is told. Wireshark lists such a response at the FIN that ends it, not at \
                the segments that carried it.
                """,
            mend: "Send Content-Length, or chunks where the length is not known."
        )
    }
}
