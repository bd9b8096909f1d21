internal import Bytes
internal import Findings
internal import Packets
package import Trace

/// Writes one aligned line an exchange, fit to the width of the terminal.
package struct ListRenderer: Sendable {
    let layout: ListLayout
    private var style: Style
    private let display: TimeDisplay
    private var rows: ListRows
    private var timestamps: TimestampText

    package init(options: OutputOptions = OutputOptions()) {
        style = Style(usesColor: options.usesColor)
        display = options.time
        layout = ListLayout(width: options.isWide ? nil : options.width, display)
        rows = ListRows(style: style, layout: layout, display: display)
        timestamps = TimestampText(options)
    }

    /// Appends the row of headings.
    package func renderHeader(into buffer: inout OutputBuffer) {
        style.begin(.heading, in: &buffer)
        append("No.", layout.number, .right, to: &buffer)
        append("Time", layout.time, .left, to: &buffer)
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

    /// Appends the row of an exchange that was rendered before the number was known.
    package mutating func render(
        number: Int,
        _ row: Span<UInt8>,
        into buffer: inout OutputBuffer
    ) {
        rows.append(number: number, row, to: &buffer)
    }

    /// Appends a line of totals.
    package func render(_ summary: TraceSummary, into buffer: inout OutputBuffer) {
        style.write(string: summary.totals, .faint, to: &buffer)
        buffer.append("\n")
    }

    /// Appends the cells of `exchange`, which ``render(number:_:into:)`` makes a row of.
    package mutating func render(unnumbered exchange: Exchange, into buffer: inout OutputBuffer) {
        appendTime(of: exchange, to: &buffer)
        appendEndpoints(of: exchange, to: &buffer)
        buffer.append(ListRows.separator)
        appendRequest(of: exchange, to: &buffer)
        appendResponse(of: exchange, to: &buffer)
        append(duration(of: exchange), layout.duration, .right, to: &buffer)
        appendFindings(of: exchange, to: &buffer)
        buffer.append("\n")
    }

    /// Appends the row of an exchange in flight, without the number, which is given at the end: `…`
    /// stands for a status that is not known, and the time is the one waited so far.
    package mutating func render(
        pending exchange: Exchange,
        waited nanoseconds: Int64,
        into buffer: inout OutputBuffer
    ) {
        var row = OutputBuffer(capacity: 512)
        let tones = style
        // The row has one tone, which others would end.
        style = Style(usesColor: false)
        appendTime(of: exchange, to: &row)
        appendEndpoints(of: exchange, to: &row)
        row.append(ListRows.separator)
        appendRequest(of: exchange, to: &row)
        if exchange.hasResponse {
            appendResponse(of: exchange, to: &row)
        } else {
            append("…", layout.status, .right, to: &row)
            append("-", layout.length, .right, to: &row)
        }
        let waited = DurationText.text(nanoseconds, spaced: layout.spacesUnits)
        append(waited, layout.duration, .right, to: &row)
        appendFindings(of: exchange, to: &row)
        style = tones
        row.withBytes { rows.append(pending: $0, to: &buffer) }
        buffer.append("\n")
    }

    private func duration(of exchange: Exchange) -> String {
        if let waited = exchange.timing.waited {
            // Nobody knows how long it would have taken.
            let text = DurationText.text(waited, spaced: layout.spacesUnits)
            let isLong = text.cellWidth >= layout.duration
            return ">"
                + (isLong
                    ? DurationText.text(waited, spaced: layout.spacesUnits, isCoarse: true) : text)
        }
        guard let total = exchange.timing.total else { return "-" }
        return DurationText.text(total, spaced: layout.spacesUnits)
    }

    /// Appends the day and the time, each with a separator; the time in nanoseconds where the text
    /// depends on other rows.
    private mutating func appendTime(of exchange: Exchange, to buffer: inout OutputBuffer) {
        guard var time = exchange.request?.time ?? exchange.response?.time, time.isKnown else {
            buffer.append(ListRows.separator)
            buffer.append(layout.isCut ? "-" : "unknown")
            return buffer.append(ListRows.separator)
        }
        time.digits = UInt8(layout.digits)
        switch display {
        case .local, .utc:
            if layout.isCut { timestamps.append(dayOf: time, to: &buffer) }
            buffer.append(ListRows.separator)
            if layout.isCut {
                timestamps.append(timeOfDay: time, digits: layout.digits, to: &buffer)
            } else {
                timestamps.append(time, to: &buffer)
            }
        case .epoch:
            buffer.append(ListRows.separator)
            timestamps.append(time, to: &buffer)
        case .relative, .delta:
            buffer.append(ListRows.separator)
            buffer.append(Int(time.nanoseconds))
        }
        buffer.append(ListRows.separator)
    }

    /// Appends client and server, and in front of a proxy the client that the proxy has told of.
    private func appendEndpoints(of exchange: Exchange, to buffer: inout OutputBuffer) {
        if let client = exchange.proxyHeader?.client {
            buffer.append(
                string: layout.showsClientAddress ? "\(client) ⇒ " : "\(client.address)⇒"
            )
        }
        if layout.showsClientAddress {
            buffer.append(exchange.client)
            buffer.append(" → ")
        } else {
            buffer.append(Int(exchange.client.port))
            buffer.append("→")
        }
        buffer.append(exchange.server)
    }

    /// Appends method and target, each with a separator.
    private func appendRequest(of exchange: Exchange, to buffer: inout OutputBuffer) {
        let head = exchange.hasRequest ? exchange.heldRequest.head : nil
        for part in [head?.startLine.method, head?.startLine.target] {
            if let head, let part, !part.isEmpty {
                buffer.append(escaped: head.bytes.span.extracting(part))
            } else {
                buffer.append("-")
            }
            buffer.append(ListRows.separator)
        }
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
        let text = layout.isCut ? Self.count(count, layout.findings) : String(count)
        buffer.append(.space, times: layout.findings - text.utf8.count)
        style.write(string: text, tone, to: &buffer)
    }
}
