/// What the catalogue says of content that a client announced and kept back.
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
}
