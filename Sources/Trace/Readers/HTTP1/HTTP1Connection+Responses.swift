import Bytes
import Findings
import HTTPWire
import Packets
import Reassembly

extension HTTP1Connection {
    mutating func feedResponses(
        _ bytes: Span<UInt8>,
        _ moment: Moment,
        _ collector: inout TraceCollector
    ) {
        if !bytes.isEmpty {
            lastResponseFrame = moment.arrival
            if isBehindCutResponse { expectResponse(bytes, moment) }
            serverOffset = moment.offset + bytes.count
            serverAcknowledged = moment.acknowledged
            responses.noteSegment()
            if responses.isContentInDoubt {
                responses.isAnswerDue = isAnswerDue(moment.acknowledged)
            }
        }
        var position = 0
        while true {
            let before = position
            guard let event = responses.next(in: bytes, at: &position) else { return }
            var now = moment
            if case .begin = event {
                now.offset += position - responses.offset - responses.replayLength
            } else {
                now.offset += before
            }
            if case .unclaimed(let count) = event, isSwitched {
                noteSwitched(count, bytes.extracting(before..<position), from: .response)
            } else {
                take(response: event, bytes, now, &collector)
            }
            if collector.recorder != nil { record(event, by: responses, moment, &collector) }
        }
    }

    mutating func interrupt(
        responses cause: Interruption,
        _ moment: Moment,
        _ collector: inout TraceCollector
    ) {
        let nothing: [UInt8] = []
        let outer = self.cause
        self.cause = cause
        while let event = responses.interrupt(cause) {
            take(response: event, nothing.span, moment, &collector)
            if collector.recorder != nil { record(event, by: responses, moment, &collector) }
        }
        feedResponses(nothing.span, moment, &collector)
        self.cause = outer
    }

    mutating func take(
        response event: MessageEvent,
        _ bytes: Span<UInt8>,
        _ moment: Moment,
        _ collector: inout TraceCollector
    ) {
        switch event {
        case .begin:
            responseBegin = moment
            responses.isAnswerAwaited = pairer.firstUnanswered() != nil || requests.isInsideHead
            if isAnswerWithoutHead() { responses.answering = .withoutVersion }
        case .head: beginResponse(moment, &collector)
        case .content(let range): keepResponse(bytes.extracting(range), &collector)
        case .heldContent:
            let held = responses.heldBytes
            keepResponse(held.span, &collector)
        case .end(let complete): endResponse(complete, moment, &collector)
        case .unclaimed(let count): noteUnclaimed(count, in: responses, &collector)
        case .switched: break
        }
    }

    /// Keeps content of the response at hand, as far as it is to be kept.
    private mutating func keepResponse(
        _ content: Span<UInt8>,
        _ collector: inout TraceCollector
    ) {
        guard let position = pairer.responsePosition else { return }
        let slot = pairer[position].slot
        let limit = options.contentLimit(isCoded: responses.isContentCoded)
        let kept = collector.exchanges[slot].heldResponse.add(content, limit: limit)
        collector.count(kept, keptIn: slot)
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
        if isSwitchDoubtful { resumeHTTP(&collector) }
        let begin = responseBegin ?? moment
        isAnswerInGap = false
        isInterim = responses.head.startLine.isInterim
        let blankLines = responses.head.startLine.line.lowerBound
        let (position, isMatched) = findExchange(begin, &collector)
        let slot = pairer[position].slot
        pairer.responsePosition = position
        responses.answering = answering(position, isMatched: isMatched)
        if hasLeft(before: begin.frame.number) { hasLateResponse = true }
        if expecting != nil { endExpectation(answeredAt: position, begin, &collector) }
        if isInterim {
            // A flood of them is not kept: the last stands for all that follow.
            if collector.exchanges[slot].interim.count == Self.interimLimit {
                collector.exchanges[slot].interim.removeLast()
                let finding = Finding(.memoryLimitReached)
                collector.exchanges[slot].findings.note(finding, folding: true)
            }
            let message = Message(begin: begin, behind: blankLines)
            collector.exchanges[slot].interim.append(message)
            collector.count(MemoryLayout<Message>.stride, keptIn: slot)
            return
        }
        noteDoubt(position, isMatched: isMatched, begin, &collector)
        foreignStretch = nil
        pairer.doubt.unrecognized = nil
        pairer[position].responseProgress = .begun
        responses.isAnswerDue = isAnswerDue(begin.acknowledged)
        collector.exchanges[slot].hasResponse = true
        collector.exchanges[slot].heldResponse.begin(begin, behind: blankLines)
        if pairer[position].requestProgress == .begun {
            collector.exchanges[slot].findings.note(Finding(.responseBeforeRequestComplete))
        }
    }

