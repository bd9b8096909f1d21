internal import Findings
internal import HTTPWire

/// Writes the findings of a message or of an exchange.
enum FindingsMember {
    /// Appends findings, with the bytes concerned from the head of the message.
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
}
