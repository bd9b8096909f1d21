internal import Findings
internal import HTTPWire
internal import Packets
package import Trace

/// Writes the explanation of a frame as one JSON object a line, for programs.
package struct FrameJSONRenderer: Sendable {
    private var timestamps = TimestampText()

    package init() {}

    /// Appends the object and a line feed.
    package mutating func render(_ frame: FrameExplanation, into buffer: inout OutputBuffer) {
        buffer.append("{\"frame\":")
        buffer.append(frame.frame.number)
        buffer.append(",\"time\":")
        timestamps.append(json: frame.frame.timestamp, to: &buffer)
        buffer.append(",\"length\":")
        buffer.append(frame.frame.originalLength)
        buffer.append(",\"captured\":")
        buffer.append(frame.capturedLength)
        buffer.append(key: "layers", strings: frame.layers)
        switch frame.content {
        case .nothing: break
        case .stopped(let stop): buffer.append(key: "reason", FrameText.reason(of: stop))
        case .fragment(let number):
            buffer.append(key: "reason", FrameText.fragment(completedIn: number))
            if let number { buffer.append(key: "completedIn", number) }
        case .segment(let segment): Self.append(segment, of: frame, to: &buffer)
        }
        if let shown = frame.wireshark { buffer.append(key: "wireshark", shown) }
        buffer.append("}\n")
    }

    private static func append(
        _ segment: SegmentExplanation,
        of frame: FrameExplanation,
        to buffer: inout OutputBuffer
    ) {
        buffer.append(key: "stream", segment.stream)
        if let role = segment.role {
            buffer.append(key: "from", role == .request ? "client" : "server")
        }
        buffer.append(key: "source", segment.source.description)
        buffer.append(key: "destination", segment.destination.description)
        append(tcp: segment, to: &buffer)
        if !segment.oddities.isEmpty {
            buffer.append(key: "findings", strings: segment.oddities.map(\.rawValue))
        }
        buffer.append(",\"payload\":[")
        for index in segment.pieces.indices {
            if index > 0 { buffer.append(",") }
            append(segment.pieces[index], to: &buffer)
        }
        buffer.append("],\"messages\":[")
        for index in segment.shares.indices {
            if index > 0 { buffer.append(",") }
            append(segment.shares[index], to: &buffer)
        }
        buffer.append("]")
        let words =
            FrameText.bytes(of: segment, in: frame.frame.number)
            + FrameText.foreign(in: segment) + segment.ended.map(FrameText.sentence)
        buffer.append(key: "bytes", strings: words)
        buffer.append(key: "waiting", strings: segment.waits.map(FrameText.sentence))
    }

    private static func append(tcp segment: SegmentExplanation, to buffer: inout OutputBuffer) {
        buffer.append(",\"tcp\":{\"length\":")
        buffer.append(segment.wireLength)
        buffer.append(key: "flags", strings: segment.flags.names)
        buffer.append(key: "sequence", segment.sequence)
        if let acknowledgement = segment.acknowledgement {
            buffer.append(key: "acknowledgement", acknowledgement)
        }
        if segment.wireLength > 0 { buffer.append(key: "streamOffset", segment.streamOffset) }
        buffer.append("}")
    }

    private static func append(_ piece: PayloadPiece, to buffer: inout OutputBuffer) {
        append(piece.bytes, to: &buffer)
        switch piece.fate {
        case .delivered(let frame):
            buffer.append(key: "fate", "delivered")
            buffer.append(key: "frame", frame)
        case .repeated(let frame):
            buffer.append(key: "fate", "repeated")
            if let frame { buffer.append(key: "frame", frame) }
        case .late: buffer.append(key: "fate", "late")
        case .ignored: buffer.append(key: "fate", "ignored")
        }
        buffer.append("}")
    }

    private static func append(_ share: MessageShare, to buffer: inout OutputBuffer) {
        append(share.bytes, to: &buffer)
        buffer.append(key: "of", share.length)
        buffer.append(key: "exchange", share.exchange)
        buffer.append(key: "message", FrameText.name(of: share))
        buffer.append(",\"startLine\":")
        buffer.append(json: share.startLine.span)
        buffer.append(key: "firstFrame", share.firstFrame)
        buffer.append(key: "lastFrame", share.lastFrame)
        buffer.append(share.isComplete ? ",\"complete\":true" : ",\"complete\":false")
        if let frame = share.counterpartFrame { buffer.append(key: "counterpartFrame", frame) }
        buffer.append(",\"parts\":[")
        for index in share.parts.indices {
            if index > 0 { buffer.append(",") }
            append(share.parts[index].bytes, to: &buffer)
            buffer.append(key: "part", share.parts[index].kind.rawValue)
            buffer.append("}")
        }
        buffer.append("]}")
    }

    /// Appends the beginning of an object about a range of bytes.
    private static func append(_ bytes: Range<Int>, to buffer: inout OutputBuffer) {
        buffer.append("{\"offset\":")
        buffer.append(bytes.lowerBound)
        buffer.append(",\"length\":")
        buffer.append(bytes.count)
    }
}
