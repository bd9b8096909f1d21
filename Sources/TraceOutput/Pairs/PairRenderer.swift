internal import HTTPWire
package import Trace

/// Writes an exchange as request and response, each a tree in the manner of Wireshark's packet
/// details, with every finding under the line concerned.
package struct PairRenderer: Sendable {
    /// Lines longer than this are hard to read, however wide the terminal is.
    private static let widest = 100

    private let style: Style
    /// Columns for headings and for sentences; lines from the wire are never broken.
    private let width: Int
    private var timestamps: TimestampText
    private var messages: MessageWriter
    private let findings: FindingWriter

    package init(options: OutputOptions = OutputOptions()) {
        style = Style(usesColor: options.usesColor)
        width = min(max(options.width, 40), Self.widest)
        timestamps = TimestampText(options)
        findings = FindingWriter(style: style, width: width)
        messages = MessageWriter(options, findings)
    }

    /// Appends `exchange` and an empty line.
    package mutating func render(_ exchange: Exchange, into buffer: inout OutputBuffer) {
        let connection = ConnectionWriter(style: style)
        appendHeading(of: exchange, to: &buffer)
        if let header = exchange.proxyHeaders.first { connection.append(header, to: &buffer) }
        if exchange.hasRequest {
            appendTitle("Request", of: exchange.heldRequest, to: &buffer)
            messages.append(exchange.heldRequest, to: &buffer)
            appendReferences(from: exchange, to: &buffer)
        } else {
            append(absent: "Request", because: exchange.absence, to: &buffer)
        }
        for index in exchange.interim.indices {
            buffer.append("\n")
            appendTitle("Interim response", of: exchange.interim[index], to: &buffer)
            messages.append(exchange.interim[index], to: &buffer)
        }
        buffer.append("\n")
        if exchange.hasResponse {
            appendTitle("Response", of: exchange.heldResponse, to: &buffer)
            messages.append(exchange.heldResponse, to: &buffer)
            appendReferences(back: exchange, to: &buffer)
        } else {
            append(absent: "Response", because: exchange.absence, to: &buffer)
        }
        TimingWriter(style: style, width: width).append(timingOf: exchange, to: &buffer)
        connection.append(exchange.ends, to: &buffer)
        if let traffic = exchange.switchedTraffic.first { connection.append(traffic, to: &buffer) }
        if !exchange.findings.isEmpty {
            buffer.append("\n")
            style.write("Exchange and connection", .heading, to: &buffer)
            buffer.append("\n")
            for finding in exchange.findings {
                findings.append(finding, indent: 4, to: &buffer)
            }
        }
        buffer.append("\n")
    }

    /// Appends a line for an exchange that is in flight: the pair comes when the exchange is over.
    package func render(
        pending exchange: Exchange,
        waited nanoseconds: Int64,
        into buffer: inout OutputBuffer
    ) {
        PendingWriter(style: style).append(exchange, waited: nanoseconds, to: &buffer)
    }

    /// Appends the summary of the whole capture, after the last pair or row.
    package func render(_ summary: TraceSummary, into buffer: inout OutputBuffer) {
        SummaryWriter(style: style, width: width).append(summary, to: &buffer)
    }

    private func appendHeading(of exchange: Exchange, to buffer: inout OutputBuffer) {
        let start = buffer.count
        style.begin(.heading, in: &buffer)
        buffer.append("Stream ")
        buffer.append(exchange.stream)
        buffer.append(", exchange ")
        buffer.append(exchange.index)
        style.end(.heading, in: &buffer)
        buffer.append("  ")
        buffer.append(exchange.client)
        buffer.append(" → ")
        buffer.append(exchange.server)
        // Two addresses of IPv6 leave no room for the time. The arrow has two bytes more than
        // columns, colour eight.
        let columns = buffer.count - start - 2 - (style.usesColor ? 8 : 0)
        if columns + 24 <= width {
            buffer.append("  ")
        } else {
            buffer.append("\n    ")
        }
        if let firstByte = exchange.timing.firstByte {
            buffer.append("first byte ")
            buffer.append(duration: firstByte)
        } else if !exchange.hasResponse {
            buffer.append("no response")
        } else {
            buffer.append(exchange.hasRequest ? "time unknown" : "no request")
        }
        buffer.append("\n")
        style.writeRule(width: width, to: &buffer)
    }

    private mutating func appendTitle(
        _ title: StaticString,
        of message: Message,
        to buffer: inout OutputBuffer
    ) {
        style.write(title, .heading, to: &buffer)
        if message.lastFrame > message.firstFrame {
            buffer.append(", frames ")
            buffer.append(message.firstFrame)
            buffer.append("-")
            buffer.append(message.lastFrame)
        } else {
            buffer.append(", frame ")
            buffer.append(message.firstFrame)
        }
        buffer.append(", ")
        timestamps.append(message.time, to: &buffer)
        buffer.append("\n")
    }

    private func append(
        absent half: StaticString,
        because absence: Absence?,
        to buffer: inout OutputBuffer
    ) {
        style.write(half, .heading, to: &buffer)
        buffer.append(": ")
        style.begin(.warning, in: &buffer)
        if let absence {
            buffer.append(absence.sentence)
        } else {
            buffer.append("not in the capture")
        }
        style.end(.warning, in: &buffer)
        buffer.append("\n")
    }

    /// Appends the reference that Wireshark has under a request.
    private func appendReferences(from exchange: Exchange, to buffer: inout OutputBuffer) {
        guard exchange.hasResponse else { return }
        appendReference("Response in frame: ", exchange.heldResponse.firstFrame, to: &buffer)
    }

    /// Appends the references that Wireshark has under a response.
    private func appendReferences(back exchange: Exchange, to buffer: inout OutputBuffer) {
        guard exchange.hasRequest else { return }
        appendReference("Request in frame: ", exchange.heldRequest.firstFrame, to: &buffer)
        guard let firstByte = exchange.timing.firstByte else { return }
        style.begin(.faint, in: &buffer)
        buffer.append("    [Time since request: ")
        buffer.append(duration: firstByte)
        buffer.append("]")
        style.end(.faint, in: &buffer)
        buffer.append("\n")
    }

    private func appendReference(
        _ words: StaticString,
        _ frame: Int,
        to buffer: inout OutputBuffer
    ) {
        style.begin(.faint, in: &buffer)
        buffer.append("    [")
        buffer.append(words)
        buffer.append(frame)
        buffer.append("]")
        style.end(.faint, in: &buffer)
        buffer.append("\n")
    }
}
