internal import Bytes
internal import HTTPWire

/// Writes start line, header fields and trailer fields of a message.
enum HeadMembers {
    /// Appends the beginning of a message up to the trailer fields.
    @inline(__always)
    static func append(
        _ head: borrowing MessageHead,
        as role: MessageRole,
        to buffer: inout OutputBuffer
    ) {
        let bytes = head.bytes.span
        // One look at the whole head spares one at each of its parts.
        let isVerbatim =
            head.isPlain && bytes.firstIndex(of: UInt8(ascii: "\"")) == nil
            && bytes.firstIndex(of: UInt8(ascii: "\\")) == nil
        switch role {
        case .request: append(requestLine: head.startLine, in: bytes, isVerbatim, to: &buffer)
        case .response: append(statusLine: head.startLine, in: bytes, isVerbatim, to: &buffer)
        }
        buffer.append(",\"version\":")
        append(part: head.startLine.version, of: bytes, isVerbatim, to: &buffer)
        buffer.append(",\"headers\":")
        append(head.fieldLines, in: bytes, isVerbatim, to: &buffer)
        if !head.trailerLines.isEmpty {
            buffer.append(",\"trailers\":")
            append(head.trailerLines, in: head.trailerBytes.span, false, to: &buffer)
        }
    }

    private static func append(
        requestLine line: StartLine,
        in head: Span<UInt8>,
        _ isVerbatim: Bool,
        to buffer: inout OutputBuffer
    ) {
        buffer.append("{\"method\":")
        append(part: line.method, of: head, isVerbatim, to: &buffer)
        buffer.append(",\"target\":")
        append(part: line.target, of: head, isVerbatim, to: &buffer)
    }

    private static func append(
        statusLine line: StartLine,
        in head: Span<UInt8>,
        _ isVerbatim: Bool,
        to buffer: inout OutputBuffer
    ) {
        buffer.append("{\"status\":")
        guard let status = line.statusCode else {
            // Without a code there may still be a phrase, and an HTTP/0.9 answer has neither.
            buffer.append("null,\"reason\":")
            return append(part: line.reason, of: head, isVerbatim, to: &buffer)
        }
        buffer.append(status)
        buffer.append(",\"reason\":")
        buffer.append(json: line.reason, of: head, isVerbatim: isVerbatim)
    }

    private static func append(
        part: Range<Int>,
        of head: Span<UInt8>,
        _ isVerbatim: Bool,
        to buffer: inout OutputBuffer
    ) {
        if part.isEmpty {
            buffer.append("null")
        } else {
            buffer.append(json: part, of: head, isVerbatim: isVerbatim)
        }
    }

    private static func append(
        _ lines: [FieldLine],
        in section: Span<UInt8>,
        _ isVerbatim: Bool,
        to buffer: inout OutputBuffer
    ) {
        buffer.append("[")
        for index in lines.indices {
            if index > 0 {
                buffer.append(",[\"")
            } else {
                buffer.append("[\"")
            }
            let name = lines[index].name
            buffer.append(jsonCharacters: name, of: section, isVerbatim: isVerbatim)
            buffer.append("\",\"")
            if lines[index].isFolded {
                append(folded: section.extracting(lines[index].value), to: &buffer)
            } else {
                let value = lines[index].value
                buffer.append(jsonCharacters: value, of: section, isVerbatim: isVerbatim)
            }
            buffer.append("\"]")
        }
        buffer.append("]")
    }

    /// Appends a folded value with one space for each fold and the white space around
    /// (RFC 9112 §5.2).
    private static func append(folded value: Span<UInt8>, to buffer: inout OutputBuffer) {
        var start = 0
        while let lineFeed = value.firstIndex(of: .lineFeed, from: start) {
            var end = lineFeed
            if end > start, value[end - 1] == .carriageReturn { end -= 1 }
            while end > start, value[end - 1].isBlank { end -= 1 }
            buffer.append(jsonCharacters: start..<end, of: value)
            buffer.append(UInt8.space)
            start = lineFeed + 1
            while start < value.count, value[start].isBlank { start += 1 }
        }
        buffer.append(jsonCharacters: start..<value.count, of: value)
    }
}
