internal import Bytes
internal import Findings
internal import HTTPWire
internal import Packets
internal import Trace

extension FrameExplanation {
    /// The layers and the TCP header in one line.
    var layerLine: String {
        guard case .segment(let segment) = content else { return layers.joined(separator: ", ") }
        return (layers + ["TCP " + segment.summary]).joined(separator: ", ")
    }

    /// Wireshark's line for the frame with default settings; `nil` where this cannot be told from
    /// here.
    var wireshark: String? {
        switch content {
        case .nothing, .stopped: nil
        case .fragment(let number):
            number.map { "Fragmented IP protocol, [Reassembled in #\($0)]." }
        case .segment(let segment): segment.wireshark(in: frame.number)
        }
    }
}

extension TCPSegment.Flags {
    /// The names of the control bits, as Wireshark lists them.
    var names: [String] {
        let all: [(TCPSegment.Flags, String)] = [
            (.fin, "FIN"), (.syn, "SYN"), (.rst, "RST"), (.psh, "PSH"), (.ack, "ACK"),
            (.urg, "URG"),
        ]
        return all.filter { contains($0.0) }.map(\.1)
    }
}

extension SegmentExplanation {
    /// Ports, flags and numbers, as Wireshark's list of packets has them.
    var summary: String {
        let flags = flags.names.joined(separator: ", ")
        let seq = " Seq=\(sequence)"
        let ack = acknowledgement.map { " Ack=\($0)" } ?? ""
        return "\(source.port) → \(destination.port) [\(flags)]\(seq)\(ack) Len=\(wireLength)"
    }

    fileprivate func wireshark(in number: Int) -> String? {
        guard wireLength > 0 else {
            let listed = ended.filter(\.isListedAtEnd).map { message in
                let line = EscapedText.escape(message.startLine.span.extracting(first: 60))
                return "It lists \"\(line)\" in this frame, with the FIN that ends it."
            }
            guard flags.contains(.fin) else { return marks + summary }
            return ([marks + summary] + listed).joined(separator: "\n")
        }
        if isRepeated {
            return """
                [TCP Retransmission] or one of its kinds (fast, spurious), and no HTTP: it does \
                not dissect bytes again.
                """
        }
        if isLate(number) {
            if let share = shares.first, shares.allSatisfy({ $0.bytes.count == $0.length }) {
                let line = share.shownLine
                return "[TCP Previous segment not captured]: it lists \"\(line)\" all the same."
            }
            return """
                [TCP Previous segment not captured], or [TCP Out-Of-Order]; with its default \
                settings it does not put such segments in order, and may miss the message.
                """
        }
        if payloadLength < wireLength, let share = shares.last, share.bytes.lowerBound == 0 {
            return "[Packet size limited during capture]: it lists \"\(share.shownLine)\" so."
        }
        let rows = shares.map { $0.wireshark(in: number) }
        if rows.isEmpty { return nil }
        guard fillsHole else { return rows.joined(separator: "\n") }
        return """
            [TCP Out-Of-Order] or [TCP Retransmission], as later bytes came first; with its \
            default settings it does not put such segments in order, and may miss the message.
            """
    }

    private var marks: String { oddities.contains(.zeroWindow) ? "[TCP ZeroWindow] " : "" }

    private var isRepeated: Bool {
        !pieces.isEmpty
            && pieces.allSatisfy { if case .repeated = $0.fate { true } else { false } }
    }

    private func isLate(_ number: Int) -> Bool {
        pieces.contains { piece in
            if case .delivered(in: let arrival) = piece.fate { arrival != number } else { false }
        }
    }
}

extension EndedMessage {
    /// Whether Wireshark lists the message at the end: one with a start line and no other end.
    fileprivate var isListedAtEnd: Bool { role == .response && isComplete && !startLine.isEmpty }
}

extension MessageShare {
    /// The start line, as far as there is room.
    fileprivate var shownLine: String {
        EscapedText.escape(startLine.span.extracting(first: 60))
    }

    /// When Wireshark lists the message, seen from one of the message's frames.
    fileprivate func wireshark(in number: Int) -> String {
        let line = shownLine
        guard isTerminated else {
            return """
                [TCP segment of a reassembled PDU]: it waits for the blank line, and never lists \
                "\(line)".
                """
        }
        if framing == .untilClose, role == .response {
            return """
                [TCP segment of a reassembled PDU]: it lists "\(line)" in the frame with the FIN.
                """
        }
        guard isComplete else {
            return """
                [TCP segment of a reassembled PDU]: it waits for the rest of "\(line)", which \
                never came.
                """
        }
        if number == lastFrame { return "It lists \"\(line)\" in this frame." }
        return "[TCP segment of a reassembled PDU]: it lists \"\(line)\" in frame \(lastFrame)."
    }
}
