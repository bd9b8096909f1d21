internal import Findings
internal import Trace

/// Writes the contents of the whole capture, after the last pair or row.
struct SummaryWriter: Sendable {
    /// Columns of names; counts are aligned to the right behind them.
    private static let nameWidth = 42
    private static let countWidth = 15

    let style: Style
    /// Columns of the rule and of sentences.
    let width: Int

    /// Appends the summary: counts, findings, the ledger, and traffic other than HTTP.
    func append(_ summary: TraceSummary, to buffer: inout OutputBuffer) {
        style.write("Summary", .heading, to: &buffer)
        buffer.append("\n")
        style.writeRule(width: width, to: &buffer)
        guard summary.frames > 0 else { return buffer.append("No frames.\n") }
        appendCount("Frames", summary.frames, to: &buffer)
        appendCount("TCP streams", summary.streams, to: &buffer)
        appendCount("HTTP exchanges", summary.exchanges, to: &buffer)
        appendFindings(summary.findings, to: &buffer)
        append(summary.ledger, to: &buffer)
        append(
            counts: summary.unusedFrames,
            "Frames without a usable TCP segment",
            "Every frame held a usable TCP segment.",
            to: &buffer
        )
        append(
            counts: summary.otherStreams,
            "TCP streams that are not HTTP/1",
            "Every TCP stream was HTTP/1.",
            to: &buffer
        )
        SummaryConnections.append(summary.failedConnections, to: &buffer)
        SummaryConnections.append(summary.failedEndpoints, to: &buffer)
        SummaryConnections.append(summary.foreignConnections, to: &buffer)
        SummaryConnections.append(summary.slowEndpoints, to: &buffer)
        SummaryConnections.append(summary.idleResets, to: &buffer)
        appendSwitched(summary.switched.shown, to: &buffer)
        if !summary.lostFrames.isEmpty {
            append(counts: summary.lostFrames, "Frames lost while capturing", "", to: &buffer)
        }
        appendNotices(of: summary, to: &buffer)
        appendComments(of: summary, to: &buffer)
    }

    private func appendNotices(of summary: TraceSummary, to buffer: inout OutputBuffer) {
        let notices = summary.notices
        guard !notices.isEmpty else { return }
        buffer.append("\nOf the capture file\n")
        for notice in notices {
            buffer.append(wrapping: notice, indent: 2, width: width)
        }
    }

    private func appendSwitched(
        _ totals: [String: SwitchedTotal],
        to buffer: inout OutputBuffer
    ) {
        guard !totals.isEmpty else { return }
        buffer.append("\nConnections that went on in another protocol\n")
        for (name, total) in totals.sorted(by: { $0.key < $1.key }) {
            buffer.append("  ")
            buffer.append(string: name)
            buffer.append(": ")
            buffer.append(grouped: total.connections)
            buffer.append(total.connections == 1 ? " connection, " : " connections, ")
            buffer.append(grouped: total.clientBytes)
            buffer.append(" bytes from clients, ")
            buffer.append(grouped: total.serverBytes)
            buffer.append(" from servers\n")
        }
    }

    private func appendComments(of summary: TraceSummary, to buffer: inout OutputBuffer) {
        guard !summary.comments.isEmpty else { return }
        buffer.append("\nComments in the capture\n")
        for comment in summary.comments {
            buffer.append("  ")
            if let frame = comment.frame {
                buffer.append("frame ")
                buffer.append(frame)
                buffer.append(": ")
            }
            buffer.append(escaped: comment.text.utf8.span)
            buffer.append("\n")
        }
        guard summary.commentsLeftOut > 0 else { return }
        buffer.append("  and ")
        buffer.append(grouped: summary.commentsLeftOut)
        buffer.append(" more\n")
    }

    private func appendCount(_ name: StaticString, _ count: Int, to buffer: inout OutputBuffer) {
        let start = buffer.count
        buffer.append(name)
        buffer.append(.space, times: Self.nameWidth - (buffer.count - start))
        appendAligned(count, to: &buffer)
    }

    private func appendAligned(_ count: Int, to buffer: inout OutputBuffer) {
        buffer.append(.space, times: Self.countWidth - groupedWidth(of: count))
        buffer.append(grouped: count)
        buffer.append("\n")
    }

    private func appendFindings(_ counts: [FindingCode: Int], to buffer: inout OutputBuffer) {
        buffer.append("\n")
        guard !counts.isEmpty else { return buffer.append("No findings.\n") }
        buffer.append("Findings\n")
        let rows = counts.sorted { first, second in
            let (one, other) = (first.key.severity.rank, second.key.severity.rank)
            if one != other { return one < other }
            if first.value != second.value { return first.value > second.value }
            return first.key.rawValue < second.key.rawValue
        }
        for (code, count) in rows {
            buffer.append("  ")
            let severity = code.severity.rawValue
            style.write(string: severity, Tone(code.severity), to: &buffer)
            buffer.append(.space, times: 8 - severity.utf8.count)
            buffer.append(string: code.rawValue)
            let used = 10 + code.rawValue.utf8.count
            buffer.append(.space, times: max(Self.nameWidth - used, 1))
            appendAligned(count, to: &buffer)
        }
    }

    private func append(_ ledger: Ledger, to buffer: inout OutputBuffer) {
        buffer.append("\n")
        appendCount("Captured TCP payload, bytes", ledger.payload, to: &buffer)
        appendCount("  in HTTP messages", ledger.message, to: &buffer)
        appendCount("  sent or captured again", ledger.duplicate, to: &buffer)
        appendCount("  not HTTP/1", ledger.notHTTP, to: &buffer)
        appendCount("  between messages, unclaimed", ledger.unclaimed, to: &buffer)
        if ledger.imbalance != 0 {
            style.begin(.error, in: &buffer)
            appendCount("  unexplained: a defect of httptrace", ledger.imbalance, to: &buffer)
            style.end(.error, in: &buffer)
        }
        appendCount("Missing from the capture, bytes", ledger.gap, to: &buffer)
    }

    private func append(
        counts: [String: Int],
        _ title: StaticString,
        _ none: StaticString,
        to buffer: inout OutputBuffer
    ) {
        buffer.append("\n")
        guard !counts.isEmpty else {
            buffer.append(none)
            return buffer.append("\n")
        }
        appendCount(title, counts.values.reduce(0, +), to: &buffer)
        let rows = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        for (reason, count) in rows {
            let start = buffer.count
            buffer.append("  ")
            buffer.append(escaped: reason.utf8.span)
            buffer.append(.space, times: max(Self.nameWidth - (buffer.count - start), 1))
            appendAligned(count, to: &buffer)
        }
    }
}

/// The columns of `value` with a comma between groups of three digits.
private func groupedWidth(of value: Int) -> Int {
    var (width, left) = (1, value.magnitude / 10)
    while left > 0 {
        width += 1
        left /= 10
    }
    return width + (width - 1) / 3 + (value < 0 ? 1 : 0)
}

extension Severity {
    /// 0 for the gravest.
    var rank: Int {
        switch self {
        case .error: 0
        case .warning: 1
        case .note: 2
        }
    }
}
