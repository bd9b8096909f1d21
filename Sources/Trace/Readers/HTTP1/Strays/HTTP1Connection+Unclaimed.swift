import Bytes
import Findings
import HTTPWire
import Reassembly

// Bytes on a connection with HTTP that belong to no message.
extension HTTP1Connection {
    /// Counts bytes that belong to no message, and says so with the message in front of them.
    mutating func noteUnclaimed(
        _ count: Int,
        in parser: MessageParser,
        _ assembler: inout ExchangeAssembler
    ) {
        if parser.isSwitched || switching.isSwitched {
            return noteSwitched(count, Span(), from: parser.role)
        }
        account.counts.unclaimed += count
        if parser.role == .request, let rejectedBegin = requests.rejectedBegin {
            noteUnread(count, parser.passedOver, from: rejectedBegin)
        }
        // Where the capture lacks the head in front of them, or a part of it, they may be content.
        guard !parser.isPlaceLost, !parser.isBehindGap else { return }
        let bytes = UnclaimedBytes(
            frame: frameOfUnclaimed(in: parser),
            length: count,
            first: parser.passedOver
        )
        guard hasHTTP else {
            // Whether it is HTTP at all is known with the first message only.
            if account.earlyUnclaimed == nil {
                account.earlyUnclaimed = bytes
            } else {
                account.earlyUnclaimed?.length += count
            }
            return
        }
        let (code, position) = judge(parser.role)
        if code == .unrecognizedResponse, let position {
            return noteForeign(count, position, &assembler)
        }
        noteStreamFinding(Finding(code, detail: .unclaimed(bytes)), at: position, &assembler)
    }

    /// The frame with the first of them; blank lines are told of with the latest.
    private func frameOfUnclaimed(in parser: MessageParser) -> Int {
        let isRequest = parser.role == .request
        let begin = isRequest ? requests.begin?.frame : responses.begin?.frame
        let last = isRequest ? requests.lastFrame : responses.lastFrame
        return (parser.passedOver.isEmpty ? last : begin)?.number ?? 0
    }

    /// What bytes of one side that belong to no message come to, and the exchange that they hit.
    private mutating func judge(_ role: MessageRole) -> (FindingCode, Int?) {
        guard role == .response else { return (.contentAfterMessage, nil) }
        if let waiting = pairer.firstUnanswered(), let begin = responses.begin,
            pairer[waiting].requestOffset < begin.acknowledged
        {
            return (.unrecognizedResponse, waiting)
        }
        let code: FindingCode =
            responses.lastHasNoContent ? .contentInBodylessResponse : .contentAfterMessage
        return (code, pairer.lastAnswered)
    }
}
