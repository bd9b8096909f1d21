internal import Bytes
internal import Findings
internal import HTTPWire
internal import Packets
internal import Trace

/// The sentences about one frame.
enum FrameText {
    /// Bytes `range` as people count them, the last included.
    static func range(_ range: Range<Int>) -> String {
        range.count == 1
            ? "\(range.lowerBound)" : "\(range.lowerBound)-\(range.upperBound - 1)"
    }

    /// Why a frame has no TCP segment.
    static func reason(of stop: DecodeStop) -> String {
        switch stop {
        case .unknownLinkType, .notIP, .notIPFamily, .notTCP:
            "No TCP: \(stop). HTTP/1 comes over TCP, so nothing of it is read."
        case .truncated:
            "No TCP segment: the capture cut the frame short, so that it is \(stop)."
        case .malformed: "No TCP segment: a \(stop)."
        case .wrongChecksum: "Not taken: a \(stop), so that its receiver drops it too."
        case .noWirelessData, .opaque, .tooDeep: "No TCP segment: \(stop)."
        }
    }

    static func fragment(completedIn number: Int?) -> String {
        if let number {
            "A piece of an IP packet that frame \(number) made whole: see there."
        } else {
            "A piece of an IP packet of which other pieces are not in the capture."
        }
    }

    /// Which connection, and which way.
    static func place(of segment: SegmentExplanation) -> String {
        let sender =
            switch segment.role {
            case .request: "from the client to the server"
            case .response: "from the server to the client"
            case nil: "from \(segment.source) to \(segment.destination)"
            }
        guard segment.wireLength > 0 else { return "Stream \(segment.stream), \(sender)" }
        let end = segment.streamOffset + segment.wireLength
        let bytes = range(segment.streamOffset..<end)
        return "Stream \(segment.stream), \(sender), bytes \(bytes) of what it sends"
    }

    /// The fate of the payload.
    static func bytes(of segment: SegmentExplanation, in number: Int) -> [String] {
        guard segment.wireLength > 0 else { return [purpose(of: segment)] }
        var sentences = segment.pieces.map { sentence(about: $0, in: number) }
        let cut = segment.wireLength - segment.payloadLength
        if cut > 0 {
            let end = range(segment.payloadLength..<segment.wireLength)
            sentences.append("Bytes \(end) were not captured: the snap length cut the frame.")
        }
        return sentences
    }

    private static func sentence(about piece: PayloadPiece, in number: Int) -> String {
        let bytes = "\(piece.bytes.count == 1 ? "Byte" : "Bytes") \(range(piece.bytes))"
        let isOne = piece.bytes.count == 1
        switch piece.fate {
        case .delivered(in: number): return "\(bytes) \(isOne ? "was" : "were") next in the stream."
        case .delivered(in: let later):
            return """
                \(bytes) came out of order: bytes before \(isOne ? "it" : "them") were missing, \
                and frame \(later) let \(isOne ? "it" : "them") through.
                """
        case .repeated(of: let earlier?):
            return "\(bytes) had come before, in frame \(earlier): see there."
        case .repeated(of: nil): return "\(bytes) had come before."
        case .late: return "\(bytes) came when the connection was over."
        case .ignored:
            return
                "\(bytes) can be no part of the stream at this place, and \(isOne ? "was" : "were") passed over."
        }
    }

    /// The purpose of a segment without payload.
    private static func purpose(of segment: SegmentExplanation) -> String {
        if segment.flags.contains(.rst) { return "No payload: it resets the connection." }
        if segment.flags.contains(.syn) {
            return segment.flags.contains(.ack)
                ? "No payload: it accepts the connection (SYN, ACK)."
                : "No payload: it opens the connection (SYN)."
        }
        if segment.flags.contains(.fin) {
            return "No payload: its sender closes its direction (FIN)."
        }
        let room = segment.window == 0 ? ", and has no room for more" : ""
        guard let count = segment.acknowledgedLength else { return "No payload." }
        let end = segment.acknowledgesEnd ? " and its FIN" : ""
        if count == 0, end.isEmpty {
            return "No payload: it acknowledges the other side's SYN and nothing else\(room)."
        }
        let bytes = count == 1 ? "1 byte" : "\(count) bytes"
        return "No payload: it acknowledges \(bytes) of the other side\(end)\(room)."
    }

