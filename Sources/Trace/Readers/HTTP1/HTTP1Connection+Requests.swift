import Bytes
import Findings
import HTTPWire
import Reassembly

extension HTTP1Connection {
    mutating func feedRequests(
        _ bytes: Span<UInt8>,
        _ moment: Moment,
        _ collector: inout TraceCollector
    ) {
        if isAnsweredEarly, !bytes.isEmpty, dispute(bytes, moment, &collector) { return }
        if !bytes.isEmpty {
            lastRequestFrame = moment.arrival
            if cutRequestFrame != nil { expectRequest(bytes, moment, collector) }
            requests.noteSegment()
        }
        var position = 0
        while true {
            let before = position
            guard let event = requests.next(in: bytes, at: &position) else { return }
            var now = moment
            if case .begin = event {
                now.offset += position - requests.offset - requests.replayLength
            } else {
                now.offset += before
            }
            if case .unclaimed(let count) = event, isSwitched || requests.isSwitched {
                noteSwitched(count, bytes.extracting(before..<position), from: .request)
            } else {
                take(request: event, bytes, now, &collector)
            }
            if collector.recorder != nil { record(event, by: requests, moment, &collector) }
        }
    }

    mutating func interrupt(
        requests cause: Interruption,
        _ moment: Moment,
        _ collector: inout TraceCollector
    ) {
        if held != nil { releaseHeld(&collector) }
        if !disputed.isEmpty { readDisputed(asRequest: false, &collector) }
        let nothing: [UInt8] = []
        let outer = self.cause
        self.cause = cause
        while let event = requests.interrupt(cause) {
            take(request: event, nothing.span, moment, &collector)
            if collector.recorder != nil { record(event, by: requests, moment, &collector) }
        }
        // A gap may have ended exactly where the content does.
        feedRequests(nothing.span, moment, &collector)
        self.cause = outer
    }

    private mutating func take(
        request event: MessageEvent,
        _ bytes: Span<UInt8>,
        _ moment: Moment,
        _ collector: inout TraceCollector
    ) {
        switch event {
        case .begin:
            requestBegin = moment
            if rejectedBegin == nil {
                rejectedBegin = moment
                let isAsked = responses.isInsideMessage || pairer.firstUnanswered() != nil
                idleBeforeRequest = isAsked ? nil : idleSince
            }
            giveUpForeignResponse(moment, &collector)
            seal(&collector)
        case .head: beginRequest(moment, &collector)
        case .content(let range): keepRequest(bytes.extracting(range), moment, &collector)
        case .heldContent:
            let held = requests.heldBytes
            keepRequest(held.span, moment, &collector)
        case .end(let complete): endRequest(complete, moment, &collector)
        case .unclaimed(let count): noteUnclaimed(count, in: requests, &collector)
        case .switched: notePreface(moment, &collector)
        }
    }

    /// Keeps content of the request at hand, as far as it is to be kept.
    private mutating func keepRequest(
        _ content: Span<UInt8>,
        _ moment: Moment,
        _ collector: inout TraceCollector
    ) {
        guard let position = pairer.requestPosition else { return }
        if expecting != nil { endExpectation(moment, &collector) }
        let slot = pairer[position].slot
        let limit = options.contentLimit(isCoded: requests.isContentCoded)
        let kept = collector.exchanges[slot].heldRequest.add(content, limit: limit)
        collector.count(kept, keptIn: slot)
    }

    /// Decides about bytes behind the last response before the client goes on: with a request that
    /// they cannot answer, they belong to what is over, or are what the one before was answered.
    private mutating func giveUpForeignResponse(
        _ moment: Moment,
        _ collector: inout TraceCollector
    ) {
        guard responses.isInsideStartLine else { return }
        let isOver = pairer.firstUnanswered() == nil && lastFinished != nil
        guard isOver || moment.acknowledged == serverOffset,
            let count = responses.giveUpForeignLine()
        else { return }
        noteUnclaimed(count, in: responses, &collector)
        if collector.recorder != nil {
            record(.unclaimed(count), by: responses, moment, &collector)
        }
    }

    private mutating func beginRequest(_ moment: Moment, _ collector: inout TraceCollector) {
        if isSwitchDoubtful { resumeHTTP(&collector) }
        let begin = requestBegin ?? moment
        rejectedBegin = nil
        if responses.isContentInDoubt { endDoubtedResponse(begin, &collector) }
        if unread != nil { unread = nil }
        let slot = openExchange(&collector.exchanges)
        var item = OpenExchange(slot: slot)
        item.requestProgress = .begun
        item.requestOffset = begin.offset
        item.requestAcknowledged = begin.acknowledged
        item.answering = requests.answeredBy
        collector.count(ExchangeStore.costOfExchange, keptIn: slot)
        collector.exchanges[slot].hasRequest = true
        let blankLines = requests.head.startLine.line.lowerBound
        collector.exchanges[slot].heldRequest.begin(begin, behind: blankLines)
        collector.exchanges[slot].timing.blocked = Timing.span(
            from: idleBeforeRequest,
            to: begin.frame.timestamp
        )
        // An earlier request is unanswered, and nothing was received since it was sent.
        if let last = pairer.positions.last, pairer[last].isUnanswered,
            pairer[last].requestAcknowledged == begin.acknowledged
        {
            collector.exchanges[slot].findings.note(Finding(.pipelined))
        }
        hasRequestGap = false
        pairer.requestPosition = pairer.append(item, quiet(at: begin))
        expecting = requests.awaitsContinue ? moment.arrival : nil
    }

    /// What was under way when a request was sent.
    private func quiet(at begin: Moment) -> ExchangePairer.Quiet {
        ExchangePairer.Quiet(
            hasReceivedAll: begin.acknowledged == serverOffset && !responses.isInsideMessage,
            isAskedAll: serverAcknowledged >= begin.offset
        )
    }

    private mutating func endRequest(
        _ isComplete: Bool,
        _ moment: Moment,
        _ collector: inout TraceCollector
    ) {
        guard let position = pairer.requestPosition else { return }
        let last = lastRequestFrame ?? moment.frame
        let isEndKnown = cause?.leavesEndKnown(isInCutFrame) ?? !requests.isEndedByNext
        pairer[position].requestProgress = .done
        isAnsweredEarly = false
        expecting = nil
        let slot = pairer[position].slot
        collector.count(requests.headFootprint, keptIn: slot)
        collector.exchanges[slot].heldRequest.end(
            &requests,
            isComplete,
            isEndKnown: isEndKnown,
            last
        )
        if collector.cutRecorder != nil {
            noteCuts(isRequest: true, pairer[position].slot, &collector)
        }
        if requests.isContentCoded {
            let given = collector.exchanges[slot].heldRequest.tryDecoding(options)
            collector.count(-given, keptIn: slot)
        }
        // Content may have followed the response.
        if pairer[position].responseProgress == .done, isEndKnown { idleSince = last.timestamp }
        pairer.requestPosition = nil
    }
}

extension Interruption {
    /// Whether the last byte that came before it is the last that was sent of the message; of a frame
    /// that was cut it is known when its bytes came.
    func leavesEndKnown(_ isInCutFrame: Bool) -> Bool {
        switch self {
        case .peerAnswered, .endOfStream, .reset, .idle: true
        case .gap, .captureEnded: isInCutFrame
        }
    }
}
