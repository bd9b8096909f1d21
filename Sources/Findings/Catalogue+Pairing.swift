/// What the catalogue says of pairs that the bytes do not prove.
extension CatalogueEntry {
    static var uncertainPairing: CatalogueEntry {
        CatalogueEntry(
            .uncertainPairing,
            sentence: """
                The pairing is not sure, as messages may be missing from the capture: the response \
                may as well belong to another request.
                """,
            reference: "RFC 9112 §9.2",
            rule: """
                Nothing in a response says which request it answers: the order alone tells, and a \
                gap may hide a whole message of either side. The reading that takes the fewest to \
                be missing is shown. Where the client asks again after it had received all \
                answers, the order counts anew.
                """,
            example: "GET /1, GET /2, GET /3; 200, (48 bytes are missing), 403",
            marked: "403",
            elsewhere: """
                Wireshark pairs in the order of what it sees, and says nothing of this.
                """,
            mend: """
                Capture without loss: with a larger buffer or a filter. Contents, lengths and \
                times may tell what belongs together.
                """
        )
    }
}
