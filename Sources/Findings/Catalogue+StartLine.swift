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
                nginx, Apache httpd, Node.js, HAProxy and Squid skip the line; Go and lighttpd \
                answer 400, Python's http.server closes without an answer. tshark 4.0 lists a \
                request behind one blank line, with a remark, and none behind five. Old browsers \
                sent one after a POST, which is why the rule asks servers to bear it.
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
                A tab, as here: HAProxy, Squid and Python's http.server take the request; nginx, \
                Apache httpd, Node.js, Go and lighttpd answer 400, and tshark 4.0 lists no \
                request where a tab follows the method. Two spaces before the target: nginx, \
                Node.js, HAProxy, Squid and Python's http.server take it. A space behind the \
                version: nginx and Python's http.server take the request, Squid takes the version \
                for a part of the target, the others answer 400.
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
                nginx and Apache httpd answer such a GET with bare content, and so does Python's \
                http.server once a blank line follows; HAProxy and Go answer 400, Node.js and \
                lighttpd wait for more. Squid passes it on as HTTP/1.1. tshark 4.0 lists no \
                request.
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
                HTTP/2, as here: nginx and lighttpd answer 505; Apache httpd, Node.js, HAProxy, \
                Squid and Go answer 400. HTTP/2.0: nginx, lighttpd, Squid and Go answer 505; \
                Apache httpd, Node.js and HAProxy take the request. A response with HTTP/2: curl \
                and nginx take it; Node.js, Go, Apache httpd and HAProxy refuse it. tshark 4.0 \
                lists both like any other.
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
                In a request with http/1.1: nginx, Apache httpd, Node.js, HAProxy, lighttpd and \
                Go answer 400, Squid takes it for a part of an HTTP/0.9 target, and tshark 4.0 \
                lists the request. In a response with it: curl and nginx take it; Node.js, Go, \
                Apache httpd and HAProxy refuse it, and tshark lists none.
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
                nginx, Apache httpd, Node.js, HAProxy, Squid and Go answer 400, lighttpd and \
                Python's http.server 501. tshark 4.0 lists no request. Bytes of a TLS handshake \
                sent to a plain HTTP port look like this too.
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
                A NUL byte: nginx, Apache httpd, Node.js, HAProxy, Squid, lighttpd and Go answer \
                400; tshark 4.0 shows the target up to it. A byte above 0x7F: Node.js and HAProxy \
                answer 400, nginx, Apache httpd, Squid, lighttpd and Go take it. A broken percent \
                escape: nginx, Apache httpd and Go answer 400, Node.js, HAProxy and Squid take \
                it. A space: Squid removes it, lighttpd takes it, the others answer 400.
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
                2OO, as here: curl, Node.js, Go and Python's http.client report an invalid \
                response. Of proxies, HAProxy and Squid answer 502, nginx passes the status line \
                on as it came, and Apache httpd sends it as the content of a 200 of its own. 600: \
                Squid alone refuses it. tshark 4.0 shows 2OO as status 2.
                """,
            mend: "Send a registered status code of three digits."
        )
    }
}
