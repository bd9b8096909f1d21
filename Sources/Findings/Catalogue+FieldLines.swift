/// What the catalogue says of findings about field lines and the header section.
extension CatalogueEntry {
    static var bareLineFeed: CatalogueEntry {
        CatalogueEntry(
            .bareLineFeed,
            sentence: "The line ends with a line feed and no carriage return before it.",
            reference: "RFC 9112 §2.2",
            rule: """
                Lines end with CR LF. A recipient may take a line feed alone for a line end, and \
                ignore a carriage return before it.
                """,
            example: #"Connection: Keep-Alive\nAccept: */*\r\n"#,
            marked: #"\n"#,
            elsewhere: """
                nginx, HAProxy, Squid, Go and Python's http.server accept it, Wireshark shows it \
                without remark; Apache httpd, Node.js and lighttpd answer 400. In a response \
                curl, Go, Python's http.client and the proxies accept it, and Node.js does not. \
                Where one of two recipients in a row accepts it, a request can be smuggled.
                """,
            mend: """
                End every line with CR LF, also where the programming language's newline is a line \
                feed.
                """
        )
    }

    static var mixedLineEndings: CatalogueEntry {
        CatalogueEntry(
            .mixedLineEndings,
            sentence: "Some lines of the message end with CR LF, others with LF alone.",
            reference: "RFC 9112 §2.2",
            rule: """
                Every line ends with CR LF. A message with both kinds of line end was made by two \
                pieces of code that disagree.
                """,
            example: #"GET / HTTP/1.1\r\nHost: a \n\n"#,
            marked: #"Host: a \n"#,
            elsewhere: """
                nginx, HAProxy, Squid, Go and Python's http.server see the end of the header \
                section at the blank line here, as Wireshark does; Apache httpd, Node.js and \
                lighttpd answer 400.
                """,
            mend: "End every line, the blank one included, with CR LF."
        )
    }

    static var bareCarriageReturn: CatalogueEntry {
        CatalogueEntry(
            .bareCarriageReturn,
            sentence: """
                A carriage return stands where no line feed follows it: one recipient ends the \
                line there, another takes it for white space or refuses the message.
                """,
            reference: "RFC 9112 §2.2",
            rule: """
                A sender must not send a carriage return that no line feed follows, content aside. \
                A recipient must treat it as invalid or replace it with a space.
                """,
            example: #"X-Note: one\rtwo\r\n"#,
            marked: #"\r"#,
            elsewhere: """
                nginx, Apache httpd, Node.js, HAProxy, lighttpd and Go answer 400; Squid puts a \
                space in its place. Python's http.server and http.client take it for a line end \
                and see another field line, which allows smuggling and response splitting. In a \
                response curl and Go take it; nginx, HAProxy and Squid answer 502, Apache httpd \
                500.
                """,
            mend: "Remove control bytes from what is put into a field value."
        )
    }

    static var whitespaceBeforeColon: CatalogueEntry {
        CatalogueEntry(
            .whitespaceBeforeColon,
            sentence: """
                White space stands between the field name and the colon: one recipient reads the \
                field without it, another ignores the line or refuses the message.
                """,
            reference: "RFC 9112 §5.1",
            rule: """
                No white space is allowed between name and colon. A server must answer 400 to such \
                a request; a proxy must remove the white space from a response.
                """,
            example: #"Content-Length : 5\r\n"#,
            marked: " ",
            elsewhere: """
                nginx (from 1.21.1 on), Apache httpd, Node.js, HAProxy, Squid, lighttpd and Go \
                answer 400; Python's http.server ends the header section at this line, and does \
                not see this field or those behind it. In a response curl and Squid take the \
                field; nginx, Apache httpd and HAProxy answer 502. Wireshark remarks on the name. \
                A proxy that ignores a length that the server behind it reads lets a request be \
                smuggled.
                """,
            mend: "Write the colon right after the name."
        )
    }

    static var obsoleteLineFolding: CatalogueEntry {
        CatalogueEntry(
            .obsoleteLineFolding,
            sentence: """
                The value goes on in a further line that begins with white space: one recipient \
                joins the lines, another takes the second for a field of its own.
                """,
            reference: "RFC 9112 §5.2",
            rule: """
                A sender must not fold lines, except in message/http content. A server must \
                answer 400 or replace each fold with spaces; a proxy that gets one in a response \
                must answer 502 or replace it.
                """,
            example: #"X-Note: one\r\n two\r\n"#,
            marked: #" two\r\n"#,
            elsewhere: """
                Apache httpd, HAProxy, Squid, lighttpd, Go and Python's http.server join the \
                lines; nginx and Node.js answer 400. In a response HAProxy, curl and Go join \
                them; nginx, Apache httpd and Squid answer 502.
                """,
            mend: "Put the whole value on one line."
        )
    }

    static var missingColon: CatalogueEntry {
        CatalogueEntry(
            .missingColon,
            sentence: "A line of the header section has no colon, so it has no field name.",
            reference: "RFC 9112 §5",
            rule: "A field line is a name, a colon and a value.",
            example: #"Host: a\r\nKeep-Alive\r\n\r\n"#,
            marked: #"Keep-Alive\r\n"#,
            elsewhere: """
                nginx skips the line; Apache httpd, Node.js, HAProxy, Squid, lighttpd and Go \
                answer 400. Python's http.server ends the header section there and does not see \
                the fields that follow. In a response nginx skips it too; Apache httpd, HAProxy \
                and Squid answer 502, and curl gives up with error 8.
                """,
            mend: """
                Write the line as name, colon, value, or remove it. A missing blank line before \
                the content shows like this too.
                """
        )
    }

