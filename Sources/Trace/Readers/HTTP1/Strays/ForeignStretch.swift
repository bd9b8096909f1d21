import Findings
import HTTPWire

/// Bytes that came where a response is due and that are no message.
struct ForeignStretch: Sendable {
    /// The exchange whose response is due.
    let slot: Int
    /// Where they begin in the server's stream, in bytes, and the frame that brought the first.
    let begin: Int
    let frame: Int
    let first: [UInt8]
    var length = 0
}

extension HTTP1Connection {
    /// Notes bytes that came in place of the response to the request at `position`, once for all that
    /// come together.
    mutating func noteForeign(_ count: Int, _ position: Int, _ assembler: inout ExchangeAssembler) {
        guard let moment = responses.begin else { return }
        let slot = pairer[position].slot
        var stretch = ForeignStretch(
            slot: slot,
            begin: moment.offset,
            frame: moment.frame.number,
            first: responses.parser.firstForeignBytes
        )
        let isNew = account.foreignStretch?.slot != slot
        if !isNew, let known = account.foreignStretch { stretch = known }
        stretch.length += count
        account.foreignStretch = stretch
        pairer.doubt.unrecognized = stretch.begin..<stretch.begin + stretch.length
        let another = pairer.isAnother(behind: position, moment.acknowledged)
        if another { pairer.doubt.isOfResponses = true }
        let finding = Finding(
            .unrecognizedResponse,
            detail: .stretch(first: stretch.first, length: stretch.length, frame: stretch.frame)
        )
        let known = assembler.exchanges[slot].findings.lastIndex { $0.code == finding.code }
        if !isNew, let known {
            assembler.exchanges[slot].findings[known] = finding
        } else {
            assembler.exchanges[slot].findings.note(finding)
        }
    }
}
