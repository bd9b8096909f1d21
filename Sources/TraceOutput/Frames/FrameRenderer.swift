internal import Bytes
internal import Findings
internal import HTTPWire
internal import Packets
package import Trace

/// Writes the contents of one frame, the fate of the bytes, the data that the connection waits for
/// afterwards, and Wireshark's line.
package struct FrameRenderer: Sendable {
    let style: Style
    let width: Int
    private var timestamps: TimestampText

    /// The most parts of one message that are listed.
    private static let partLimit = 16

    package init(options: OutputOptions = OutputOptions()) {
        style = Style(usesColor: options.usesColor)
        timestamps = TimestampText(options)
        width = min(max(options.width, 40), 100)
    }

    /// Appends the explanation of one frame and an empty line.
    package mutating func render(_ frame: FrameExplanation, into buffer: inout OutputBuffer) {
        appendHeading(of: frame, to: &buffer)
        switch frame.content {
        case .nothing: break
        case .stopped(let stop):
            append(wrapping: FrameText.reason(of: stop), to: &buffer)
        case .fragment(let number):
            append(wrapping: FrameText.fragment(completedIn: number), to: &buffer)
        case .segment(let segment): append(segment, of: frame, to: &buffer)
        }
        if let shown = frame.wireshark {
            appendTitle("Wireshark", to: &buffer)
            for row in shown.split(separator: "\n") {
                append(wrapping: String(row), to: &buffer)
            }
        }
        buffer.append("\n")
    }

    private mutating func appendHeading(
        of frame: FrameExplanation,
        to buffer: inout OutputBuffer
    ) {
        style.begin(.heading, in: &buffer)
        buffer.append("Frame ")
        buffer.append(frame.frame.number)
        style.end(.heading, in: &buffer)
        buffer.append(", ")
        timestamps.append(frame.frame.timestamp, to: &buffer)
        buffer.append(", ")
        buffer.append(grouped: frame.frame.originalLength)
        buffer.append(frame.frame.originalLength == 1 ? " byte" : " bytes")
        if frame.capturedLength < frame.frame.originalLength {
            buffer.append(", ")
            buffer.append(grouped: frame.capturedLength)
            buffer.append(" of them captured")
        }
        buffer.append("\n")
        style.writeRule(width: width, to: &buffer)
        buffer.append("    ")
        buffer.append(string: frame.layerLine)
        buffer.append("\n")
    }

    private func append(
        _ segment: SegmentExplanation,
        of frame: FrameExplanation,
        to buffer: inout OutputBuffer
    ) {
        append(wrapping: FrameText.place(of: segment), to: &buffer)
        for code in segment.oddities {
            buffer.append("    ")
            style.write(string: code.severity.rawValue, Tone(code.severity), to: &buffer)
            buffer.append(" ")
            buffer.append(string: code.rawValue)
            buffer.append("\n")
        }
        appendTitle("Bytes", to: &buffer)
        let number = frame.frame.number
        for sentence in FrameText.bytes(of: segment, in: number) {
            append(wrapping: sentence, to: &buffer)
        }
        for share in segment.shares { append(share, to: &buffer) }
        for sentence in FrameText.foreign(in: segment) { append(wrapping: sentence, to: &buffer) }
        for sentence in segment.ended.map(FrameText.sentence) {
            append(wrapping: sentence, to: &buffer)
        }
        appendTitle("Waiting behind this frame", to: &buffer)
        let waits = segment.waits.map(FrameText.sentence)
        for sentence in waits.isEmpty ? ["Nothing."] : waits {
            append(wrapping: sentence, to: &buffer)
        }
    }

    private func append(_ share: MessageShare, to buffer: inout OutputBuffer) {
        append(wrapping: FrameText.heading(of: share), to: &buffer)
        let numbers = share.parts.prefix(Self.partLimit).map { FrameText.range($0.bytes) }
        let column = numbers.map(\.utf8.count).max() ?? 0
        for (part, number) in zip(share.parts, numbers) {
            buffer.append("      ")
            buffer.append(string: number)
            buffer.append(.space, times: column - number.utf8.count + 2)
            buffer.append(string: part.kind.rawValue)
            appendText(of: part, of: share, to: &buffer)
            buffer.append("\n")
        }
        if share.parts.count > Self.partLimit {
            append(wrapping: "and \(share.parts.count - Self.partLimit) parts more", to: &buffer)
        }
        for sentence in FrameText.remarks(on: share) {
            buffer.append(wrapping: sentence, indent: 6, width: width)
        }
    }

    /// Appends the start line, and the names of field lines.
    private func appendText(
        of part: MessagePart,
        of share: MessageShare,
        to buffer: inout OutputBuffer
    ) {
        let text =
            switch part.kind {
            case .startLine where part.bytes.count >= share.startLine.count: share.startLine
            case .fieldLines: Array(share.fieldNames.joined(separator: [0x2C, 0x20]))
            default: [UInt8]()
            }
        guard !text.isEmpty else { return }
        let room = width - 32
        buffer.append("  ")
        buffer.append(escaped: text.span.extracting(first: room))
        if text.count > room { buffer.append("…") }
    }

    private func appendTitle(_ title: StaticString, to buffer: inout OutputBuffer) {
        style.write(title, .heading, to: &buffer)
        buffer.append("\n")
    }

    private func append(wrapping text: String, to buffer: inout OutputBuffer) {
        buffer.append(wrapping: text, indent: 4, width: width)
    }
}