    static var invalidFieldName: CatalogueEntry {
        CatalogueEntry(
            .invalidFieldName,
            sentence: "The field name holds bytes that a name may not have.",
            reference: "RFC 9110 §5.1",
            rule: """
                A field name is a token of at least one character: letters, digits and \
                !#$%&'*+-.^_`|~ (RFC 9110 §5.6.2).
                """,
            example: #"X Note: one\r\n"#,
            marked: "X Note",
            elsewhere: """
                A space in the name: nginx (from 1.21.1 on), Apache httpd, Node.js, HAProxy, \
                Squid, lighttpd and Go answer 400; Python's http.server ends the header section \
                there. Other characters, such as a parenthesis: nginx ignores the line unless \
                ignore_invalid_headers is off, Python's http.server takes it, the others answer \
                400. Wireshark remarks on both.
                """,
            mend: "Use letters, digits and hyphens in names."
        )
    }

    static var invalidFieldValue: CatalogueEntry {
        CatalogueEntry(
            .invalidFieldValue,
            sentence: """
                The line holds control bytes: one recipient keeps them, another ends the value \
                there, drops them or refuses the message.
                """,
            reference: "RFC 9110 §5.5",
            rule: """
                A value must not have CR, LF or NUL; a recipient must refuse the message or \
                replace them with spaces. Other control bytes are invalid too, and may be kept.
                """,
            example: #"X-Note: a\x00b\r\n"#,
            marked: #"\x00"#,
            elsewhere: """
                A NUL byte: nginx, Apache httpd, Node.js, Squid, lighttpd and Go answer 400; \
                HAProxy 2.6 and Python's http.server take it. Other control bytes: nginx, \
                HAProxy, Squid and Python's http.server take them, Apache httpd, Node.js, \
                lighttpd and Go answer 400. They can steer the terminal of whoever reads the log.
                """,
            mend: "Remove control bytes from what is put into a field value."
        )
    }

    static var missingRequiredField: CatalogueEntry {
        CatalogueEntry(
            .missingRequiredField,
            sentence: "The status code asks for a field that the response does not have.",
            reference: "RFC 9110 §15",
            rule: """
                With 401 a server must send WWW-Authenticate (RFC 9110 §15.5.2), with 405 Allow \
                (§15.5.6), with 407 Proxy-Authenticate (§15.5.8), with 426 Upgrade (§15.5.22), and \
                with a 206 of one part Content-Range (§15.3.7).
                """,
            example: #"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n"#,
            marked: "401",
            elsewhere: """
                curl and Python's urllib take the response. But curl --anyauth finds no scheme to \
                answer a 401 with, and curl -C cannot resume from a 206 that does not say which \
                part it is (error 33). Wireshark shows it without remark.
                """,
            mend: "Send the field, or answer with another status code."
        )
    }

    static var unterminatedHeaderSection: CatalogueEntry {
        CatalogueEntry(
            .unterminatedHeaderSection,
            sentence: "The header section stops without the blank line that ends it.",
            reference: "RFC 9112 §2.1",
            rule: """
                A message is a start line, field lines and an empty line, then the content if \
                there is any. Without the empty line the header section is not over.
                """,
            example: #"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Keep-Alive\r\n"#,
            marked: #"Keep-Alive\r\n"#,
            elsewhere: """
                Wireshark waits for the blank line and lists no request: the frames show as \
                segments of a reassembled PDU, and the response stands alone. nginx, Apache \
                httpd, Node.js, HAProxy, Squid, lighttpd and Go wait for the rest until their \
                header time-out; the report's server answers. Of such a response that ends with \
                the connection curl and Squid take what came; Node.js, Go, nginx, Apache httpd \
                and HAProxy refuse it.
                """,
            mend: """
                End the header section with an empty line: CR LF CR LF after the last field value.
                """
        )
    }

    static var headerSectionTooLarge: CatalogueEntry {
        CatalogueEntry(
            .headerSectionTooLarge,
            sentence: "The header section is longer than the limit up to which it is kept.",
            reference: "RFC 9110 §5.4",
            rule: """
                HTTP sets no limit. A server that gets more than it wants to process must answer \
                with a 4xx code: 414 for the target, 431 for the fields (RFC 6585 §5).
                """,
            example: #"Cookie: a=…(300,000 bytes)…\r\n"#,
            marked: "…(300,000 bytes)…",
            elsewhere: """
                nginx allows four buffers of 8 KiB by default and answers 400, or 414 to a \
                target; Apache httpd allows 8190 bytes a line and 100 fields and answers 400 or \
                414; HAProxy allows 16 KiB and answers 400; Node.js allows 16 KiB, lighttpd 8 KiB \
                and Squid 64 KiB, and they answer 431; Go allows 1 MiB and answers 431.
                """,
            mend: "Send fewer or shorter fields; cookies that pile up are the usual cause."
        )
    }

    static var bytesNotUTF8: CatalogueEntry {
        CatalogueEntry(
            .bytesNotUTF8,
            sentence: """
                The line holds bytes that are not UTF-8; each is shown as the character of the same \
                number.
                """,
            reference: "RFC 9110 §5.5",
            rule: """
                Values should be ASCII. A recipient should treat other bytes as opaque data: HTTP \
                gives them no character set.
                """,
            example: #"X-Name: Andr\xe9\r\n"#,
            marked: #"\xe9"#,
            elsewhere: """
                nginx, Apache httpd, HAProxy, Squid and Go pass such bytes on as they are; \
                Node.js and Python read them as ISO 8859-1.
                """,
            mend: """
                Send ASCII; where other characters are needed, encode them as the field's definition \
                says (RFC 8187 for parameters), or as percent escapes in a target.
                """
        )
    }
}
