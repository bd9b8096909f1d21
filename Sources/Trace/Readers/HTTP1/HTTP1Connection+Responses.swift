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
            responses.lastFrame = moment.arrival
            if responses.cut != nil { expectResponse(bytes, moment) }
            responses.delivered = moment.offset + bytes.count
            responses.acknowledged = moment.acknowledged
            responses.parser.noteSegment()
            if responses.parser.isContentInDoubt {
                responses.parser.isAnswerDue = isAnswerDue(moment.acknowledged)
            }
        }
        var position = 0
        while true {
            let before = position
            guard let event = responses.parser.next(in: bytes, at: &position) else { return }
            var now = moment
            if case .begin = event {
                now.offset +=
                    position - responses.parser.message.progress.offset
                    - responses.parser.replayLength
            } else {
                now.offset += before
            }
            if case .unclaimed(let count) = event, switching.isSwitched {
                noteSwitched(count, bytes.extracting(before..<position), from: .response)
            } else {
                take(response: event, bytes, now, &collector)
            }
            if collector.recorder != nil { record(event, by: responses.parser, moment, &collector) }
        }
    }

    mutating func interrupt(
        responses cause: Interruption,
        _ moment: Moment,
        _ collector: inout TraceCollector
    ) {
        let nothing: [UInt8] = []
        let outer = ending.cause
        ending.cause = cause
        while let event = responses.parser.interrupt(cause) {
            take(response: event, nothing.span, moment, &collector)
            if collector.recorder != nil { record(event, by: responses.parser, moment, &collector) }
        }
        feedResponses(nothing.span, moment, &collector)
        ending.cause = outer
    }

    mutating func take(
        response event: MessageEvent,
        _ bytes: Span<UInt8>,
        _ moment: Moment,
        _ collector: inout TraceCollector
    ) {
        switch event {
        case .begin:
            responses.begin = moment
            responses.parser.isAnswerAwaited =
                pairer.firstUnanswered() != nil || requests.parser.isInsideHead
            if isAnswerWithoutHead() { responses.parser.answering = .withoutVersion }
        case .head: beginResponse(moment, &collector)
        case .content(let range): keepResponse(bytes.extracting(range), &collector)
        case .heldContent:
            let held = responses.parser.heldBytes
            keepResponse(held.span, &collector)
        case .end(let complete): endResponse(complete, moment, &collector)
        case .unclaimed(let count): noteUnclaimed(count, in: responses.parser, &collector)
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
        let limit = options.contentLimit(isCoded: responses.parser.isContentCoded)
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
        return requests.parser.isInsideHead && requests.parser.answeredBy == .withoutVersion
            && requests.parser.isAwaitingFieldLine
    }

    private mutating func beginResponse(_ moment: Moment, _ collector: inout TraceCollector) {
        if switching.isDoubtful { resumeHTTP(&collector) }
        let begin = responses.begin ?? moment
        pairer.doubt.isAnswerInGap = false
        responses.isInterim = responses.parser.message.head.startLine.isInterim
        let blankLines = responses.parser.message.head.startLine.line.lowerBound
        let (position, isMatched) = findExchange(begin, &collector)
        let slot = pairer[position].slot
        pairer.responsePosition = position
        responses.parser.answering = answering(position, isMatched: isMatched)
        if ending.hasLeft(before: begin.frame.number) { ending.hasLateResponse = true }
        if waits.expecting != nil { endExpectation(answeredAt: position, begin, &collector) }
        if responses.isInterim {
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
        account.foreignStretch = nil
        pairer.doubt.unrecognized = nil
        pairer[position].responseProgress = .begun
        responses.parser.isAnswerDue = isAnswerDue(begin.acknowledged)
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
        let givenUp = pairer.matchGivenUp(
            acknowledged: begin.acknowledged,
            isInterim: responses.isInterim
        )
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
        guard !responses.isInterim, pairer.firstUnanswered() == nil else { return nil }
        if requests.parser.isInsideHead, let start = requests.begin, start.offset < acknowledged {
            interrupt(requests: .peerAnswered, begin, &collector)
        } else if let start = requests.rejectedBegin, start.offset < acknowledged {
            reclaimRequest(from: start, begin, &collector)
        }
        return match(begin)
    }

    private mutating func match(_ begin: Moment) -> Int? {
        pairer.match(
            responseAt: begin.offset,
            acknowledged: begin.acknowledged,
            isFinal: !responses.isInterim
        )
    }

    /// Bytes that did not look like a request were answered by HTTP: they may have been meant as one.
    private mutating func reclaimRequest(
        from start: Moment,
        _ begin: Moment,
        _ collector: inout TraceCollector
    ) {
        guard let reclaimed = requests.parser.reclaim(isNamed: choice.guess != nil) else { return }
        account.unclaimed -= reclaimed.count
        account.unread = nil
        account.earlyUnclaimed = nil
        requests.begin = start
        var rest = start
        rest.offset += reclaimed.offset
        rest.arrival = requests.lastFrame ?? start.arrival
        feedRequests(reclaimed.rest.span, rest, &collector)
        if requests.parser.isInsideHead { interrupt(requests: .peerAnswered, begin, &collector) }
    }

    private mutating func insertWithoutRequest(
        _ begin: Moment,
        _ collector: inout TraceCollector
    ) -> Int {
        var item = OpenExchange(slot: openExchange(&collector.exchanges))
        collector.count(ExchangeStore.costOfExchange, keptIn: item.slot)
        let isFromStart = facts.hasHandshake && begin.acknowledged == 0
        let isUnseen = requests.isBehindGap || pairer.count == 0 && !isFromStart
        if !requests.isBehindGap, let bytes = unread(behind: begin) {
            item.absence = .requestNotHTTP
            let finding = Finding(.requestNotHTTP, detail: .unclaimed(bytes))
            collector.exchanges[item.slot].findings.note(finding)
            account.unclaimed += requests.parser.dropUnfinished()
        } else {
            item.absence = isUnseen ? .requestNotCaptured : .unsolicited
        }
        requests.isBehindGap = false
        account.unread = nil
        return pairer.insertWithoutRequest(item)
    }

    private mutating func endResponse(
        _ isComplete: Bool,
        _ moment: Moment,
        _ collector: inout TraceCollector
    ) {
        guard let position = pairer.responsePosition else { return }
        let slot = pairer[position].slot
        let last = responses.lastFrame ?? moment.frame
        let isEndKnown = ending.isEndKnown(
            endedByNext: responses.parser.isEndedByNext
        )
        pairer.responsePosition = nil
        collector.count(responses.parser.headFootprint, keptIn: slot)
        if responses.isInterim {
            let latest = collector.exchanges[slot].interim.count - 1
            collector.exchanges[slot].interim[latest].end(
                &responses.parser,
                isComplete,
                isEndKnown: isEndKnown,
                last
            )
            return
        }
        pairer[position].responseProgress = .done
        responses.lastHasNoContent = responses.parser.message.progress.framing == .noContent
        waits.idleSince = isEndKnown ? last.timestamp : nil
        collector.exchanges[slot].heldResponse.end(
            &responses.parser,
            isComplete,
            isEndKnown: isEndKnown,
            last
        )
        // What only the capture lacks may have come.
        if !isComplete, isEndKnown {
            let goesOn = ending.clientEnd.map { last.number > $0.fin.number } ?? true
            noteWait(of: position, until: moment, goesOn: goesOn, &collector)
        }
        ending.lastResponseEnd = isEndKnown ? collector.exchanges[slot].heldResponse.streamEnd : 0
        if collector.cutRecorder != nil { noteCuts(isRequest: false, slot, &collector) }
        if ending.clientEnd != nil { holdLateResponse(position, collector) }
        if responses.parser.isContentCoded {
            let given = collector.exchanges[slot].heldResponse.tryDecoding(options)
            collector.count(-given, keptIn: slot)
        }
        if responses.parser.message.progress.framing == .switched {
            switchProtocol(position, moment, &collector)
        } else if pairer[position].requestProgress == .begun {
            earlyAnswer.isGiven = true
            let interim = collector.exchanges[slot].interim
            if !interim.contains(where: { $0.status == 100 }) {
                requests.parser.noteFinalResponse()
            }
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
