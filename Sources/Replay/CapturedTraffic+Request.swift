internal import HTTPWire
internal import Packets
package import Peers
internal import Reassembly
package import Trace

extension CapturedTraffic {
    /// The request of `exchange` as it was sent: its bytes in the segments that were captured.
    ///
    /// Where its sender waited for something of the other end (100 Continue, say), so does this.
    /// Bytes behind it that belong to no request are sent too: of a malformed one nobody can say
    /// which are its own.
    ///
    /// - Throws: ``ReplayError`` where the capture does not have all of it.
    package func requestSteps(
        of exchange: Exchange,
        keepsPauses: Bool = false
    ) throws(ReplayError) -> [ScriptStep] {
        guard let request = exchange.request else { throw .requestNotCaptured }
        if conversation.omitted > 0 {
            throw .tooLong(limit: TracerOptions().conversationLimit)
        }
        let own: Direction =
            exchange.client == conversation.forwardSource ? .forward : .backward
        let begin = request.streamOffset
        var sent = SentPart(range: begin..<end(of: exchange, request), keepsPauses: keepsPauses)
        for step in conversation.steps {
            switch step.event {
            case .bytes(own, let offset, let bytes): sent.add(bytes, at: offset, step.time)
            case .bytes: sent.isAnswered = true
            case .gap(own, let length):
                if sent.position >= begin + request.wireLength { return sent.steps }
                if sent.position + length > begin { throw .gap(length) }
                sent.position += length
            case .gap, .end, .reset: break
            }
        }
        return sent.steps
    }

    /// Where the next request begins, or another protocol; as far as anything was sent where neither
    /// does.
    private func end(of exchange: Exchange, _ request: Message) -> Int {
        let isSwitched =
            exchange.switched != nil || request.framing == .switched
            || exchange.response?.framing == .switched
        let next = exchanges.compactMap { $0.request?.streamOffset }
            .filter { $0 > request.streamOffset }.min()
        return isSwitched ? request.streamOffset + request.wireLength : next ?? .max
    }
}

/// What was sent of a part of a stream.
private struct SentPart {
    let range: Range<Int>
    let keepsPauses: Bool
    var steps: [ScriptStep] = []
    /// Whether the other end sent something since.
    var isAnswered = false
    /// How far the sender's stream is known.
    var position = 0
    private var last: Timestamp?

    init(range: Range<Int>, keepsPauses: Bool) {
        self.range = range
        self.keepsPauses = keepsPauses
    }

    /// Adds a segment, as far as it belongs to the part.
    mutating func add(_ bytes: [UInt8], at offset: Int, _ time: Timestamp) {
        position = offset + bytes.count
        let part = (offset..<position).clamped(to: range)
        guard !part.isEmpty else { return }
        if let last {
            let pause = time.nanoseconds(since: last)
            if isAnswered { steps.append(.expect(.anything)) }
            if keepsPauses, pause > 0 { steps.append(.pause(.nanoseconds(pause))) }
        }
        steps.append(.send(Array(bytes[part.lowerBound - offset..<part.upperBound - offset])))
        isAnswered = false
        last = time
    }
}
