/// What the catalogue says of findings about the start line.
extension CatalogueEntry {
    static var blankLineBeforeStartLine: CatalogueEntry {
        CatalogueEntry(
            .blankLineBeforeStartLine,
            sentence: "A blank line precedes the start line.",
            reference: "RFC 9112 §2.2",
            rule: """
                A client must not send an empty line before or after a request. A server should \
                ignore at least one empty line that it receives before a request line.
                """,
            example: #"\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"#,
            marked: #"\r\n"#,
            elsewhere: """
                nginx, Apache httpd, Node.js and HAProxy skip the line; Go and lighttpd answer \
                400. Old browsers sent one after a POST, which is why the rule asks servers to \
                bear it.
                """,
            mend: """
                Send the request line as the first bytes of the message, and nothing after the \
                content of the message before it.
                """
        )
    }

    static var extraWhitespace: CatalogueEntry {
        CatalogueEntry(
            .extraWhitespace,
            sentence: "White space stands where the grammar allows none.",
            reference: "RFC 9112 §3",
            rule: """
                One space separates the parts of a start line, and nothing follows the version of \
                a request but CR LF. A recipient may split at any white space instead, but should \
                answer 400 to what it cannot match. Nor has a chunk size white space around it \
                (RFC 9112 §7.1).
                """,
            example: #"GET /index.txt\tHTTP/1.1\r\nHost: a\r\n\r\n"#,
            marked: #"\t"#,
            elsewhere: """
                A space behind the version: nginx takes the request, Apache httpd, Node.js, \
                HAProxy, Go and lighttpd answer 400. Two spaces before the target: nginx, Node.js \
                and HAProxy take it, the others answer 400. Where two recipients differ, each can \
                take another part of the line for the target.
                """,
            mend: """
                Send exactly one space between the parts and end the line with CR LF right after \
                the last part.
                """
        )
    }

    static var missingVersion: CatalogueEntry {
        CatalogueEntry(
            .missingVersion,
            sentence: "The request line has no version, as in HTTP/0.9.",
            reference: "RFC 9112 §3",
            rule: """
                A request line is method, target and version. A request without version is \
                HTTP/0.9, which no current standard describes: its answer is bare content, ended \
                by the close.
                """,
            example: #"GET /index.html\r\n"#,
            marked: "/index.html",
            elsewhere: """
                nginx, Apache httpd and Python's http.server answer such a GET with bare content; \
                HAProxy, lighttpd and Go answer 400.
                """,
            mend: "End the request line with a version, such as HTTP/1.1."
        )
    }

    static var unsupportedVersion: CatalogueEntry {
        CatalogueEntry(
            .unsupportedVersion,
            sentence: "The version is not HTTP/1.x, the only one for a start line of this form.",
            reference: "RFC 9112 §2.3",
            rule: """
                A start line of this form carries HTTP/1.0 or HTTP/1.1. HTTP/2 and HTTP/3 have \
                binary frames and no start line. A server may answer 505 to a major version that \
                it does not support (RFC 9110 §15.6.6).
                """,
            example: #"PATCH / HTTP/2\r\nHost: 127.0.0.1\r\n\r\n"#,
            marked: "HTTP/2",
            elsewhere: """
                nginx and lighttpd answer 505; Apache httpd, Node.js, HAProxy and Go answer 400 \
                to HTTP/2, and Go 505 to HTTP/2.0. tshark 4.0 lists such a request like any \
                other.
                """,
            mend: """
                Send HTTP/1.1, or speak HTTP/2 as RFC 9113 §3 says: negotiated by ALPN, or begun \
                with its connection preface.
                """
        )
    }

    static var invalidVersion: CatalogueEntry {
        CatalogueEntry(
            .invalidVersion,
            sentence: "The version is not of the form HTTP/digit.digit.",
            reference: "RFC 9112 §2.3",
            rule: """
                The version is the upper-case name HTTP, a slash, a digit, a dot and a digit; it \
                is case-sensitive.
                """,
            example: #"GET / http/1.1\r\nHost: a\r\n\r\n"#,
            marked: "http/1.1",
            elsewhere: """
                nginx, Apache httpd, Node.js, HAProxy, lighttpd and Go answer 400 to http/1.1. A \
                lenient recipient reads what it can, and may take another version from it than \
                the next one.
                """,
            mend: "Write the version as HTTP/1.1, in upper case."
        )
    }

    static var invalidMethod: CatalogueEntry {
        CatalogueEntry(
            .invalidMethod,
            sentence: "The method holds bytes that a method name may not have.",
            reference: "RFC 9110 §9.1",
            rule: """
                A method is a token: letters, digits and !#$%&'*+-.^_`|~ (RFC 9110 §5.6.2). It is \
                case-sensitive, and unknown ones are allowed.
                """,
            example: #"GE(T / HTTP/1.1\r\nHost: a\r\n\r\n"#,
            marked: "GE(T",
            elsewhere: """
                nginx, Apache httpd, Node.js, HAProxy and Go answer 400, lighttpd and Python's \
                http.server 501. Bytes of a TLS handshake sent to a plain HTTP port look like \
                this too.
                """,
            mend: """
                Send one of the registered methods. If the bytes are not HTTP at all, look for a \
                client that speaks TLS to a plain port.
                """
        )
    }

    static var invalidTarget: CatalogueEntry {
        CatalogueEntry(
            .invalidTarget,
            sentence: "The request target holds bytes or a form that a target may not have.",
            reference: "RFC 9112 §3.2",
            rule: """
                The target is a path with an optional query, an absolute URI, host and port \
                (CONNECT only) or an asterisk (OPTIONS only), all in the visible ASCII characters \
                that RFC 3986 allows. A server should answer 400 to others, or 301 with the \
                target as it should be.
                """,
            example: #"GET /a\x00b HTTP/1.1\r\nHost: a\r\n\r\n"#,
            marked: #"\x00"#,
            elsewhere: """
                A NUL byte: nginx, Apache httpd, Node.js, HAProxy, lighttpd and Go answer 400. A \
                byte above 0x7F: Node.js and HAProxy answer 400, nginx, Apache httpd, lighttpd \
                and Go take it. A broken percent escape: nginx, Apache httpd and Go answer 400, \
                Node.js and HAProxy take it.
                """,
            mend: "Percent-encode every byte that RFC 3986 does not allow, such as %20 for a space."
        )
    }

    static var invalidStatus: CatalogueEntry {
        CatalogueEntry(
            .invalidStatus,
            sentence: "The status code is not a number of three digits from 100 to 599.",
            reference: "RFC 9110 §15",
            rule: """
                A status code is three digits, of which the first tells the class, 1 to 5. A \
                client should treat any other code as a 5xx.
                """,
            example: #"HTTP/1.1 2OO OK\r\nContent-Length: 0\r\n\r\n"#,
            marked: "2OO",
            elsewhere: """
                curl and browsers report an invalid response or show the status as it came; \
                proxies tend to answer 502.
                """,
            mend: "Send a registered status code of three digits."
        )
    }
}
