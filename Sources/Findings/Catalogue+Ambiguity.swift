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
            marked: "Transfer_Encoding",
            elsewhere: """
                Gateways that turn names into environment variables make one of Content_Length and \
                Content-Length; nginx ignores names with underscores by default. This analyser \
                goes by the exact names, and by what is left when white space is removed.
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
            marked: "Transfer-Encoding: identity",
            elsewhere: """
                A recipient that looks at one line sees another framing than one that joins them \
                (TE.TE smuggling). nginx answers 400 to a second line.
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
                Recipients that look for the word chunked anywhere in the value read chunks. \
                Strict servers answer 400 or 501.
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
            example: #"POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"#,
            marked: "Transfer-Encoding: chunked",
            elsewhere: """
                A proxy that speaks HTTP/1.0 passes the field on without understanding it. This \
                analyser reads the chunks.
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
                Number parsers that guess the base read 010 as 8. Some recipients refuse a chunk \
                size of more than 16 digits, others cut it.
                """,
            mend: "Send numbers without leading zeros."
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
                Recipients that look for CR LF take what follows the line feed for a part of the \
                extension, and the next line for data. This analyser ends the line at the line \
                feed, and not at a carriage return alone.
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
            example: #"5;a=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…\r\nhello\r\n"#,
            marked: "a=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…",
            elsewhere: """
                Go allows 16 KiB of extensions for all of a message, Node.js likewise; others read \
                any length, which lets a client keep them busy without sending content.
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
            example: #"0\r\nContent-Length: 5\r\n\r\n"#,
            marked: "Content-Length: 5",
            elsewhere: """
                A recipient that merges trailers lets the content's sender set fields which a \
                proxy in front of it has checked already, or frame the message anew.
                """,
            mend: "Send the field in the header section, or not at all."
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
            example: #"GET / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello"#,
            marked: "Content-Length: 5",
            elsewhere: """
                Most servers read it; some caches and gateways drop it or refuse the request. \
                Elasticsearch clients send content with GET on purpose.
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
            marked: "Content-Length: 5",
            elsewhere: """
                Most clients ignore the field. One that does not takes the beginning of the next \
                response for content.
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
            example: #"Connection: close\r\n\r\nGET /b HTTP/1.1\r\n"#,
            marked: "GET /b HTTP/1.1",
            elsewhere: """
                A proxy that drops the field before it passes requests on has the second one \
                answered; a server behind it that saw the field would not.
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
            marked: "Upgrade: h2c",
            elsewhere: """
                A proxy that passes the field on and then copies bytes sees none of the requests \
                that follow, and applies none of its rules to them (h2c smuggling).
                """,
            mend: "Do not send it; remove it in proxies, as for every hop-by-hop field."
        )
    }
}
