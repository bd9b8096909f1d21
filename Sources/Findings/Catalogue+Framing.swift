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
            marked: "Content-Length: 7",
            elsewhere: """
                One recipient reads the first value, another the last: the difference is read as \
                the beginning of another message (request smuggling). Current servers answer 400.
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
                Number parsers of standard libraries accept a sign, white space or hexadecimal \
                digits that others refuse: such a request can be smuggled past one of them.
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
            reference: "RFC 9112 §6.3",
            rule: """
                Equal values, in several lines or in one list, are invalid as sent. A recipient \
                may refuse the message or replace them with the one value.
                """,
            example: #"Content-Length: 5\r\nContent-Length: 5\r\n"#,
            marked: #"5\r\nContent-Length: 5"#,
            elsewhere: "Many servers accept equal values and many answer 400.",
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
                A sender must not send Content-Length with Transfer-Encoding. Transfer-Encoding \
                overrides; a server may refuse the request, and must close the connection after \
                answering it (RFC 9112 §6.1).
                """,
            example: #"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n"#,
            marked: "Content-Length: 4",
            elsewhere: """
                The classic of request smuggling (CL.TE and TE.CL). This analyser takes the \
                chunks, as the rule says.
                """,
            mend: "Leave Content-Length out when the content is chunked."
        )
    }

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
            marked: "0x5",
            elsewhere: """
                A lenient number parser reads 0x5 as 5, a strict one as 0 or not at all; the chunk \
                then ends elsewhere, and the rest is read as another message.
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
            example: #"5;name=value\r\nhello\r\n"#,
            marked: ";name=value",
            elsewhere: """
                Hardly anything uses them, and some recipients parse them badly: a line feed \
                inside one is read as the end of the line by some and not by others.
                """,
            mend: "Send chunk sizes without extensions unless both ends agreed on one."
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
                Recipients that look for the word chunked anywhere in the value accept this, \
                others ignore the field (TE.TE smuggling). Strict servers answer 400 or 501.
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
                curl reports error 18 (transfer closed with data remaining); browsers show what \
                came or an error. Wireshark may list nothing before the message is whole.
                """,
            mend: """
                Look at who closed or reset the connection, and at the sender's computation of the \
                length: it counts bytes, not characters.
                """
        )
    }

    static var contentAfterMessage: CatalogueEntry {
        CatalogueEntry(
            .contentAfterMessage,
            sentence: "Bytes follow the end of the message that belong to no message.",
            reference: "RFC 9112 §6.3",
            rule: """
                A message ends where its framing says. What follows on the connection must be the \
                next message; a client may discard it and should not reuse the connection.
                """,
            example: #"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhello"#,
            marked: "llo",
            elsewhere: """
                Clients close the connection, drop the bytes, or take them for the next response \
                (response splitting).
                """,
            mend: "Make Content-Length count all bytes of the content."
        )
    }

    static var contentInBodylessResponse: CatalogueEntry {
        CatalogueEntry(
            .contentInBodylessResponse,
            sentence:
                "Content follows a response that cannot have any: an answer to HEAD, 204 or 304.",
            reference: "RFC 9110 §6.4.1",
            rule: """
                Responses to HEAD and responses 1xx, 204 and 304 end with the blank line of the \
                header section (RFC 9112 §6.3), whatever their fields say.
                """,
            example: #"HTTP/1.1 204 No Content\r\n\r\nhello"#,
            marked: "hello",
            elsewhere: """
                Recipients take the bytes for the beginning of the next response, or close the \
                connection.
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
                All recipients read it. Wireshark lists such a response at the FIN that ends it, \
                not at the segments that carried it.
                """,
            mend: "Send Content-Length, or chunks where the length is not known."
        )
    }
}
