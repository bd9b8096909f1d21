import Findings
import HTTPWire

/// What comes out of a tracer: finished exchanges, and the sums over the whole capture.
struct TraceCollector: Sendable {
    /// Exchanges that were finished and not yet taken.
    var finished: [Exchange] = []

    /// The sums so far.
    var summary = TraceSummary()

    /// Heads of exchanges that were taken, whose storage is used again.
    private var spareHeads: [MessageHead] = []

    /// An empty head, with storage where there is some to spare.
    mutating func spareHead() -> MessageHead { spareHeads.popLast() ?? MessageHead() }

    /// Takes a finished exchange.
    mutating func finish(_ exchange: consuming Exchange) {
        summary.exchanges += 1
        count(exchange.findings)
        if let request = exchange.request { count(request.head.findings) }
        if let response = exchange.response { count(response.head.findings) }
        for message in exchange.interim { count(message.head.findings) }
        finished.append(exchange)
    }

    /// Counts findings by code.
    mutating func count(_ findings: [Finding]) {
        for finding in findings { summary.findings[finding.code, default: 0] += finding.occurrences }
    }

    /// Lends each finished exchange to `body`, in order, and forgets them.
    mutating func drain(_ body: (borrowing Exchange) -> Void) {
        for index in finished.indices {
            body(finished[index])
            let request = finished[index].request.take()
            let response = finished[index].response.take()
            keepHead(of: request)
            keepHead(of: response)
        }
        finished.removeAll(keepingCapacity: true)
    }

    private mutating func keepHead(of message: consuming Message?) {
        guard spareHeads.count < 256, var head = message.take()?.head else { return }
        head.reset()
        spareHeads.append(head)
    }
}
