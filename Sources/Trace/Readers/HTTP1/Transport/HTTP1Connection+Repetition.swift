import Bytes
import Findings
import HTTPWire
import Reassembly

// Bytes that came again are compared with the heads of the messages that are at hand: where a
// retransmission says something else, somebody wants an observer to see what the receiver does not.
// Content is not kept, and not compared.
extension HTTP1Connection {
    /// Compares bytes that came again with those that were taken; what disagrees is noted when the
    /// stream is settled, behind what TCP has to say of the segment.
    mutating func compare(
        _ repeated: RepeatedPayload,
        _ bytes: Span<UInt8>,
        _ assembler: borrowing ExchangeAssembler
    ) {
        guard let conflict = conflict(of: repeated, bytes, assembler) else { return }
        aftermath.conflicts.append((repeated.direction, conflict))
    }

    /// Notes what disagreed.
    mutating func noteConflicts(_ assembler: inout ExchangeAssembler) {
        while let direction = aftermath.conflicts.first?.direction {
            note(OddSegment(.conflictingOverlap, direction), nil, &assembler)
        }
    }

    /// Both versions of the bytes of a conflict, where they were found in what is kept of messages.
    mutating func takeVersions(of odd: OddSegment) -> FindingDetail? {
        guard odd.oddity == .conflictingOverlap,
            let index = aftermath.conflicts.firstIndex(where: { $0.direction == odd.direction })
        else { return nil }
        let conflict = aftermath.conflicts.remove(at: index).conflict
        return .versions(first: conflict.first, later: conflict.later)
    }

    /// How repeated bytes differ from those that were taken; `nil` where they do not, or where these
    /// are not kept.
    private func conflict(
        of repeated: RepeatedPayload,
        _ bytes: Span<UInt8>,
        _ assembler: borrowing ExchangeAssembler
    ) -> OverlapConflict? {
        repeated.direction == facts.clientDirection
            ? conflictWithRequests(repeated, bytes, assembler)
            : conflictWithResponses(repeated, bytes, assembler)
    }

    private func conflictWithRequests(
        _ repeated: RepeatedPayload,
        _ bytes: Span<UInt8>,
        _ assembler: borrowing ExchangeAssembler
    ) -> OverlapConflict? {
        if requests.parser.isInsideMessage, let begin = requests.begin,
            let conflict = requests.parser.head.conflict(at: begin.offset, repeated, bytes)
        {
            return conflict
        }
        for position in pairer.positions.reversed() {
            let item = pairer[position]
            guard item.requestProgress == .done else { continue }
            let request = assembler.exchanges[item.slot].heldRequest
            if let conflict = request.head.conflict(at: item.requestOffset, repeated, bytes) {
                return conflict
            }
            if item.requestOffset <= repeated.offset { return nil }
        }
        return nil
    }

    private func conflictWithResponses(
        _ repeated: RepeatedPayload,
        _ bytes: Span<UInt8>,
        _ assembler: borrowing ExchangeAssembler
    ) -> OverlapConflict? {
        guard let begin = responses.begin else { return nil }
        if responses.parser.isInsideMessage {
            return responses.parser.head.conflict(at: begin.offset, repeated, bytes)
        }
        guard let lastFinished = aftermath.lastFinished,
            let response = assembler.exchange(lastFinished)?.response,
            response.firstFrame == begin.frame.number
        else { return nil }
        return response.head.conflict(at: begin.offset, repeated, bytes)
    }
}

extension MessageHead {
    /// How repeated bytes differ from this head, which begins at `start` in the stream.
    fileprivate func conflict(
        at start: Int,
        _ repeated: RepeatedPayload,
        _ again: Span<UInt8>
    ) -> OverlapConflict? {
        let lower = max(start, repeated.offset)
        let upper = min(start + bytes.count, repeated.offset + again.count)
        guard lower < upper, !isShortened else { return nil }
        let later = [UInt8](
            copying: again.extracting(lower - repeated.offset..<upper - repeated.offset)
        )
        return OverlapConflict(first: bytes[lower - start..<upper - start], later: later[...])
    }

    /// Whether bytes were left out of it, so that offsets in it are not those in the stream.
    private var isShortened: Bool { findings.contains { $0.code == .headerSectionTooLarge } }
}
