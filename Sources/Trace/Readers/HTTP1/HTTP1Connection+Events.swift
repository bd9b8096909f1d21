import Findings
import HTTPWire
import Reassembly

extension HTTP1Connection {
    /// Takes the next event of the connection, but those with which a reader begins and ends.
    @inline(__always)
    mutating func receive(
        _ event: StreamEvent,
        _ bytes: Span<UInt8>,
        _ moment: Moment,
        _ collector: inout TraceCollector
    ) {
        switch event {
        case .bytes(let direction):
            feed(direction, bytes, moment, &collector)
            countFootprint(&collector)
        case .settled: settle(&collector)
        default: receiveUnusual(event, bytes, moment, &collector)
        }
    }

    /// Takes what happens seldom, out of the way of what every segment brings.
    @inline(never)
    private mutating func receiveUnusual(
        _ event: StreamEvent,
        _ bytes: Span<UInt8>,
        _ moment: Moment,
        _ collector: inout TraceCollector
    ) {
        switch event {
        case .gap(let direction, let length, let cause):
            skip(direction, length: length, cause: cause, moment, &collector)
        case .ended(let direction, let end): self.end(direction, end, moment, &collector)
        case .reset(let direction, let received):
            reset(by: direction, received: received, moment, &collector)
        case .unacknowledged(let direction): noteUnacknowledged(direction, &collector)
        case .oddity(let odd, let detail): note(odd, detail, &collector)
        case .finding(let code): noteStreamFinding(Finding(code), at: nil, &collector)
        case .waiting(let isWaiting): aftermath.isWaiting = isWaiting
        case .repeated(let repeated): compare(repeated, bytes, collector)
        case .moved(let moved): move(moved, moment.frame, &collector)
        case .memoryShort: noteShortage(&collector)
        case .givenUp: giveUp(moment, &collector)
        default: break
        }
    }
}
