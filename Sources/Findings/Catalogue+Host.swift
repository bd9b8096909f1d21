/// What the catalogue says of the host that a request is for.
extension CatalogueEntry {
    static var missingHost: CatalogueEntry {
        CatalogueEntry(
            .missingHost,
            sentence: "The HTTP/1.1 request has no Host field.",
            reference: "RFC 9112 §3.2",
            rule: """
                A client must send Host in every HTTP/1.1 request. A server must answer 400 where \
                it is missing.
                """,
            example: #"GET / HTTP/1.1\r\nAccept: */*\r\n\r\n"#,
            marked: #"GET / HTTP/1.1\r\n"#,
            elsewhere: """
                nginx, Apache httpd, Node.js (from 20 on), lighttpd and Go answer 400; HAProxy \
                and Python's http.server take the request.
                """,
            mend: "Send Host with the authority of the target, or an empty value where it has none."
        )
    }

    static var duplicateHost: CatalogueEntry {
        CatalogueEntry(
            .duplicateHost,
            sentence: """
                The request has more than one Host field: one recipient goes by the first, \
                another by the last.
                """,
            reference: "RFC 9112 §3.2",
            rule: "A server must answer 400 to a request with more than one Host field line.",
            example: #"Host: a\r\nHost: b\r\n"#,
            marked: #"Host: b\r\n"#,
            elsewhere: """
                nginx, Apache httpd, HAProxy, lighttpd and Go answer 400; Node.js and Python's \
                http.server take the request. Where a proxy takes the first and the server the \
                last, caches can be poisoned and access rules passed by.
                """,
            mend: "Send Host once."
        )
    }

    static var invalidHost: CatalogueEntry {
        CatalogueEntry(
            .invalidHost,
            sentence: """
                The value of Host is not a host with an optional port: one recipient takes a part \
                of it for the host, another refuses the request.
                """,
            reference: "RFC 9112 §3.2",
            rule: """
                Host is a name or an address, IPv6 in brackets, and a port behind a colon where it \
                is not the usual one. A server must answer 400 to another value.
                """,
            example: #"GET / HTTP/1.1\r\nHost: a@b/\r\n\r\n"#,
            marked: #"a@b/"#,
            elsewhere: """
                To a@b/ nginx, Apache httpd, lighttpd and Go answer 400; Node.js, HAProxy and \
                Python's http.server take it. A proxy that routes by what is in front of a \
                character and a server that goes by what is behind it answer for different sites, \
                and a cache keeps the answer.
                """,
            mend: "Send the host of the target's URI, and its port where it has one."
        )
    }

    static var hostDiffersFromTarget: CatalogueEntry {
        CatalogueEntry(
            .hostDiffersFromTarget,
            sentence: """
                Host names another server than the target does: one recipient goes by the target, \
                another by Host.
                """,
            reference: "RFC 9112 §3.2",
            rule: """
                Where the target holds a host, a client must send the same in Host. A server must \
                go by the target and ignore Host (RFC 9112 §3.2.2), and a proxy must replace it.
                """,
            example: #"GET http://a/ HTTP/1.1\r\nHost: b\r\n\r\n"#,
            marked: #"Host: b\r\n"#,
            elsewhere: """
                HAProxy and lighttpd answer 400; Go goes by the target, as the rule says; Node.js \
                and Python's http.server show both to their program, and the variable $http_host \
                of nginx is that of the field. A filter that looks at Host and a server that \
                looks at the target let a request reach a site that it should not.
                """,
            mend: "Send Host with the host and port of the target."
        )
    }
}
