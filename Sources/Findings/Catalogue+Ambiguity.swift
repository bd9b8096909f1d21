/// What the catalogue says of framing that two recipients read differently, which is what request
/// smuggling rests on (RFC 9112 §11.2).
extension CatalogueEntry {
    static var obfuscatedFramingField: CatalogueEntry {
        CatalogueEntry(
            .obfuscatedFramingField,
            sentence: """
                One recipient takes this line for Content-Length or Transfer-Encoding and another \
                does not, so that they end the content at different places.
                """,
            reference: "RFC 9112 §11.2",
            rule: """
                The name of a field is followed by the colon, and a value has nothing around it \
                but spaces and tabs. Lines that only resemble a framing field, by an underscore, \
                a control byte, white space or a fold, are read by lenient recipients alone.
                """,
            example: #"Content-Length: 4\r\nTransfer_Encoding: chunked\r\n"#,
            marked: #"Transfer_Encoding: chunked\r\n"#,
            elsewhere: """
                nginx, Apache httpd, Node.js, Go, Squid and HAProxy take Transfer_Encoding for a \
                field of no meaning, and go by the length; nginx drops it where it passes the \
                request on, Squid and HAProxy do not. Gateways that turn names into environment \
                variables make one of Content_Length and Content-Length. This analyser goes by \
                the exact names, and by what is left when white space is removed.
                """,
            mend: "Send the field with its exact name, one space and the value on one line."
        )
    }

    static var repeatedTransferEncoding: CatalogueEntry {
        CatalogueEntry(
            .repeatedTransferEncoding,
            sentence: """
                Transfer-Encoding stands in several lines: one recipient takes them as one list, \
                another only the first or the last.
                """,
            reference: "RFC 9112 §6.1",
            rule: """
                Lines of one name are one list in their order (RFC 9110 §5.3). All codings that \
                are applied are listed, and chunked is the last and stands once.
                """,
            example: #"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n"#,
            marked: #"Transfer-Encoding: identity\r\n"#,
            elsewhere: """
                To chunked and then identity nginx, Apache httpd, Node.js and HAProxy answer 400, \
                Squid, lighttpd and Go 501. To identity and then chunked nginx answers 400, \
                HAProxy 422, Squid, lighttpd and Go 501, but Apache httpd and Node.js read the \
                chunks. Python's http.server reads neither (TE.TE smuggling).
                """,
            mend: "Send one Transfer-Encoding line with all codings."
        )
    }

    static var chunkedNotLast: CatalogueEntry {
        CatalogueEntry(
            .chunkedNotLast,
            sentence: """
                The transfer codings do not end with chunked: one recipient reads chunks or reads \
                until the close, another takes the length or no content.
                """,
            reference: "RFC 9112 §6.3",
            rule: """
                The length of a request whose last coding is not chunked cannot be told: a server \
                must answer 400 and close. A response of that kind ends with the connection.
                """,
            example: #"POST / HTTP/1.1\r\nTransfer-Encoding: chunked, gzip\r\n\r\n"#,
            marked: "chunked, gzip",
            elsewhere: """
                Apache httpd, Node.js and HAProxy answer 400, nginx, Squid, lighttpd and Go 501; \
                Python's http.server ignores the field. In a response nginx 1.22 looks for the \
                word chunked anywhere in the value, and reads chunks.
                """,
            mend: "List chunked last, or send a Content-Length and no Transfer-Encoding."
        )
    }

    static var transferEncodingInOldVersion: CatalogueEntry {
        CatalogueEntry(
            .transferEncodingInOldVersion,
            sentence: """
                Transfer-Encoding stands in an HTTP/1.0 message: one recipient reads chunks, \
                another ignores the field and takes the length or the close.
                """,
            reference: "RFC 9112 §6.1",
            rule: """
                HTTP/1.0 has no transfer codings. A recipient must treat the framing of such a \
                message as faulty, and close the connection after it.
                """,
            example: #"POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"#,
            marked: #"Transfer-Encoding: chunked\r\n"#,
            elsewhere: """
                nginx and lighttpd answer 400; Node.js, HAProxy and Squid read the chunks, as \
                this analyser does; Go and Python's http.server ignore the field. HAProxy passes \
                it on as it came, in HTTP/1.0.
                """,
            mend: "Send HTTP/1.1, or a Content-Length."
        )
    }

    static var leadingZeros: CatalogueEntry {
        CatalogueEntry(
            .leadingZeros,
            sentence: """
                The length begins with zeros: one recipient reads all of it as one number, \
                another reads it as octal or only so many digits.
                """,
            reference: "RFC 9110 §8.6",
            rule: """
                Zeros in front of a number change nothing by the grammar, but a recipient must \
                guard against numbers that are longer than it can hold. Chunk sizes are named \
                from 17 digits on.
                """,
            example: #"Content-Length: 010\r\n"#,
            marked: "010",
            elsewhere: """
                nginx, Node.js, Go and HAProxy read 010 as 10; nginx passes 10 on, HAProxy and \
                Squid 010. A chunk size of 17 digits and more: Go refuses it; nginx, Apache \
                httpd, Node.js, HAProxy and Squid read it.
                """,
            mend: "Send numbers without leading zeros."
        )
    }

