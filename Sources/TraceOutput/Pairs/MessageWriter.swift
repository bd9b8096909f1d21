internal import Bytes
internal import Findings
internal import HTTPWire
internal import Trace

/// Writes the tree of one message: start line and fields as sent, each with the findings about the
/// line, then the content.
struct MessageWriter: Sendable {
    /// The most bytes of a part of a start line that are shown once more.
    private static let partLimit = 256

    private let style: Style
    private let findingWriter: FindingWriter
    private var content: ContentWriter

    init(_ options: OutputOptions, _ findingWriter: FindingWriter) {
        style = findingWriter.style
        self.findingWriter = findingWriter
        content = ContentWriter(options)
    }

    /// Appends start line, field lines, content and trailer section of `message`.
    mutating func append(_ message: Message, to buffer: inout OutputBuffer) {
        let head = message.head
        var findings = PlacedFindings(head.findings)
        buffer.append("Hypertext Transfer Protocol\n")
        let start = head.startLine.line
        if start.lowerBound > 0 {
            appendLine(0..<start.lowerBound, of: head, &findings, to: &buffer)
        }
        if start.isEmpty {
            style.write("    [no start line: HTTP/0.9]", .faint, to: &buffer)
            buffer.append("\n")
        } else {
            appendStartLine(of: head, &findings, to: &buffer)
        }
        for line in head.fieldLines {
            appendLine(line.line, of: head, &findings, to: &buffer)
        }
        let end = head.fieldLines.last?.line.upperBound ?? start.upperBound
        if end < head.bytes.count {
            appendLine(end..<head.bytes.count, of: head, &findings, to: &buffer)
        }
        if !head.isTerminated {
            // Nothing follows an open header section, so what is left is about its end.
            findingWriter.append(findings.take(before: .max), of: head, indent: 8, to: &buffer)
        }
        content.append(message, to: &buffer)
        let trailerStart = head.trailerLines.isEmpty ? .max : head.trailerOffset
        findingWriter.append(
            findings.take(before: trailerStart),
            of: head,
            indent: 8,
            showsPlace: true,
            to: &buffer
        )
        appendTrailer(of: head, &findings, to: &buffer)
        findingWriter.append(findings.takeAll(), of: head, indent: 8, showsPlace: true, to: &buffer)
        if !message.isComplete {
            style.write("    [Message incomplete]", .warning, to: &buffer)
            buffer.append("\n")
        }
    }

    private func appendTrailer(
        of head: MessageHead,
        _ findings: inout PlacedFindings,
        to buffer: inout OutputBuffer
    ) {
        guard !head.trailerLines.isEmpty else { return }
        buffer.append("    Trailer section\n")
        for line in head.trailerLines {
            appendLine(line.line, of: head, isTrailer: true, &findings, to: &buffer)
        }
    }

    /// Appends the line or lines of `range` of the head's bytes, or of the trailer's, and the
    /// findings about them.
    private func appendLine(
        _ range: Range<Int>,
        of head: MessageHead,
        isTrailer: Bool = false,
        _ findings: inout PlacedFindings,
        to buffer: inout OutputBuffer
    ) {
        let bytes = isTrailer ? head.trailerBytes.span : head.bytes.span
        let offset = isTrailer ? head.trailerOffset : 0
        let line = bytes.extracting(range)
        appendRows(line, indent: 4, to: &buffer)
        guard findings.hasAny(before: range.upperBound + offset) else { return }
        findingWriter.append(
            findings.take(before: range.upperBound + offset),
            under: line,
            at: range.lowerBound + offset,
            of: head,
            to: &buffer
        )
    }

    /// Appends each line of `text` with the line end in sight.
    private func appendRows(_ text: Span<UInt8>, indent: Int, to buffer: inout OutputBuffer) {
        var start = 0
        while start < text.count {
            let end = text.firstIndex(of: .lineFeed, from: start).map { $0 + 1 } ?? text.count
            buffer.append(.space, times: indent)
            buffer.append(escaped: text.extracting(start..<end))
            buffer.append("\n")
            start = end
        }
    }

    private func appendStartLine(
        of head: MessageHead,
        _ findings: inout PlacedFindings,
        to buffer: inout OutputBuffer
    ) {
        let start = head.startLine
        let isRequest = start.status.isEmpty && !start.method.isEmpty
        let shown = isRequest ? start.method : start.status
        let tone = isRequest ? Tone.method : Tone(status: start.statusCode)
        let bytes = head.bytes.span
        buffer.append("    ")
        if shown.isEmpty {
            buffer.append(escaped: bytes.extracting(start.line))
        } else {
            buffer.append(escaped: bytes.extracting(start.line.lowerBound..<shown.lowerBound))
            style.begin(tone, in: &buffer)
            buffer.append(escaped: bytes.extracting(shown))
            style.end(tone, in: &buffer)
            buffer.append(escaped: bytes.extracting(shown.upperBound..<start.line.upperBound))
        }
        buffer.append("\n")
        findingWriter.append(
            findings.take(before: start.line.upperBound),
            under: bytes.extracting(start.line),
            at: start.line.lowerBound,
            of: head,
            to: &buffer
        )
        if isRequest {
            appendPart("Request Method", start.method, of: bytes, to: &buffer)
            appendPart("Request URI", start.target, of: bytes, to: &buffer)
            appendPart("Request Version", start.version, of: bytes, to: &buffer)
        } else {
            appendPart("Response Version", start.version, of: bytes, to: &buffer)
            appendPart("Status Code", start.status, of: bytes, to: &buffer)
            appendPart("Response Phrase", start.reason, of: bytes, to: &buffer)
        }
    }

    private func appendPart(
        _ name: StaticString,
        _ part: Range<Int>,
        of bytes: Span<UInt8>,
        to buffer: inout OutputBuffer
    ) {
        guard !part.isEmpty else { return }
        buffer.append("        ")
        buffer.append(name)
        buffer.append(": ")
        let text = bytes.extracting(part)
        // All of it stands in the line above.
        let end = part.count > Self.partLimit ? text.endOfCharacter(atMost: 64) : part.count
        buffer.append(escaped: text.extracting(0..<end))
        if end < part.count {
            buffer.append("… (")
            buffer.append(grouped: part.count)
            buffer.append(" bytes)")
        }
        buffer.append("\n")
    }
}
