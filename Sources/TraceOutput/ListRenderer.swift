internal import Bytes
internal import Findings
internal import Packets
package import Trace

/// Writes one aligned line an exchange, fit to the width of the terminal.
package struct ListRenderer: Sendable {
    private let style: Style
    private let layout: ListLayout
    private var timestamps = TimestampText()

    package init(options: OutputOptions = OutputOptions()) {
        style = Style(usesColor: options.usesColor)
        layout = ListLayout(width: options.width)
    }

    /// Appends the row of headings.
    package func renderHeader(into buffer: inout OutputBuffer) {
        style.begin(.heading, in: &buffer)
        append("No.", layout.number, .right, to: &buffer)
        append("Time", layout.time.width, .left, to: &buffer)
        append("Client → server", layout.endpoints, .left, to: &buffer)
        append("Method", layout.method, .left, to: &buffer)
        append("Target", layout.target, .left, to: &buffer)
        append("Code", layout.status, .right, to: &buffer)
        append(layout.length < 6 ? "Bytes" : "Length", layout.length, .right, to: &buffer)
        append("Total", layout.duration, .right, to: &buffer)
        if layout.hasWideFindings {
            buffer.append("Findings")
        } else {
            buffer.append("Fnd")
        }
        style.end(.heading, in: &buffer)
        buffer.append("\n")
    }

    /// Appends the number with which the row of an exchange begins.
    package func render(number: Int, into buffer: inout OutputBuffer) {
        append(number: number, layout.number, to: &buffer)
    }

    /// Appends the row of `exchange` behind its number.
    package mutating func render(_ exchange: Exchange, into buffer: inout OutputBuffer) {
        appendTime(of: exchange, to: &buffer)
        appendEndpoints(of: exchange, to: &buffer)
        appendRequest(of: exchange, to: &buffer)
        appendResponse(of: exchange, to: &buffer)
        if let total = exchange.timing.total {
            append(
                Self.duration(total, spaced: layout.spacesUnits),
                layout.duration,
                .right,
                to: &buffer
            )
        } else {
            append("-", layout.duration, .right, to: &buffer)
        }
        appendFindings(of: exchange, to: &buffer)
        buffer.append("\n")
    }

    private mutating func appendTime(of exchange: Exchange, to buffer: inout OutputBuffer) {
        guard let time = exchange.request?.time ?? exchange.response?.time else {
            return append("-", layout.time.width, .left, to: &buffer)
        }
        guard time.isKnown else {
            return append("unknown", layout.time.width, .left, to: &buffer)
        }
        switch layout.time {
        case .seconds: timestamps.append(timeOfDay: time, digits: 0, to: &buffer)
        case .milliseconds: timestamps.append(timeOfDay: time, digits: 3, to: &buffer)
        case .dateAndMicroseconds:
            var shown = time
            shown.digits = 6
            timestamps.append(readable: shown, to: &buffer)
        }
        buffer.append(" ")
    }

    /// Appends who speaks with whom, and in front of a proxy the client that it has told of.
    private func appendEndpoints(of exchange: Exchange, to buffer: inout OutputBuffer) {
        var text =
            layout.showsClientAddress
            ? "\(exchange.client) → \(exchange.server)"
            : "\(exchange.client.port)→\(exchange.server)"
        if let client = exchange.proxyHeader?.client {
            text = (layout.showsClientAddress ? "\(client) ⇒ " : "\(client.address)⇒") + text
        }
        append(text, layout.endpoints, .left, to: &buffer)
    }

    private func appendRequest(of exchange: Exchange, to buffer: inout OutputBuffer) {
        guard let head = exchange.request?.head else {
            append("-", layout.method, .left, to: &buffer)
            return append("-", layout.target, .left, to: &buffer)
        }
        let bytes = head.bytes.span
        let method = EscapedText.escape(bytes.extracting(head.startLine.method))
        let target = EscapedText.escape(bytes.extracting(head.startLine.target))
        style.begin(.method, in: &buffer)
        append(method.isEmpty ? "-" : method, layout.method, .left, to: &buffer)
        style.end(.method, in: &buffer)
        append(target.isEmpty ? "-" : target, layout.target, .left, to: &buffer)
    }

    private func appendResponse(of exchange: Exchange, to buffer: inout OutputBuffer) {
        guard let response = exchange.response else {
            append("-", layout.status, .right, to: &buffer)
            return append("-", layout.length, .right, to: &buffer)
        }
        let status = response.status.map { String($0) } ?? "?"
        let tone = Tone(status: response.status)
        style.begin(tone, in: &buffer)
        append(status, layout.status, .right, to: &buffer)
        style.end(tone, in: &buffer)
        append(
            Self.length(response.contentLength, layout.length),
            layout.length,
            .right,
            to: &buffer
        )
    }

    private func appendFindings(of exchange: Exchange, to buffer: inout OutputBuffer) {
        var worst: Severity?
        var count = 0
        func add(_ findings: [Finding]) {
            for finding in findings {
                count += 1
                let severity = finding.code.severity
                if severity.rank < worst?.rank ?? .max { worst = severity }
            }
        }
        if let request = exchange.request { add(request.head.findings) }
        for interim in exchange.interim { add(interim.head.findings) }
        if let response = exchange.response { add(response.head.findings) }
        add(exchange.findings)
        let tone = worst.map { Tone($0) } ?? .faint
        let text = String(count)
        buffer.append(.space, times: layout.findings - text.utf8.count)
        style.write(string: text, tone, to: &buffer)
    }
}
