internal import Findings
internal import HTTPWire
internal import Packets
package import Trace

extension JSONLinesRenderer {
    /// Appends findings, with the bytes that they are about from the head of their message.
    static func append(
        _ findings: [Finding],
        of head: MessageHead?,
        to buffer: inout OutputBuffer
    ) {
        buffer.append(",\"findings\":[")
        for index in findings.indices {
            if index > 0 { buffer.append(UInt8(ascii: ",")) }
            append(findings[index], of: head, to: &buffer)
        }
        buffer.append("]")
    }

    private static func append(
        _ finding: Finding,
        of head: MessageHead?,
        to buffer: inout OutputBuffer
    ) {
        // Code, severity and reference are the catalogue's own words: nothing in them to escape.
        let entry = finding.code.entry
        buffer.append("{\"code\":\"")
        buffer.append(string: finding.code.rawValue)
        buffer.append("\",\"severity\":\"")
        buffer.append(string: entry.severity.rawValue)
        if let bytes = finding.bytes {
            buffer.append("\",\"offset\":")
            buffer.append(bytes.lowerBound)
            buffer.append(",\"length\":")
            buffer.append(bytes.count)
            buffer.append(",\"message\":")
        } else if case .unclaimed(let bytes) = finding.detail {
            buffer.append("\",\"frame\":")
            buffer.append(bytes.frame)
            buffer.append(",\"length\":")
            buffer.append(bytes.length)
            buffer.append(",\"bytes\":")
            buffer.append(json: bytes.first.span)
            buffer.append(",\"message\":")
        } else {
            buffer.append("\",\"message\":")
        }
        buffer.append(json: finding.message(in: head).utf8.span)
        buffer.append(",\"reference\":\"")
        buffer.append(string: entry.reference)
        if finding.occurrences > 1 {
            buffer.append("\",\"occurrences\":")
            buffer.append(finding.occurrences)
            buffer.append("}")
        } else {
            buffer.append("\"}")
        }
    }

    /// Appends what the whole capture held as a line of `"type":"summary"`.
    ///
    /// The contract has one exchange a line, so this line is for those who ask for it.
    package func render(_ summary: TraceSummary, into buffer: inout OutputBuffer) {
        buffer.append("{\"type\":\"summary\",\"frames\":")
        buffer.append(summary.frames)
        buffer.append(",\"streams\":")
        buffer.append(summary.streams)
        buffer.append(",\"exchanges\":")
        buffer.append(summary.exchanges)
        let findings = summary.findings.map { (key: $0.key.rawValue, value: $0.value) }
        Self.append("findings", counts: findings, to: &buffer)
        Self.append(summary.ledger, to: &buffer)
        Self.append("unusedFrames", counts: Array(summary.unusedFrames), to: &buffer)
        Self.append("otherStreams", counts: Array(summary.otherStreams), to: &buffer)
        Self.append(connectionsOf: summary, to: &buffer)
        if !summary.switched.isEmpty { Self.append(summary.switched.shown, to: &buffer) }
        Self.append("lostFrames", counts: Array(summary.lostFrames), to: &buffer)
        Self.append(summary.comments, to: &buffer)
        if !summary.clock.isEmpty { Self.append(summary.clock, to: &buffer) }
        if !summary.joints.isEmpty { Self.append(joints: summary.joints, to: &buffer) }
        buffer.append("}\n")
    }

    private static func append(_ totals: [String: SwitchedTotal], to buffer: inout OutputBuffer) {
        buffer.append(",\"switched\":{")
        for (index, total) in totals.sorted(by: { $0.key < $1.key }).enumerated() {
            if index > 0 { buffer.append(UInt8(ascii: ",")) }
            buffer.append(json: total.key.utf8.span)
            buffer.append(":{\"connections\":")
            buffer.append(total.value.connections)
            buffer.append(",\"clientBytes\":")
            buffer.append(total.value.clientBytes)
            buffer.append(",\"serverBytes\":")
            buffer.append(total.value.serverBytes)
            buffer.append("}")
        }
        buffer.append("}")
    }

    private static func append(_ comments: [TraceSummary.Comment], to buffer: inout OutputBuffer) {
        buffer.append(",\"comments\":[")
        for (index, comment) in comments.enumerated() {
            if index > 0 { buffer.append(UInt8(ascii: ",")) }
            buffer.append("{")
            if let frame = comment.frame {
                buffer.append("\"frame\":")
                buffer.append(frame)
                buffer.append(",")
            }
            buffer.append("\"text\":")
            buffer.append(json: comment.text.utf8.span)
            buffer.append("}")
        }
        buffer.append("]")
    }

    private static func append(_ ledger: Ledger, to buffer: inout OutputBuffer) {
        buffer.append(",\"ledger\":{\"payload\":")
        buffer.append(ledger.payload)
        buffer.append(",\"message\":")
        buffer.append(ledger.message)
        buffer.append(",\"duplicate\":")
        buffer.append(ledger.duplicate)
        buffer.append(",\"notHTTP\":")
        buffer.append(ledger.notHTTP)
        buffer.append(",\"unclaimed\":")
        buffer.append(ledger.unclaimed)
        buffer.append(",\"gap\":")
        buffer.append(ledger.gap)
        buffer.append("}")
    }

    /// Appends counts under their names, in the order of the names so that output does not vary.
    private static func append(
        _ key: StaticString,
        counts: [(key: String, value: Int)],
        to buffer: inout OutputBuffer
    ) {
        buffer.append(",\"")
        buffer.append(key)
        buffer.append("\":{")
        for (index, count) in counts.sorted(by: { $0.key < $1.key }).enumerated() {
            if index > 0 { buffer.append(UInt8(ascii: ",")) }
            buffer.append(json: count.key.utf8.span)
            buffer.append(":")
            buffer.append(count.value)
        }
        buffer.append("}")
    }
}