    /// Finds the exchange of the response at hand, or opens one without a request.
    private mutating func findExchange(
        _ begin: Moment,
        _ collector: inout TraceCollector
    ) -> (position: Int, isMatched: Bool) {
        let givenUp = pairer.matchGivenUp(acknowledged: begin.acknowledged, isInterim: isInterim)
        guard let givenUp else {
            if let match = findRequest(begin, &collector) { return (match, true) }
            return (insertWithoutRequest(begin, &collector), false)
        }
        let position = insertWithoutRequest(begin, &collector)
        let finding = Finding(.memoryLimitReached)
        collector.exchanges[pairer[position].slot].findings.note(finding, folding: true)
        pairer[position].absence = .requestNotCaptured
        pairer[position].answering = givenUp.answering
        return (position, true)
    }

    /// Finds the request that the response at hand answers; one whose head has not ended is ended
    /// by the answer.
    private mutating func findRequest(
        _ begin: Moment,
        _ collector: inout TraceCollector
    ) -> Int? {
        let acknowledged = begin.acknowledged
        if let match = match(begin) { return match }
        if settleDisputed(answeredAt: acknowledged, &collector) { return match(begin) }
        guard !isInterim, pairer.firstUnanswered() == nil else { return nil }
        if requests.isInsideHead, let start = requestBegin, start.offset < acknowledged {
            interrupt(requests: .peerAnswered, begin, &collector)
        } else if let start = rejectedBegin, start.offset < acknowledged {
            reclaimRequest(from: start, begin, &collector)
        }
        return match(begin)
    }

    private mutating func match(_ begin: Moment) -> Int? {
        pairer.match(
            responseAt: begin.offset,
            acknowledged: begin.acknowledged,
            isFinal: !isInterim
        )
    }

    /// Bytes that did not look like a request were answered by HTTP: they may have been meant as one.
    private mutating func reclaimRequest(
        from start: Moment,
        _ begin: Moment,
        _ collector: inout TraceCollector
    ) {
        guard let reclaimed = requests.reclaim(isNamed: guess != nil) else { return }
        unclaimed -= reclaimed.count
        unread = nil
        earlyUnclaimed = nil
        requestBegin = start
        var rest = start
        rest.offset += reclaimed.offset
        rest.arrival = lastRequestFrame ?? start.arrival
        feedRequests(reclaimed.rest.span, rest, &collector)
        if requests.isInsideHead { interrupt(requests: .peerAnswered, begin, &collector) }
    }

    private mutating func insertWithoutRequest(
        _ begin: Moment,
        _ collector: inout TraceCollector
    ) -> Int {
        var item = OpenExchange(slot: openExchange(&collector.exchanges))
        collector.count(ExchangeStore.costOfExchange, keptIn: item.slot)
        let isFromStart = hasHandshake && begin.acknowledged == 0
        let isUnseen = hasRequestGap || pairer.count == 0 && !isFromStart
        if !hasRequestGap, let bytes = unread(behind: begin) {
            item.absence = .requestNotHTTP
            let finding = Finding(.requestNotHTTP, detail: .unclaimed(bytes))
            collector.exchanges[item.slot].findings.note(finding)
            unclaimed += requests.dropUnfinished()
        } else {
            item.absence = isUnseen ? .requestNotCaptured : .unsolicited
        }
        hasRequestGap = false
        unread = nil
        return pairer.insertWithoutRequest(item)
    }

    private mutating func endResponse(
        _ isComplete: Bool,
        _ moment: Moment,
        _ collector: inout TraceCollector
    ) {
        guard let position = pairer.responsePosition else { return }
        let slot = pairer[position].slot
        let last = lastResponseFrame ?? moment.frame
        let isEndKnown = cause?.leavesEndKnown(isInCutFrame) ?? !responses.isEndedByNext
        pairer.responsePosition = nil
        collector.count(responses.headFootprint, keptIn: slot)
        if isInterim {
            let latest = collector.exchanges[slot].interim.count - 1
            collector.exchanges[slot].interim[latest].end(
                &responses,
                isComplete,
                isEndKnown: isEndKnown,
                last
            )
            return
        }
        pairer[position].responseProgress = .done
        lastResponseHasNoContent = responses.framing == .noContent
        idleSince = isEndKnown ? last.timestamp : nil
        collector.exchanges[slot].heldResponse.end(
            &responses,
            isComplete,
            isEndKnown: isEndKnown,
            last
        )
        // What only the capture lacks may have come.
        if !isComplete, isEndKnown {
            let goesOn = clientEnd.map { last.number > $0.fin.number } ?? true
            noteWait(of: position, until: moment, goesOn: goesOn, &collector)
        }
        lastResponseEnd = isEndKnown ? collector.exchanges[slot].heldResponse.streamEnd : 0
        if collector.cutRecorder != nil { noteCuts(isRequest: false, slot, &collector) }
        if clientEnd != nil { holdLateResponse(position, collector) }
        if responses.isContentCoded {
            let given = collector.exchanges[slot].heldResponse.tryDecoding(options)
            collector.count(-given, keptIn: slot)
        }
        if responses.framing == .switched {
            switchProtocol(position, moment, &collector)
        } else if pairer[position].requestProgress == .begun {
            isAnsweredEarly = true
            let interim = collector.exchanges[slot].interim
            if !interim.contains(where: { $0.status == 100 }) { requests.noteFinalResponse() }
        }
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
