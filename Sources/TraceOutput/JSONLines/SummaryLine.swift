internal import Findings
internal import Packets
internal import Trace

/// Writes the contents of the whole capture as one line.
enum SummaryLine {
    /// Appends the line of `"type":"summary"`.
    static func append(_ summary: TraceSummary, to buffer: inout OutputBuffer) {
        buffer.append("{\"type\":\"summary\",\"frames\":")
        buffer.append(summary.frames)
        buffer.append(",\"streams\":")
        buffer.append(summary.streams)
        buffer.append(",\"exchanges\":")
        buffer.append(summary.exchanges)
        let findings = summary.findings.map { (key: $0.key.rawValue, value: $0.value) }
        append("findings", counts: findings, to: &buffer)
        append(summary.ledger, to: &buffer)
        append("unusedFrames", counts: Array(summary.unusedFrames), to: &buffer)
        append("otherStreams", counts: Array(summary.otherStreams), to: &buffer)
        ConnectionListMembers.append(summary, to: &buffer)
        if !summary.switched.isEmpty { append(summary.switched.shown, to: &buffer) }
        append("lostFrames", counts: Array(summary.lostFrames), to: &buffer)
        append(summary.comments, to: &buffer)
        if !summary.clock.isEmpty { append(summary.clock, to: &buffer) }
        if !summary.joints.isEmpty { append(joints: summary.joints, to: &buffer) }
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

    /// Appends the faults of the clock that wrote the files.
    private static func append(_ faults: ClockFaults, to buffer: inout OutputBuffer) {
        buffer.append(",\"clock\":{\"framesWithoutTime\":")
        buffer.append(faults.framesWithoutTime)
        buffer.append(",\"stepsBack\":")
        buffer.append(faults.stepsBack)
        if let step = faults.farthest {
            buffer.append(",\"farthest\":{\"before\":")
            buffer.append(step.before)
            buffer.append(",\"frame\":")
            buffer.append(step.frame)
            buffer.append(",\"seconds\":")
            buffer.append(seconds: step.distance)
            buffer.append("}")
        }
        if let wrong = faults.wrongUnit {
            buffer.append(",\"wrongUnit\":{\"count\":")
            buffer.append(wrong.count)
            buffer.append(",\"firstFrame\":")
            buffer.append(wrong.firstFrame)
            if wrong.areNanoseconds { buffer.append(",\"readAs\":\"nanoseconds\"") }
            buffer.append("}")
        }
        buffer.append("}")
    }

    /// Appends where one file was joined to another, as offsets in bytes.
    private static func append(joints: [Int], to buffer: inout OutputBuffer) {
        buffer.append(",\"joinedAt\":[")
        for (index, joint) in joints.enumerated() {
            if index > 0 { buffer.append(UInt8(ascii: ",")) }
            buffer.append(joint)
        }
        buffer.append("]")
    }
}
