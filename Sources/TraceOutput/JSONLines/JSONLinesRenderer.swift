internal import Bytes
internal import Content
internal import Findings
internal import HTTPWire
internal import Packets
package import Trace

/// Writes an exchange as one line of JSON (JSON Lines), keys in the order of the contract.
///
/// Beyond the contract's keys a line has `trailers` in a message with a trailer section, `interim`
/// where interim responses came, `absence` where a half is missing, `proxy` where a proxy has told of
/// the client, `switched` where the connection goes on in another protocol, `tcp` where bytes were sent again or a receive window was 0, and
/// `occurrences` in a finding that stands for several. A message has `wireLength`, its bytes in the
/// TCP stream. What the capture cannot tell is left out; content is there only where it was asked
/// for.
package struct JSONLinesRenderer: Sendable {
    private var timestamps = TimestampText()
    private var client = EndpointMember()
    private var server = EndpointMember()
    var mediaTypes = MediaTypeMemory()

    private let bodies: BodyDisplay?
    let decoder: ContentDecoder

    package init(options: OutputOptions = OutputOptions()) {
        bodies = options.bodies
        var limits = DecodingLimits(length: options.decodedLimit)
        // Who wants all of it says so: a line is to stay one that tools can read.
        if options.decodedLimit == nil, options.bodies == .text { limits.length = 1 << 20 }
        decoder = ContentDecoder(limits: limits)
    }

    /// Appends `exchange` and a line feed.
    package mutating func render(_ exchange: Exchange, into buffer: inout OutputBuffer) {
        buffer.append("{\"stream\":")
        appendMembers(of: exchange, to: &buffer)
        buffer.append("}\n")
    }

    /// Appends an exchange that is in flight as a line of `"type":"pending"`.
    ///
    /// It has what is known, and how long the request has waited, in seconds. The exchange's own line
    /// comes when it is over.
    package mutating func render(
        pending exchange: Exchange,
        waited nanoseconds: Int64,
        into buffer: inout OutputBuffer
    ) {
        buffer.append("{\"type\":\"pending\",\"waited\":")
        buffer.append(seconds: nanoseconds)
        buffer.append(",\"stream\":")
        appendMembers(of: exchange, to: &buffer)
        buffer.append("}\n")
    }

    /// Appends what stands in a line from the number of the stream on.
    @inline(__always)
    private mutating func appendMembers(of exchange: Exchange, to buffer: inout OutputBuffer) {
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
            buffer.append(string: absence.rawValue)
            buffer.append("\"")
        }
        if !exchange.ends.isEmpty { Self.append(exchange.ends, to: &buffer) }
        if let header = exchange.proxyHeaders.first { Self.append(header, to: &buffer) }
        if let traffic = exchange.switchedTraffic.first { Self.append(traffic, to: &buffer) }
        Self.append(exchange.timing, exchange.transport, to: &buffer)
        Self.append(exchange.transport, to: &buffer)
        Self.append(exchange.findings, of: nil, to: &buffer)
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
        Self.append(message.head, as: role, to: &buffer)
        buffer.append(",\"bodyLength\":")
        buffer.append(message.contentLength)
        if message.wireLength > 0 {
            buffer.append(",\"wireLength\":")
            buffer.append(message.wireLength)
        }
        if message.isComplete {
            buffer.append(",\"complete\":true,\"firstFrame\":")
        } else {
            buffer.append(",\"complete\":false,\"firstFrame\":")
        }
        buffer.append(message.firstFrame)
        buffer.append(",\"lastFrame\":")
        buffer.append(message.lastFrame)
        buffer.append(",\"time\":")
        timestamps.append(json: message.time, to: &buffer)
        if message.head.findings.isEmpty {
            // Mostly; and the head, which is large, is copied for the other case.
            buffer.append(",\"findings\":[]")
        } else {
            Self.append(message.head.findings, of: message.head, to: &buffer)
        }
        if let bodies { append(bodyOf: message, bodies, to: &buffer) }
        buffer.append("}")
    }

    @inline(__always)
    private static func append(
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

    /// Appends a folded value with one space for each fold and the white space around it
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
