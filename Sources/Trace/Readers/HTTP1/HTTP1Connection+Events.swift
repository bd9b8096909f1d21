import Findings
import HTTPWire
import Reassembly

extension HTTP1Connection: ConnectionReader {
    @inline(__always)
    mutating func receive(
        _ event: StreamEvent,
        _ bytes: Span<UInt8>,
        _ moment: Moment,
        _ assembler: inout ExchangeAssembler
    ) -> Bool {
        switch event {
        case .bytes(let direction):
            feed(direction, bytes, moment, &assembler)
            countFootprint(&assembler)
        case .settled: settle(&assembler)
        default: receiveUnusual(event, bytes, moment, &assembler)
        }
        return choice.isForeign && isOpaque
    }

    /// Takes what happens seldom, out of the way of what every segment brings.
    @inline(never)
    private mutating func receiveUnusual(
        _ event: StreamEvent,
        _ bytes: Span<UInt8>,
        _ moment: Moment,
        _ assembler: inout ExchangeAssembler
    ) {
        switch event {
        case .gap(let direction, let length, let cause):
            skip(direction, length: length, cause: cause, moment, &assembler)
        case .ended(let direction, let end): self.end(direction, end, moment, &assembler)
        case .reset(let direction, let received):
            reset(by: direction, received: received, moment, &assembler)
        case .unacknowledged(let direction): noteUnacknowledged(direction, &assembler)
        case .oddity(let odd, let detail): note(odd, detail, &assembler)
        case .finding(let code): noteStreamFinding(Finding(code), at: nil, &assembler)
        case .waiting(let isWaiting): aftermath.isWaiting = isWaiting
        case .repeated(let repeated): compare(repeated, bytes, assembler)
        case .moved(let moved): move(moved, moment.frame, &assembler)
        case .memoryShort: noteShortage(&assembler)
        case .givenUp: giveUp(moment, &assembler)
        default: break
        }
    }
}

extension HTTP1Connection {
    /// Whether nothing that ends which have begun otherwise may say is read as HTTP any more.
    private var isOpaque: Bool {
        !hasHTTP && !isPending && !choice.mayReturn
            && choice.withheld == nil && choice.held == nil && account.countedFootprint == 0
    }
}
