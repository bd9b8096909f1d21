import Bytes
import Findings
import HTTPWire
import Packets
import Reassembly

/// The HTTP side of one connection: a parser for each direction, and the pairs they make.
struct StreamTrace: Sendable {
    let stream: Int
    /// Which way requests go.
    var clientDirection: Direction
    /// The end that sends in the forward direction, and the other.
    let forwardSource: Endpoint
    let backwardSource: Endpoint
    let options: TracerOptions

    var requests: MessageParser
    var responses: MessageParser
    var pairer = ExchangePairer()

    /// Where the message that is being read began, and the exchange it belongs to.
    var requestBegin: Moment?
    var responseBegin: Moment?
    var requestPosition: Int?
    var responsePosition: Int?
    var isInterim = false

    /// The frames that brought the latest bytes of each direction: a message that is ended by
    /// something else than its own bytes ended with these.
    var lastRequestFrame: FrameReference?
    var lastResponseFrame: FrameReference?

    /// What the connection's state adds to its first exchange.
    var connectTime: Int64?
    var hasHandshake = true

    /// A protocol by its first bytes.
    var guess: String?
    /// Whether the first bytes rule out that any HTTP will come.
    var isForeign = false
    /// Whether a message told that another protocol follows.
    var isSwitched = false

    /// Bytes delivered; those that belong to no message; those of another protocol.
    var delivered = 0
    var unclaimed = 0
    var switched = 0

    init(_ connection: TCPConnection, clientDirection: Direction, options: TracerOptions) {
        stream = connection.stream
        forwardSource = connection.forwardSource
        backwardSource = connection.backwardSource
        self.clientDirection = clientDirection
        self.options = options
        requests = MessageParser(role: .request, limits: options.parserLimits)
        responses = MessageParser(role: .response, limits: options.parserLimits)
        hasHandshake = connection.hasHandshake
        connectTime = connection.connectTime
    }

    var client: Endpoint { clientDirection == .forward ? forwardSource : backwardSource }
    var server: Endpoint { clientDirection == .forward ? backwardSource : forwardSource }

    /// Whether anything on the connection was read as HTTP.
    var hasHTTP: Bool { pairer.count > 0 }

    /// Whether a message or an exchange has begun and not ended.
    var isPending: Bool {
        !pairer.open.isEmpty || requests.isInsideMessage || responses.isInsideMessage
    }

    /// Takes the next bytes of a direction; `moment` is that of the first of them.
    mutating func feed(
        _ direction: Direction,
        _ bytes: Span<UInt8>,
        _ moment: Moment,
        _ collector: inout TraceCollector
    ) {
        if delivered == 0 {
            guess = ProtocolGuess.name(of: bytes)
            isForeign = guess == "TLS" || guess == "SSH"
        }
        delivered += bytes.count
        if isForeign {
            switched += bytes.count
            return
        }
        if !hasHTTP { reconsiderRoles(direction, bytes, moment, &collector) }
        if direction == clientDirection {
            feedRequests(bytes, moment, &collector)
        } else {
            feedResponses(bytes, moment, &collector)
        }
    }

    /// As long as no message was found, bytes that look like the other side's messages turn the
    /// roles round: neither the handshake nor the ports decide who speaks HTTP to whom.
    private mutating func reconsiderRoles(
        _ direction: Direction,
        _ bytes: Span<UInt8>,
        _ moment: Moment,
        _ collector: inout TraceCollector
    ) {
        let own: MessageRole = direction == clientDirection ? .request : .response
        let other: MessageRole = own == .request ? .response : .request
        guard !requests.isInsideMessage, !responses.isInsideMessage, !own.seemsToBegin(bytes),
            other.seemsToBegin(bytes)
        else { return }
        interrupt(requests: .captureEnded, moment, &collector)
        interrupt(responses: .captureEnded, moment, &collector)
        clientDirection = clientDirection.opposite
    }

    /// Takes note of bytes that were sent and are not in the capture.
    mutating func skip(
        _ direction: Direction,
        length: Int,
        cause: GapCause,
        _ moment: Moment,
        _ collector: inout TraceCollector
    ) {
        let code: FindingCode = cause == .cutFrame ? .frameCutBySnaplen : .captureGap
        if direction == clientDirection {
            noteStreamFinding(Finding(code), at: requestPosition)
            interrupt(requests: .gap(length), moment, &collector)
        } else {
            noteStreamFinding(Finding(code), at: responsePosition)
            pairer.noteGap(moment.offset..<moment.offset + length)
            interrupt(responses: .gap(length), moment, &collector)
        }
    }

    /// Takes note of the orderly end of a direction.
    mutating func end(
        _ direction: Direction,
        _ moment: Moment,
        _ collector: inout TraceCollector
    ) {
        if direction == clientDirection {
            interrupt(requests: .endOfStream, moment, &collector)
        } else {
            interrupt(responses: .endOfStream, moment, &collector)
            closeUnanswered(.connectionClosed)
        }
    }

    /// Takes note of a reset.
    mutating func reset(_ moment: Moment, _ collector: inout TraceCollector) {
        for position in pairer.open.indices {
            pairer[position].exchange.findings.note(Finding(.reset), folding: true)
        }
        interrupt(requests: .reset, moment, &collector)
        interrupt(responses: .reset, moment, &collector)
        closeUnanswered(.connectionReset)
    }

    /// Ends everything: no more frames of the connection will come.
    mutating func finish(
        _ absence: Absence,
        _ moment: Moment,
        _ collector: inout TraceCollector
    ) {
        interrupt(requests: .captureEnded, moment, &collector)
        interrupt(responses: .captureEnded, moment, &collector)
        closeUnanswered(absence)
        settle(&collector)
        settleBytes(&collector)
    }

    private mutating func settleBytes(_ collector: inout TraceCollector) {
        collector.summary.ledger.message += delivered - unclaimed - switched
        if hasHTTP {
            collector.summary.ledger.unclaimed += unclaimed
            collector.summary.ledger.notHTTP += switched
        } else {
            collector.summary.ledger.notHTTP += unclaimed + switched
            collector.summary.otherStreams[guess ?? "unknown", default: 0] += 1
        }
        collector.count(pairer.pendingFindings)
    }

    /// Says of the requests without response why there is none.
    private mutating func closeUnanswered(_ absence: Absence) {
        for position in pairer.open.indices where pairer[position].isUnanswered {
            pairer[position].exchange.absence = absence
        }
    }

    /// Hands over the exchanges that are finished.
    mutating func settle(_ collector: inout TraceCollector) {
        guard !pairer.open.isEmpty else { return }
        let client = client
        let server = server
        let (before, after) = (pairer.open.count, requestPosition)
        var finished: [Exchange] = []
        pairer.takeSettled { finished.append($0) }
        guard pairer.open.count < before else { return }
        requestPosition = after.flatMap { _ in pairer.open.lastIndex { $0.requestProgress == .begun } }
        responsePosition = pairer.open.firstIndex { $0.responseProgress == .begun }
        for var exchange in finished {
            exchange.client = client
            exchange.server = server
            complete(&exchange)
            collector.finish(exchange)
        }
    }

    /// Notes a finding about the stream with the exchange it hits: the one at `position`, else the
    /// latest that is open, else the next.
    mutating func noteStreamFinding(_ finding: Finding, at position: Int?) {
        if let position = position ?? pairer.open.indices.last {
            pairer[position].exchange.findings.note(finding, folding: true)
        } else {
            pairer.pendingFindings.note(finding, folding: true)
        }
    }
}
