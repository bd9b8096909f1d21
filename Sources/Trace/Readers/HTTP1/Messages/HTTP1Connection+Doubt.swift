import Bytes
import Findings
import HTTPWire

// What is said, and what is not taken for granted, where the capture may lack messages.
extension HTTP1Connection {
    /// What the parser is told of the request that the response at hand answers.
    func answering(_ position: Int, isMatched: Bool) -> AnsweredRequest {
        let answering = pairer[position].answering
        switch answering {
        case .ordinary, .head:
            return isMatched && !pairer.isInDoubt(position) ? answering : .unknown
        case .connect, .withoutVersion, .unknown: return answering
        }
    }

    /// Says of a response whether it may belong to another request than the one at `position`, or,
    /// where it was given to none, to one that is known.
    func noteDoubt(
        _ position: Int,
        isMatched: Bool,
        _ begin: Moment,
        _ assembler: inout ExchangeAssembler
    ) {
        let other: Int?
        if isMatched {
            guard pairer.isInDoubt(position) else { return }
            other = pairer.isAnother(behind: position, begin.acknowledged) ? position + 1 : nil
        } else {
            guard let open = firstAsked(begin.acknowledged) else { return }
            other = open
        }
        let detail = other.flatMap { requestLine($0, assembler.exchanges) }
        assembler.exchanges[pairer[position].slot].findings.note(
            Finding(.uncertainPairing, detail: detail.map(FindingDetail.excerpt))
        )
    }

    /// The first request without response that the server had received so far.
    private func firstAsked(_ acknowledged: Int) -> Int? {
        pairer.positions.first {
            pairer[$0].isUnanswered && pairer[$0].requestOffset < acknowledged
        }
    }

    /// The start line of an open request, as far as it is there and worth keeping.
    private func requestLine(_ position: Int, _ exchanges: borrowing ExchangeStore) -> [UInt8]? {
        guard pairer.positions.contains(position), pairer[position].requestProgress == .done else {
            return nil
        }
        let head = exchanges[pairer[position].slot].heldRequest.head
        let line = head.startLine.line
        let end = line.upperBound - head.startLine.ending.length
        return Array(head.bytes[line.lowerBound..<end].prefix(FindingDetail.limit))
    }

    /// Whether the server owes one more response than the one at hand, by what it had received.
    mutating func isAnswerDue(_ acknowledged: Int) -> Bool {
        // It has received something since, and what it had received before is not known either.
        if responses.parser.isContentInDoubt, responses.parser.answering == .unknown,
            let responseBegin = responses.begin,
            acknowledged > responseBegin.acknowledged
        {
            return true
        }
        if let next = pairer.firstUnanswered() {
            return pairer[next].requestOffset < acknowledged
        }
        return pairer.doubt.unseenRequests > 0 && pairer.doubt.unseenBegin < acknowledged
    }

    /// A response whose request may have been HEAD has no content where the client goes on behind
    /// its head.
    mutating func endDoubtedResponse(_ moment: Moment, _ assembler: inout ExchangeAssembler) {
        guard responses.parser.isContentInDoubt, responses.parser.answering == .unknown,
            moment.acknowledged == responses.delivered,
            let event = responses.parser.endWithoutContent()
        else { return }
        take(response: event, Span(), moment, &assembler)
        if assembler.recorder != nil { record(event, by: responses.parser, moment, &assembler) }
    }
}
