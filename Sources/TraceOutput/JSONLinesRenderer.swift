internal import Bytes
internal import Findings
internal import HTTPWire
internal import Packets
package import Trace

/// Writes an exchange as one line of JSON (JSON Lines), keys in the order of the contract.
///
/// Beyond the contract's keys a line has `trailers` in a message with a trailer section, `interim`
/// where interim responses came, `absence` where a half is missing, and `occurrences` in a finding
/// that stands for several. What the capture cannot tell is left out.
package struct JSONLinesRenderer: Sendable {
    private var timestamps = TimestampText()
    private var client = EndpointMember()
    private var server = EndpointMember()

    package init() {}

    /// Appends `exchange` and a line feed.
    package mutating func render(_ exchange: Exchange, into buffer: inout OutputBuffer) {
        buffer.append("{\"stream\":")
        buffer.append(exchange.stream)
        buffer.append(",\"index\":")
        buffer.append(exchange.index)
        buffer.append(",\"client\":")
        client.append(exchange.client, to: &buffer)
        buffer.append(",\"server\":")
        server.append(exchange.server, to: &buffer)
        buffer.append(",\"request\":")
        if exchange.hasRequest {
            append(exchange.heldRequest, as: .request, to: &buffer)
        } else {
            buffer.append("null")
        }
        buffer.append(",\"response\":")
        if exchange.hasResponse {
            append(exchange.heldResponse, as: .response, to: &buffer)
        } else {
            buffer.append("null")
        }
        if !exchange.interim.isEmpty { append(interim: exchange.interim, to: &buffer) }
        if let absence = exchange.absence {
            buffer.append(",\"absence\":\"")
            buffer.append(absence.code)
            buffer.append("\"")
        }
        Self.append(exchange.timing, to: &buffer)
        Self.append(exchange.findings, of: nil, to: &buffer)
        buffer.append("}\n")
    }

    private mutating func append(
        interim responses: [Message],
        to buffer: inout OutputBuffer
    ) {
        buffer.append(",\"interim\":[")
        for index in responses.indices {
            if index > 0 { buffer.append(UInt8(ascii: ",")) }
            append(responses[index], as: .response, to: &buffer)
        }
        buffer.append("]")
    }

    private mutating func append(
        _ message: Message,
        as role: MessageRole,
        to buffer: inout OutputBuffer
    ) {
        let head = message.head.bytes.span
        switch role {
        case .request: Self.append(requestLine: message.head.startLine, in: head, to: &buffer)
        case .response: Self.append(statusLine: message.head.startLine, in: head, to: &buffer)
        }
        buffer.append(",\"version\":")
        Self.append(part: message.head.startLine.version, of: head, to: &buffer)
        buffer.append(",\"headers\":")
        Self.append(message.head.fieldLines, in: head, to: &buffer)
        if !message.head.trailerLines.isEmpty {
            buffer.append(",\"trailers\":")
            let trailer = message.head.trailerBytes.span
            Self.append(message.head.trailerLines, in: trailer, to: &buffer)
        }
        buffer.append(",\"bodyLength\":")
        buffer.append(message.contentLength)
        if message.isComplete {
            buffer.append(",\"complete\":true,\"firstFrame\":")
        } else {
            buffer.append(",\"complete\":false,\"firstFrame\":")
        }
        buffer.append(message.firstFrame)
        buffer.append(",\"lastFrame\":")
        buffer.append(message.lastFrame)
        buffer.append(",\"time\":\"")
        timestamps.append(message.time, to: &buffer)
        buffer.append("\"")
        Self.append(message.head.findings, of: message.head, to: &buffer)
        buffer.append("}")
    }

    private static func append(
        requestLine line: StartLine,
        in head: Span<UInt8>,
        to buffer: inout OutputBuffer
    ) {
        buffer.append("{\"method\":")
        append(part: line.method, of: head, to: &buffer)
        buffer.append(",\"target\":")
        append(part: line.target, of: head, to: &buffer)
    }

    private static func append(
        statusLine line: StartLine,
        in head: Span<UInt8>,
        to buffer: inout OutputBuffer
    ) {
        buffer.append("{\"status\":")
        guard let status = line.statusCode else {
            // Without a code there may still be a phrase, and an HTTP/0.9 answer has neither.
            buffer.append("null,\"reason\":")
            return append(part: line.reason, of: head, to: &buffer)
        }
        buffer.append(status)
        buffer.append(",\"reason\":")
        buffer.append(json: head.extracting(line.reason))
    }

    private static func append(
        part: Range<Int>,
        of head: Span<UInt8>,
        to buffer: inout OutputBuffer
    ) {
        if part.isEmpty {
            buffer.append("null")
        } else {
            buffer.append(json: head.extracting(part))
        }
    }

    private static func append(
        _ lines: [FieldLine],
        in section: Span<UInt8>,
        to buffer: inout OutputBuffer
    ) {
        buffer.append("[")
        for index in lines.indices {
            let line = lines[index]
            if index > 0 {
                buffer.append(",[\"")
            } else {
                buffer.append("[\"")
            }
            buffer.append(jsonCharacters: section.extracting(line.name))
            buffer.append("\",\"")
            if line.isFolded {
                append(folded: section.extracting(line.value), to: &buffer)
            } else {
                buffer.append(jsonCharacters: section.extracting(line.value))
            }
            buffer.append("\"]")
        }
        buffer.append("]")
    }

    /// Appends a folded value with one space for each fold and the white space around it
    /// (RFC 9112 §5.2).
    private static func append(folded value: Span<UInt8>, to buffer: inout OutputBuffer) {
        var start = 0
        while let lineFeed = value.firstIndex(of: .lineFeed, from: start) {
            var end = lineFeed
            if end > start, value[end - 1] == .carriageReturn { end -= 1 }
            while end > start, value[end - 1].isBlank { end -= 1 }
            buffer.append(jsonCharacters: value.extracting(start..<end))
            buffer.append(UInt8.space)
            start = lineFeed + 1
            while start < value.count, value[start].isBlank { start += 1 }
        }
        buffer.append(jsonCharacters: value.extracting(start..<value.count))
    }
}
