package import Findings

/// Writes the catalogue: one line a code, or all about one code.
package struct ExplainRenderer: Sendable {
    private let style: Style
    private let width: Int

    package init(options: OutputOptions = OutputOptions()) {
        style = Style(usesColor: options.usesColor)
        width = min(max(options.width, 40), 100)
    }

    /// Appends all codes by group, each with severity and sentence.
    package func renderAll(into buffer: inout OutputBuffer) {
        render(listOf: FindingCode.allCases, into: &buffer)
        buffer.append("\nhttptrace explain CODE says more about one.\n\n")
        let tried = "What other programs do was tried with \(CatalogueEntry.tried)."
        buffer.append(wrapping: tried, indent: 0, width: width)
    }

    /// Appends `codes` by group, each with severity and sentence.
    package func render(listOf codes: [FindingCode], into buffer: inout OutputBuffer) {
        let groups = FindingGroup.allCases
            .map { (name: $0.rawValue, codes: $0.codes.filter(codes.contains)) }
            .filter { !$0.codes.isEmpty }
        for (index, group) in groups.enumerated() {
            if index > 0 { buffer.append("\n") }
            style.write(string: group.name, .heading, to: &buffer)
            buffer.append("\n")
            for code in group.codes { appendLine(about: code, to: &buffer) }
        }
    }

    private func appendLine(about code: FindingCode, to buffer: inout OutputBuffer) {
        buffer.append("  ")
        appendSeverity(of: code, to: &buffer)
        buffer.append(string: code.rawValue)
        buffer.append("\n")
        buffer.append(wrapping: code.entry.sentence, indent: 10, width: width)
    }

    /// Appends all that is known about `code`.
    package func render(_ code: FindingCode, into buffer: inout OutputBuffer) {
        let entry = code.entry
        let tone = Tone(entry.severity)
        style.write(string: code.rawValue, .heading, to: &buffer)
        buffer.append("  ")
        style.write(string: entry.severity.rawValue, tone, to: &buffer)
        buffer.append("  ")
        buffer.append(string: entry.reference)
        buffer.append("\n\n")
        buffer.append(wrapping: entry.sentence, indent: 2, width: width)
        append("Rule", entry.rule, to: &buffer)
        appendExample(of: entry, tone, to: &buffer)
        append("Elsewhere", entry.elsewhere, to: &buffer)
        append("Mend", entry.mend, to: &buffer)
    }

    private func append(_ title: StaticString, _ text: String, to buffer: inout OutputBuffer) {
        buffer.append("\n")
        style.write(title, .heading, to: &buffer)
        buffer.append("\n")
        buffer.append(wrapping: text, indent: 2, width: width)
    }

    private func appendSeverity(of code: FindingCode, to buffer: inout OutputBuffer) {
        let severity = code.severity
        style.write(string: severity.rawValue, Tone(severity), to: &buffer)
        buffer.append(0x20, times: 8 - severity.rawValue.utf8.count)
    }

    /// Appends the example, a row for each line on the wire, with the marked part underlined.
    private func appendExample(
        of entry: CatalogueEntry,
        _ tone: Tone,
        to buffer: inout OutputBuffer
    ) {
        buffer.append("\n")
        style.write("Example", .heading, to: &buffer)
        buffer.append("\n")
        let example = Array(entry.example.unicodeScalars)
        let marked = example.firstRange(of: Array(entry.marked.unicodeScalars)) ?? 0..<0
        for row in Self.rows(of: example) {
            buffer.append("  ")
            for scalar in example[row] { buffer.append(string: String(scalar)) }
            buffer.append("\n")
            let underlined = marked.clamped(to: row)
            guard !underlined.isEmpty else { continue }
            buffer.append(0x20, times: 2 + underlined.lowerBound - row.lowerBound)
            style.begin(tone, in: &buffer)
            buffer.append(UInt8(ascii: "^"), times: underlined.count)
            style.end(tone, in: &buffer)
            buffer.append("\n")
        }
    }

    /// The parts of `example` up to and including each `\n` that is written as an escape.
    private static func rows(of example: [Unicode.Scalar]) -> [Range<Int>] {
        var rows: [Range<Int>] = []
        var start = 0
        for index in example.indices.dropFirst()
        where example[index] == "n" && example[index - 1] == "\\" {
            rows.append(start..<index + 1)
            start = index + 1
        }
        if start < example.count { rows.append(start..<example.count) }
        return rows
    }
}
