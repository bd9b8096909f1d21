internal import Bytes
internal import Findings
internal import HTTPWire

/// Writes findings: a label, a sentence, and a mark under the bytes where a line shows these.
struct FindingWriter: Sendable {
    let style: Style
    /// Columns that a sentence may take with indentation.
    let width: Int

    /// Appends findings about `line`, which begins at `offset` in the message, each with a mark
    /// below the line where one fits; those that were told above have the mark only.
    func append(
        _ findings: ArraySlice<PlacedFinding>,
        under line: Span<UInt8>,
        at offset: Int,
        of head: MessageHead,
        to buffer: inout OutputBuffer
    ) {
        var marked: Range<Int>?
        for placed in findings {
            let finding = placed.finding
            // Findings about the same bytes share a mark.
            if finding.bytes != marked, let mark = mark(finding, under: line, at: offset) {
                let tone = Tone(finding.code.severity)
                buffer.append(.space, times: 4 + mark.column)
                style.begin(tone, in: &buffer)
                buffer.append(UInt8(ascii: "^"), times: mark.length)
                style.end(tone, in: &buffer)
                buffer.append("\n")
            }
            marked = finding.bytes
            guard !placed.isTold else { continue }
            append(
                finding,
                of: head,
                isLineShown: true,
                more: placed.more,
                indent: 8,
                to: &buffer
            )
        }
    }

    /// Appends findings that no shown line holds.
    func append(
        _ findings: ArraySlice<PlacedFinding>,
        of head: MessageHead,
        indent: Int,
        showsPlace: Bool = false,
        to buffer: inout OutputBuffer
    ) {
        for placed in findings where !placed.isTold {
            append(
                placed.finding,
                of: head,
                more: placed.more,
                indent: indent,
                showsPlace: showsPlace,
                to: &buffer
            )
        }
    }

    /// Appends a finding: severity, code and reference, and below these the sentence with the bytes
    /// concerned.
    ///
    /// So many `more` lines have the same. `showsPlace` adds the offset in the message, for
    /// content, where no mark can be set.
    func append(
        _ finding: Finding,
        of head: MessageHead? = nil,
        isLineShown: Bool = false,
        more: Int = 0,
        indent: Int,
        showsPlace: Bool = false,
        to buffer: inout OutputBuffer
    ) {
        buffer.append(.space, times: indent)
        appendLabel(of: finding, to: &buffer)
        if more > 0 {
            buffer.append(", and ")
            buffer.append(grouped: more)
            buffer.append(" more like it")
        }
        if showsPlace, let bytes = finding.bytes, !bytes.isEmpty {
            buffer.append(", at byte ")
            buffer.append(bytes.lowerBound)
        }
        if let origin = finding.origin {
            buffer.append(",")
            buffer.append(string: origin)
        }
        buffer.append("\n")
        let quote = finding.quote(in: head, isLineShown: isLineShown)
        let sentence = finding.code.entry.sentence
        buffer.append(
            wrapping: quote == nil ? sentence : sentence.dropLast() + ":",
            quote: quote,
            indent: indent + 2,
            width: width
        )
    }

    private func appendLabel(of finding: Finding, to buffer: inout OutputBuffer) {
        let entry = finding.code.entry
        let tone = Tone(entry.severity)
        style.begin(tone, in: &buffer)
        buffer.append(string: entry.severity.rawValue)
        buffer.append(" ")
        buffer.append(string: finding.code.rawValue)
        style.end(tone, in: &buffer)
        buffer.append(" (")
        buffer.append(string: entry.reference)
        buffer.append(")")
        if finding.occurrences > 1 {
            buffer.append(", ")
            buffer.append(grouped: finding.occurrences)
            buffer.append(" times")
        }
    }

    /// Where to mark `finding` below `line`, in columns, or `nil` where a mark would say nothing or
    /// not fit.
    private func mark(
        _ finding: Finding,
        under line: Span<UInt8>,
        at offset: Int
    ) -> (column: Int, length: Int)? {
        guard let bytes = finding.bytes, !bytes.isEmpty else { return nil }
        let start = bytes.lowerBound - offset
        let end = min(bytes.upperBound - offset, line.count)
        // A folded line stands on several rows, and marking the whole of a line marks nothing.
        guard start >= 0, start < end, end - start < line.count,
            line.firstIndex(of: .lineFeed).map({ $0 == line.count - 1 }) ?? true
        else { return nil }
        let column = line.extracting(0..<start).escapedWidth
        let length = line.extracting(start..<end).escapedWidth
        return 4 + column + length <= width ? (column, length) : nil
    }
}
