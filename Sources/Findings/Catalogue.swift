extension FindingCode {
    /// What the catalogue says of this code.
    public var entry: CatalogueEntry {
        CatalogueEntry(
            severity: .note, sentence: "", reference: "", rule: "", example: "", marked: "",
            elsewhere: "", mend: "")
    }
}