    /// The bytes that belong to no message.
    static func foreign(in segment: SegmentExplanation) -> [String] {
        segment.foreign.map { bytes in
            let place = "Bytes \(range(bytes))"
            return switch segment.foreignTraffic {
            case .unclaimed: "\(place) belong to no message."
            case .switched:
                "\(place) are of another protocol, to which the connection switched."
            case .notHTTP(let name?): "\(place) are not HTTP: the connection speaks \(name)."
            case .notHTTP(nil): "\(place) are not HTTP, and nothing else on the connection is."
            }
        }
    }

    /// That a message ended with the frame.
    static func sentence(_ message: EndedMessage) -> String {
        let name = "the \(name(of: message.role)) of frame \(message.firstFrame)"
        return message.isComplete
            ? "With it \(name) is complete." : "With it \(name) ends, incomplete."
    }

    static func name(of share: MessageShare) -> String {
        share.isInterim ? "interim response" : name(of: share.role)
    }

    static func name(of role: MessageRole) -> String {
        role == .request ? "request" : "response"
    }

    static func heading(of share: MessageShare) -> String {
        let frames =
            share.firstFrame == share.lastFrame
            ? "frame \(share.firstFrame)" : "frames \(share.firstFrame)-\(share.lastFrame)"
        let bytes =
            share.bytes.count == share.length
            ? "all \(share.length) bytes" : "bytes \(range(share.bytes)) of \(share.length)"
        let name =
            share.isInterim
            ? "Interim response" : share.role == .request ? "Request" : "Response"
        return "\(name) of exchange \(share.exchange) (\(frames)), \(bytes):"
    }

    /// Further remarks on a message.
    static func remarks(on share: MessageShare) -> [String] {
        var remarks: [String] = []
        if !share.isTerminated {
            remarks.append("The blank line that ends its header section never came.")
        } else if !share.isComplete {
            remarks.append("It was not seen to its end.")
        }
        guard let frame = share.counterpartFrame else { return remarks }
        switch (share.role, share.endsRequest) {
        case (.request, _): remarks.append("It is answered in frame \(frame).")
        case (.response, true):
            remarks.append("It answers the request of frame \(frame), and ended it.")
        case (.response, false): remarks.append("It answers the request of frame \(frame).")
        }
        return remarks
    }

    /// The data or message that is waited for.
    static func sentence(_ wait: Wait) -> String {
        switch wait {
        case .message(let role, let frame, let part):
            return "The \(name(of: role)) of frame \(frame) waits for \(words(for: part))."
        case .responses(1, let frame):
            return "The request of frame \(frame) waits for its response."
        case .responses(let count, let frame):
            return "\(count) requests wait for their responses, the first since frame \(frame)."
        case .bytes(let role, let length, let segments, let frame):
            let sender = role.map { $0 == .request ? "the client" : "the server" } ?? "one side"
            let missing = "\(length) \(length == 1 ? "byte" : "bytes") of \(sender)"
            guard let frame else { return "The FIN waits for \(missing)." }
            let waiting =
                segments == 1
                ? "The segment of frame \(frame) waits"
                : "\(segments) segments, the first in frame \(frame), wait"
            return "\(waiting) for \(missing)."
        }
    }

    private static func words(for part: MessagePartAwaited) -> String {
        switch part {
        case .endOfStartLine: "the end of its start line"
        case .endOfFieldLine: "the end of a field line"
        case .blankLine: "the blank line that ends its header section"
        case .content(let left): "\(left) \(left == 1 ? "byte" : "bytes") of content"
        case .close: "the close of the connection, which ends its content"
        case .chunkSize: "the size of the next chunk"
        case .chunkData(let left): "\(left) \(left == 1 ? "byte" : "bytes") of a chunk"
        case .endOfChunk: "the line end behind a chunk"
        case .endOfTrailer: "the blank line that ends its chunks and trailer section"
        }
    }
}
