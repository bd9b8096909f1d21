/// What the catalogue says of chunks and of the trailers behind them.
extension CatalogueEntry {
    static var invalidChunkSize: CatalogueEntry {
        CatalogueEntry(
            .invalidChunkSize,
            sentence: """
                A chunk size is not a hexadecimal number that can be used, or what follows a chunk \
                is not its line end: one recipient reads on with the number it makes of it, \
                another ends the content here.
                """,
            reference: "RFC 9112 §7.1",
            rule: """
                A chunk is a size in hexadecimal digits, CR LF, so many bytes and CR LF. A \
                recipient must guard against overflow of large sizes.
                """,
            example: #"Transfer-Encoding: chunked\r\n\r\n0x5\r\nhello\r\n"#,
            marked: #"0x5\r\n"#,
            elsewhere: """
                nginx, Apache httpd, Node.js and HAProxy answer 400 to 0x5 and to +5, Squid \
                resets the connection, and Go gives its program an error. In a response curl, \
                Node.js and Go report an error, but Python's http.client reads both as 5. Where \
                recipients differ the chunk ends elsewhere, and the rest is read as another \
                message.
                """,
            mend: "Send the size of each chunk in hexadecimal digits alone."
        )
    }

    static var chunkExtension: CatalogueEntry {
        CatalogueEntry(
            .chunkExtension,
            sentence: "A chunk size is followed by an extension, which recipients ignore.",
            reference: "RFC 9112 §7.1.1",
            rule: """
                Extensions may follow the size after a semicolon. A recipient must ignore those \
                that it does not know, and should limit their length.
                """,
            example: #"Transfer-Encoding: chunked\r\n\r\n5;name=value\r\nhello\r\n0\r\n\r\n"#,
            marked: #"5;name=value\r\n"#,
            elsewhere: """
                nginx, Apache httpd, Node.js, HAProxy, Squid and Go ignore it. Hardly anything \
                sends one. A line feed alone behind the semicolon ends the line for nginx 1.22, \
                HAProxy and Go; Apache httpd and Node.js answer 400, and Squid resets.
                """,
            mend: "Send chunk sizes without extensions unless both ends agreed on one."
        )
    }

    static var ambiguousChunkLine: CatalogueEntry {
        CatalogueEntry(
            .ambiguousChunkLine,
            sentence: """
                A line of the chunks does not end with CR LF, or holds a control byte: one \
                recipient ends the line there, another reads on, so that they see different chunks.
                """,
            reference: "RFC 9112 §7.1",
            rule: """
                Chunk sizes, with their extensions, chunk data and the lines of the trailer \
                section end with CR LF. The leave to take a line feed alone for a line end is \
                given for the start line and the header section only (RFC 9112 §2.2).
                """,
            example: #"5;a\nhello\r\n0\r\n\r\n"#,
            marked: #"\n"#,
            elsewhere: """
                A line feed alone behind an extension ends the line for nginx 1.22, HAProxy and \
                Go, and Apache httpd and Node.js answer 400. Behind the data of a chunk: nginx \
                and HAProxy take it, Apache httpd and Node.js answer 400, Go gives its program an \
                error. A carriage return inside an extension: Go takes it, nginx, Apache httpd, \
                Node.js and HAProxy answer 400. Squid resets the connection at each. This \
                analyser ends the line at the line feed, and not at a carriage return alone.
                """,
            mend: "End each line of the chunks with CR LF."
        )
    }

    static var chunkLineTooLarge: CatalogueEntry {
        CatalogueEntry(
            .chunkLineTooLarge,
            sentence: """
                The line of a chunk is longer than it is kept: one recipient reads it to its end, \
                another refuses the message.
                """,
            reference: "RFC 9112 §7.1.1",
            rule: """
                A recipient ought to limit the length of chunk extensions, and answer 4xx where it \
                is exceeded.
                """,
            example: #"Transfer-Encoding: chunked\r\n\r\n5;a=(10,000 bytes)\r\nhello\r\n0\r\n\r\n"#,
            marked: #"5;a=(10,000 bytes)\r\n"#,
            elsewhere: """
                An extension of 20,000 bytes: nginx takes it, Squid passes the request on, Apache \
                httpd and Node.js answer 413, HAProxy 400, and Go gives its program an error. \
                Reading any length lets a client keep a server busy without sending content.
                """,
            mend: "Send chunk sizes without extensions unless both ends agreed on one."
        )
    }

    static var forbiddenTrailerField: CatalogueEntry {
        CatalogueEntry(
            .forbiddenTrailerField,
            sentence: """
                The field may not stand in a trailer section: one recipient merges it into the \
                header section, another discards it.
                """,
            reference: "RFC 9110 §6.5.1",
            rule: """
                Fields that frame or route a message, authenticate it or say how its content is to \
                be read are of no use behind the content. A sender must not send them there, and a \
                recipient must not merge fields unless it knows that it may.
                """,
            example: #"Transfer-Encoding: chunked\r\n\r\n0\r\nContent-Length: 5\r\n\r\n"#,
            marked: #"Content-Length: 5\r\n"#,
            elsewhere: """
                Content-Length among the trailers: Node.js answers 400; HAProxy passes it on; \
                nginx and Squid drop it where they pass the request on. A recipient that merges \
                trailers lets the content's sender set fields which a proxy in front of it has \
                checked already, or frame the message anew.
                """,
            mend: "Send the field in the header section, or not at all."
        )
    }

    static var openTrailerSection: CatalogueEntry {
        CatalogueEntry(
            .openTrailerSection,
            sentence: """
                The next message begins where the blank line behind the last chunk should end \
                this one: one recipient takes its start line for a trailer field.
                """,
            reference: "RFC 9112 §7.1",
            rule: """
                The chunk of size 0 is followed by the trailer section, which is empty as a rule, \
                and then by an empty line. Without that line the message is not over.
                """,
            example: #"Transfer-Encoding: chunked\r\n\r\n0\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n"#,
            marked: #"0\r\n"#,
            elsewhere: """
                Wireshark reads the next head as trailers, and misses the message. Recipients \
                that go by the letter wait for the blank line, take the head for trailers up to \
                the one that ends it, or answer 400, as a start line is no field line.
                """,
            mend: "Send the line end behind the last chunk: 0, CR LF, CR LF."
        )
    }
}