    static var contentInBodylessRequest: CatalogueEntry {
        CatalogueEntry(
            .contentInBodylessRequest,
            sentence: """
                The method gives content no meaning: one recipient reads the content, another \
                takes its bytes for the next request.
                """,
            reference: "RFC 9110 §9.3.1",
            rule: """
                A client should not send content with GET or HEAD, and must not with TRACE; \
                CONNECT has none. The framing is the same as that of any request.
                """,
            example: #"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello"#,
            marked: #"Content-Length: 5\r\n"#,
            elsewhere: """
                GET with a length: nginx, Apache httpd, Node.js, Go and HAProxy read the content; \
                Squid answers 411 (but takes chunks), and lighttpd 400. TRACE with content: \
                Apache httpd answers 413; nginx refuses TRACE; Node.js, Go, HAProxy and Squid \
                take it. Elasticsearch clients send content with GET on purpose.
                """,
            mend: "Use POST, or QUERY where the server knows it, for requests with content."
        )
    }

    static var framingFieldInBodylessResponse: CatalogueEntry {
        CatalogueEntry(
            .framingFieldInBodylessResponse,
            sentence: """
                The response cannot have content, and a field announces some: one recipient ends \
                it at the blank line, another waits for the content.
                """,
            reference: "RFC 9110 §8.6",
            rule: """
                A server must send neither Content-Length nor Transfer-Encoding (RFC 9112 §6.1) in \
                a response 1xx or 204, nor in a 2xx response to CONNECT.
                """,
            example: #"HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n"#,
            marked: #"Content-Length: 5\r\n"#,
            elsewhere: """
                204 with a length: curl, Go and Python's http.client end it at the blank line and \
                drop what follows; Node.js reports a parse error there. nginx passes the field \
                on, HAProxy and Apache httpd drop it, and Squid answers 502.
                """,
            mend: "Leave the field out, also where the length is 0."
        )
    }

    static var messageAfterClose: CatalogueEntry {
        CatalogueEntry(
            .messageAfterClose,
            sentence: """
                A message follows one that announced the close of the connection: one recipient \
                reads it, another has stopped reading.
                """,
            reference: "RFC 9112 §9.6",
            rule: """
                Who sends Connection: close must not send a further message on the connection, \
                and who receives it must not process one.
                """,
            example: #"GET /a HTTP/1.1\r\nConnection: close\r\n\r\nGET /b HTTP/1.1\r\n\r\n"#,
            marked: #"GET /b HTTP/1.1\r\n"#,
            elsewhere: """
                nginx, Apache httpd, Go, Python's http.server, lighttpd, HAProxy and Squid answer \
                the first request and close; Node.js answers 400 instead. A proxy that drops the \
                field before it passes requests on has the second one answered; a server behind \
                it that saw the field would not.
                """,
            mend: "Send the next message on a new connection, or do not announce a close."
        )
    }

    static var upgradeToH2C: CatalogueEntry {
        CatalogueEntry(
            .upgradeToH2C,
            sentence: """
                The request asks to go on in HTTP/2 without TLS: one recipient answers 101 and \
                reads HTTP/2 from here on, another ignores the field and reads HTTP/1.
                """,
            reference: "RFC 9113 §3.1",
            rule: """
                The upgrade token h2c is obsolete. HTTP/2 without TLS begins with the preface PRI \
                * HTTP/2.0 where the client knows that the server speaks it.
                """,
            example: #"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"#,
            marked: #"Upgrade: h2c\r\n"#,
            elsewhere: """
                Of those tried lighttpd alone answers 101; nginx 1.22, Node.js, Go and, without \
                mod_http2, Apache httpd ignore the field. HAProxy passes it on, nginx and Squid \
                do not. A proxy that passes it on and then copies bytes sees none of the requests \
                that follow, and applies none of its rules to them (h2c smuggling).
                """,
            mend: "Do not send it; remove it in proxies, as for every hop-by-hop field."
        )
    }

    static var joinedRequestLine: CatalogueEntry {
        CatalogueEntry(
            .joinedRequestLine,
            sentence: """
                Bytes behind the end of the message before stand right in front of the method: a \
                recipient that takes them for its beginning reads another method.
                """,
            reference: "RFC 9112 §11.2",
            rule: """
                A message ends where its framing says, and the next begins with the byte behind \
                it. What a client sends beyond its Content-Length becomes a part of the next \
                request line by the letter.
                """,
            example: #"Content-Length: 3\r\n\r\nabcdefGET /b HTTP/1.1\r\nHost: a\r\n\r\n"#,
            marked: "GET",
            elsewhere: """
                Servers read the method defGET, and answer 400, 405 or 501. Where a proxy ends \
                the message in front of it elsewhere, somebody may have put the bytes in front of \
                the request of somebody else (request smuggling). This analyser shows a method \
                that is known, and the bytes as content behind the message.
                """,
            mend: "Count the content in bytes, not in characters, and send no more than that."
        )
    }
}
