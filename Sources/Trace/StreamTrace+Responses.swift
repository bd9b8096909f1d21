import Bytes
import Findings
import HTTPWire
import Packets
import Reassembly

extension StreamTrace {
    mutating func feedResponses(
        _ bytes: Span<UInt8>,
        _ moment: Moment,
        _ collector: inout TraceCollector
    ) {
        if !bytes.isEmpty { lastResponseFrame = moment.arrival }
        var position = 0
        while true {
            let before = position
            guard let event = responses.next(in: bytes, at: &position) else { return }
            var now = moment
            if case .begin = event {
                now.offset += position - responses.offset
            } else {
                now.offset += before
            }
            take(response: event, bytes, now, &collector)
        }
    }

    mutating func interrupt(
        responses cause: Interruption,
        _ moment: Moment,
        _ collector: inout TraceCollector
    ) {
        let nothing: [UInt8] = []
        while let event = responses.interrupt(cause) {
            take(response: event, nothing.span, moment, &collector)
        }
        feedResponses(nothing.span, moment, &collector)
    }

    private mutating func take(
        response event: MessageEvent,
        _ bytes: Span<UInt8>,
        _ moment: Moment,
        _ collector: inout TraceCollector
    ) {
        switch event {
        case .begin:
            responseBegin = moment
            if isAnswerWithoutHead() { responses.answering = .withoutVersion }
        case .head: beginResponse(moment, &collector)
        case .content(let range):
            guard let position = pairer.responsePosition else { return }
            let limit = options.contentLimit
            pairer[position].exchange.response?.add(bytes.extracting(range), limit: limit)
        case .end(let complete): endResponse(complete, moment, &collector)
        case .unclaimed(let count): noteUnclaimed(count, in: responses, &collector)
        case .switched: isSwitched = true
        }
    }

    /// The most interim responses that are kept with an exchange.
    private static let interimLimit = 64

    /// Whether the request that waits has no version, so that its answer may have no head.
    private mutating func isAnswerWithoutHead() -> Bool {
        if let waiting = pairer.firstUnanswered() {
            return pairer[waiting].answering == .withoutVersion
        }
        return requests.isInsideHead && requests.answeredBy == .withoutVersion
            && requests.isAwaitingFieldLine
    }

    private mutating func beginResponse(_ moment: Moment, _ collector: inout TraceCollector) {
        let begin = responseBegin ?? moment
        isInterim = responses.head.startLine.isInterim
        let match = findRequest(begin, &collector)
        let position = match ?? insertWithoutRequest()
        pairer.responsePosition = position
        responses.answering = pairer[position].answering
        if isInterim {
            // A flood of them is not kept: the last stands for all that follow.
            if pairer[position].exchange.interim.count == Self.interimLimit {
                pairer[position].exchange.interim.removeLast()
                let finding = Finding(.memoryLimitReached)
                pairer[position].exchange.findings.note(finding, folding: true)
            }
            pairer[position].exchange.interim.append(Message(begin: begin.frame))
            return
        }
        pairer[position].responseProgress = .begun
        pairer[position].exchange.response = Message(begin: begin.frame)
        if pairer[position].requestProgress == .begun {
            pairer[position].exchange.findings.note(Finding(.responseBeforeRequestComplete))
        }
    }

    /// Finds the request that the response at hand answers; one whose head has not ended is ended
    /// by the answer.
    private mutating func findRequest(
        _ begin: Moment,
        _ collector: inout TraceCollector
    ) -> Int? {
        let acknowledged = begin.acknowledged
        if let match = pairer.match(responseAt: begin.offset, acknowledged: acknowledged) {
            return match
        }
        guard !isInterim, pairer.firstUnanswered() == nil else { return nil }
        if requests.isInsideHead, let start = requestBegin, start.offset < acknowledged {
            interrupt(requests: .peerAnswered, begin, &collector)
        } else if let start = rejectedBegin, start.offset < acknowledged {
            reclaimRequest(from: start, begin, &collector)
        }
        return pairer.match(responseAt: begin.offset, acknowledged: acknowledged)
    }

    /// Bytes that did not look like a request were answered by HTTP: they were meant as one.
    private mutating func reclaimRequest(
        from start: Moment,
        _ begin: Moment,
        _ collector: inout TraceCollector
    ) {
        guard let reclaimed = requests.reclaimLine() else { return }
        unclaimed -= reclaimed
        requestBegin = start
        interrupt(requests: .peerAnswered, begin, &collector)
    }

    private mutating func insertWithoutRequest() -> Int {
        var item = OpenExchange(newExchange())
        let isUnseen = pairer.count == 0 || hasRequestGap
        item.exchange.absence = isUnseen ? .requestNotCaptured : .unsolicited
        hasRequestGap = false
        return pairer.insertWithoutRequest(item)
    }

    private mutating func endResponse(
        _ isComplete: Bool,
        _ moment: Moment,
        _ collector: inout TraceCollector
    ) {
        guard let position = pairer.responsePosition else { return }
        let head = responses.takeHead(replacement: collector.spareHead())
        let framing = responses.framing
        let last = lastResponseFrame ?? moment.frame
        pairer.responsePosition = nil
        if isInterim {
            let latest = pairer[position].exchange.interim.count - 1
            pairer[position].exchange.interim[latest].end(head, framing, isComplete, last)
            return
        }
        pairer[position].responseProgress = .done
        lastResponseHasNoContent = framing == .noContent
        pairer[position].exchange.response?.end(head, framing, isComplete, last)
        if framing == .switched { switchProtocol(position) }
    }

    private mutating func switchProtocol(_ position: Int) {
        isSwitched = true
        requests.switchProtocol()
        responses.switchProtocol()
        pairer[position].exchange.findings.note(Finding(.protocolSwitched))
        // The request may have been followed by the other protocol's bytes already.
        if pairer[position].requestProgress == .begun { pairer[position].requestProgress = .done }
    }
}

extension StartLine {
    /// Whether this is the status line of an interim response (RFC 9110 §15.2); 101 is a final one,
    /// as HTTP ends with it.
    var isInterim: Bool {
        guard let statusCode else { return false }
        return 100..<200 ~= statusCode && statusCode != 101
    }
}
