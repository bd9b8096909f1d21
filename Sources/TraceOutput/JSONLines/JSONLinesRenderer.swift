internal import HTTPWire
package import Trace

/// Writes an exchange as one line of JSON (JSON Lines), keys in the order of the contract.
///
/// Beyond the contract's keys a line has `trailers` in a message with a trailer section, `interim`
/// where interim responses came, `absence` where a half is missing, `proxy` where a proxy has told
/// of the client, `switched` where the connection goes on in another protocol, `tcp` where bytes
/// were sent again or a receive window was 0, and `occurrences` in a finding that stands for
/// several. A message has `wireLength`, the bytes in the TCP stream. Members that the capture
/// cannot tell are left out; content is there only where asked for.
package struct JSONLinesRenderer: Sendable {
    private var timestamps = TimestampText()
    private var client = EndpointMember()
    private var server = EndpointMember()
    private var body: BodyMembers

    package init(options: OutputOptions = OutputOptions()) { body = BodyMembers(options) }

    /// Appends `exchange` and a line feed.
    package mutating func render(_ exchange: Exchange, into buffer: inout OutputBuffer) {
        buffer.append("{\"stream\":")
        appendMembers(of: exchange, to: &buffer)
        buffer.append("}\n")
    }

    /// Appends an exchange that is in flight as a line of `"type":"pending"`.
    ///
    /// The line has the members that are known, and how long the request has waited, in seconds.
    /// The exchange's own line comes at the end.
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

    /// Appends the contents of the whole capture as a line of `"type":"summary"`.
    ///
    /// The contract has one exchange a line, so this line is for those who ask.
    package func render(_ summary: TraceSummary, into buffer: inout OutputBuffer) {
        SummaryLine.append(summary, to: &buffer)
    }

    /// Appends the members of a line from the number of the stream on.
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
        if !exchange.ends.isEmpty { ConnectionMembers.append(exchange.ends, to: &buffer) }
        if let header = exchange.proxyHeaders.first {
            ConnectionMembers.append(header, to: &buffer)
        }
        if let traffic = exchange.switchedTraffic.first {
            ConnectionMembers.append(traffic, to: &buffer)
        }
        TimingMembers.append(exchange.timing, exchange.transport, to: &buffer)
        TimingMembers.append(exchange.transport, to: &buffer)
        FindingsMember.append(exchange.findings, of: nil, to: &buffer)
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
        HeadMembers.append(message.head, as: role, to: &buffer)
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
            FindingsMember.append(message.head.findings, of: message.head, to: &buffer)
        }
        if let bodies = body.bodies { body.append(message, bodies, to: &buffer) }
        buffer.append("}")
    }
}
