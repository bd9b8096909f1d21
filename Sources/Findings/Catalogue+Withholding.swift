/// What the catalogue says of content that was announced, or is due by the letter, and does not come.
extension CatalogueEntry {
    static var contentWithheld: CatalogueEntry {
        CatalogueEntry(
            .contentWithheld,
            sentence: """
                The client kept its content back, as the final response came first: one recipient \
                reads the next request here, another takes that for the content.
                """,
            reference: "RFC 9110 §10.1.1",
            rule: """
                A client that sends Expect: 100-continue waits for 100 before it sends content, \
                and may leave it out where the final response comes instead. A server that has \
                answered so must read the content or close the connection.
                """,
            example: #"Expect: 100-continue\r\nContent-Length: 5\r\n\r\nGET / HTTP/1.1\r\n"#,
            marked: "GET / HTTP/1.1",
            elsewhere: """
                A server that keeps the connection open and still waits for the content reads the \
                next request as a part of it (0.CL smuggling). curl closes the connection.
                """,
            mend: "Close the connection behind a final response that came instead of 100."
        )
    }

    static var answerInsteadOfContent: CatalogueEntry {
        CatalogueEntry(
            .answerInsteadOfContent,
            sentence: """
                The next response begins where the content of this one should, and is taken to end \
                it: the client had asked for more by then, or its request is not known and may \
                have been HEAD.
                """,
            reference: "RFC 9112 §6.3",
            rule: """
                A response that gives no length goes on until the connection closes, unless its \
                status, or HEAD as the request's method, says that it has no content. A server \
                that goes on with the next response must give a length, if only of 0.
                """,
            example: #"HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"#,
            marked: #"\r\nHTTP/1.1 200 OK"#,
            elsewhere: """
                Clients that go by the letter show the next response as the content of this one, \
                and wait for the next in vain. Small devices answer so (UPnP), and clients made \
                for them go on. Where the capture lacks the request, it may just have been HEAD.
                """,
            mend: "Send Content-Length: 0 with a response that has no content."
        )
    }
}
