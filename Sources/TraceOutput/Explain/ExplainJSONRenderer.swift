package import Findings

/// Writes the catalogue as JSON, one object a line, for programs.
package struct ExplainJSONRenderer: Sendable {
    package init() {}

    /// Appends all that is known about `code`, and a line feed.
    ///
    /// The `example` is written with escapes, as in the catalogue; `marked` is the part that the
    /// finding points at.
    package func render(_ code: FindingCode, into buffer: inout OutputBuffer) {
        let entry = code.entry
        let members: [(StaticString, String)] = [
            ("code", code.rawValue), ("severity", entry.severity.rawValue),
            ("group", code.group.rawValue), ("message", entry.sentence),
            ("reference", entry.reference), ("rule", entry.rule), ("example", entry.example),
            ("marked", entry.marked), ("elsewhere", entry.elsewhere), ("mend", entry.mend),
        ]
        for index in members.indices {
            buffer.append(index == 0 ? "{\"" : ",\"")
            buffer.append(members[index].0)
            buffer.append("\":")
            buffer.append(json: members[index].1.utf8.span)
        }
        buffer.append("}\n")
    }
}
