import Findings
import HTTPWire
import Packets
import Reassembly

extension FrameRecorder {
    /// Takes note of an exchange that is over: its messages may be those of frames that were asked
    /// about.
    mutating func take(_ exchange: Exchange) {
        guard isInterested(in: exchange.stream) else { return }
        if let request = exchange.request {
            share(request, .request, exchange, counterpart: exchange.response)
        }
        for message in exchange.interim {
            share(message, .response, exchange, counterpart: exchange.request, isInterim: true)
        }
        if let response = exchange.response {
            share(response, .response, exchange, counterpart: exchange.request)
        }
    }

    private mutating func share(
        _ message: Message,
        _ role: MessageRole,
        _ exchange: Exchange,
        counterpart: Message?,
        isInterim: Bool = false
    ) {
        for direction in Direction.allCases {
            for index in stories(of: Flow(stream: exchange.stream, direction: direction)) {
                guard case .segment(var segment) = stories[index].explanation.content,
                    let record = stories[index].messages.first(where: {
                        $0.begin == message.streamOffset
                    }),
                    let delivered = stories[index].delivered,
                    delivered.overlaps(record.begin..<record.begin + record.length),
                    segment.source == (role == .request ? exchange.client : exchange.server)
                else { continue }
                var share = MessageShare(
                    record,
                    in: delivered,
                    contents: stories[index].contents,
                    of: message,
                    role
                )
                share.exchange = exchange.index
                share.isInterim = isInterim
                share.counterpartFrame = counterpart?.firstFrame
                share.endsRequest =
                    role == .response && !isInterim && counterpart?.head.isTerminated == false
                segment.role = role
                segment.shares.append(share)
                stories[index].explanation.content = .segment(segment)
            }
        }
    }

    /// The explanations in the order of the frames; to be asked for once the trace has ended.
    var explanations: [FrameExplanation] {
        stories.map { story in
            var explanation = story.explanation
            guard case .segment(var segment) = explanation.content else { return explanation }
            segment.shares.sort { $0.streamOffset < $1.streamOffset }
            segment.pieces = Self.pieces(of: segment, story.fates)
            segment.foreign = Self.foreign(in: segment, story.messages)
            explanation.content = .segment(segment)
            return explanation
        }
        .sorted { $0.frame.number < $1.frame.number }
    }

    /// The payload by fate: what is known to have come before counts only where it was not
    /// delivered.
    private static func pieces(
        of segment: SegmentExplanation,
        _ fates: [(range: Range<Int>, fate: PayloadPiece.Fate)]
    ) -> [PayloadPiece] {
        let start = segment.streamOffset
        var rest = [segment.streamRange].filter { !$0.isEmpty }
        var pieces: [PayloadPiece] = []
        let deliveredFirst =
            fates.filter { !$0.fate.isRepeat } + fates.filter(\.fate.isRepeat)
        for (range, fate) in deliveredFirst {
            rest = rest.flatMap { part -> [Range<Int>] in
                let known = part.clamped(to: range)
                guard !known.isEmpty else { return [part] }
                let bytes = known.lowerBound - start..<known.upperBound - start
                pieces.append(PayloadPiece(bytes: bytes, fate: fate))
                let left = [
                    part.lowerBound..<known.lowerBound, known.upperBound..<part.upperBound,
                ]
                return left.filter { !$0.isEmpty }
            }
        }
        pieces += rest.map { part in
            let bytes = part.lowerBound - start..<part.upperBound - start
            return PayloadPiece(bytes: bytes, fate: .ignored)
        }
        return pieces.sorted { $0.bytes.lowerBound < $1.bytes.lowerBound }
    }

    /// What was delivered and lies in no message.
    private static func foreign(
        in segment: SegmentExplanation,
        _ messages: [MessageRecord]
    ) -> [Range<Int>] {
        let start = segment.streamOffset
        let delivered = segment.pieces.compactMap { piece -> Range<Int>? in
            guard case .delivered = piece.fate else { return nil }
            return piece.bytes.lowerBound + start..<piece.bytes.upperBound + start
        }
        let left = messages.reduce(delivered) { rest, message in
            rest.flatMap { $0.subtracting(message.begin..<message.begin + message.length) }
        }
        return left.map { $0.lowerBound - start..<$0.upperBound - start }
    }
}

extension FrameRecorder.Story {
    /// The part of the stream that the frame brought: what it repeats is another frame's.
    fileprivate var delivered: Range<Int>? {
        fates.reduce(nil) { whole, part in
            guard case .delivered = part.fate else { return whole }
            guard let whole else { return part.range }
            let start = Swift.min(whole.lowerBound, part.range.lowerBound)
            return start..<Swift.max(whole.upperBound, part.range.upperBound)
        }
    }
}

extension Range<Int> {
    /// What is left of it without `other`.
    fileprivate func subtracting(_ other: Range<Int>) -> [Range<Int>] {
        let common = clamped(to: other)
        guard !common.isEmpty else { return isEmpty ? [] : [self] }
        let left = [lowerBound..<common.lowerBound, common.upperBound..<upperBound]
        return left.filter { !$0.isEmpty }
    }
}

extension PayloadPiece.Fate {
    fileprivate var isRepeat: Bool { if case .repeated = self { true } else { false } }
}
