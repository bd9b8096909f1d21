import Bytes
import Findings
import HTTPWire
import Packets
import Reassembly

extension HTTP1Connection {
    mutating func feedResponses(
        _ bytes: Span<UInt8>,
        _ moment: Moment,
        _ assembler: inout ExchangeAssembler
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
                take(response: event, bytes, now, &assembler)
            }
            if assembler.recorder != nil { record(event, by: responses.parser, moment, &assembler) }
        }
    }

    mutating func interrupt(
        responses cause: Interruption,
        _ moment: Moment,
        _ assembler: inout ExchangeAssembler
    ) {
        let nothing: [UInt8] = []
        let outer = ending.cause
        ending.cause = cause
        while let event = responses.parser.interrupt(cause) {
            take(response: event, nothing.span, moment, &assembler)
            if assembler.recorder != nil { record(event, by: responses.parser, moment, &assembler) }
        }
        feedResponses(nothing.span, moment, &assembler)
        ending.cause = outer
    }

    mutating func take(
        response event: MessageEvent,
        _ bytes: Span<UInt8>,
        _ moment: Moment,
        _ assembler: inout ExchangeAssembler
    ) {
        switch event {
        case .begin:
            responses.begin = moment
            responses.parser.isAnswerAwaited =
                pairer.firstUnanswered() != nil || requests.parser.isInsideHead
            if isAnswerWithoutHead() { responses.parser.answering = .withoutVersion }
        case .head: beginResponse(moment, &assembler)
        case .content(let range): keepResponse(bytes.extracting(range), &assembler)
        case .heldContent:
            let held = responses.parser.heldBytes
            keepResponse(held.span, &assembler)
        case .end(let complete): endResponse(complete, moment, &assembler)
        case .unclaimed(let count): noteUnclaimed(count, in: responses.parser, &assembler)
        case .switched: break
        }
    }

    /// Keeps content of the response at hand, as far as it is to be kept.
    private mutating func keepResponse(
        _ content: Span<UInt8>,
        _ assembler: inout ExchangeAssembler
    ) {
        guard let position = pairer.responsePosition else { return }
        let slot = pairer[position].slot
        let limit = options.contentLimit(isCoded: responses.parser.isContentCoded)
        let kept = assembler.exchanges[slot].heldResponse.add(content, limit: limit)
        assembler.count(kept, keptIn: slot)
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

    private mutating func beginResponse(_ moment: Moment, _ assembler: inout ExchangeAssembler) {
        if switching.isDoubtful { resumeHTTP(&assembler) }
        let begin = responses.begin ?? moment
        pairer.doubt.isAnswerInGap = false
        responses.isInterim = responses.parser.message.head.startLine.isInterim
        let blankLines = responses.parser.message.head.startLine.line.lowerBound
        let (position, isMatched) = findExchange(begin, &assembler)
        let slot = pairer[position].slot
        pairer.responsePosition = position
        responses.parser.answering = answering(position, isMatched: isMatched)
        if ending.hasLeft(before: begin.frame.number) { ending.hasLateResponse = true }
        if waits.expecting != nil { endExpectation(answeredAt: position, begin, &assembler) }
        if responses.isInterim {
            // A flood of them is not kept: the last stands for all that follow.
            if assembler.exchanges[slot].interim.count == Self.interimLimit {
                assembler.exchanges[slot].interim.removeLast()
                let finding = Finding(.memoryLimitReached)
                assembler.exchanges[slot].findings.note(finding, folding: true)
            }
            let message = Message(begin: begin, behind: blankLines)
            assembler.exchanges[slot].interim.append(message)
            assembler.count(MemoryLayout<Message>.stride, keptIn: slot)
            return
        }
        noteDoubt(position, isMatched: isMatched, begin, &assembler)
        account.foreignStretch = nil
        pairer.doubt.unrecognized = nil
        pairer[position].responseProgress = .begun
        responses.parser.isAnswerDue = isAnswerDue(begin.acknowledged)
        assembler.exchanges[slot].hasResponse = true
        assembler.exchanges[slot].heldResponse.begin(begin, behind: blankLines)
        if pairer[position].requestProgress == .begun {
            assembler.exchanges[slot].findings.note(Finding(.responseBeforeRequestComplete))
        }
    }

    /// Finds the exchange of the response at hand, or opens one without a request.
    private mutating func findExchange(
        _ begin: Moment,
        _ assembler: inout ExchangeAssembler
    ) -> (position: Int, isMatched: Bool) {
        let givenUp = pairer.matchGivenUp(
            acknowledged: begin.acknowledged,
            isInterim: responses.isInterim
        )
        guard let givenUp else {
            if let match = findRequest(begin, &assembler) { return (match, true) }
            return (insertWithoutRequest(begin, &assembler), false)
        }
        let position = insertWithoutRequest(begin, &assembler)
        let finding = Finding(.memoryLimitReached)
        assembler.exchanges[pairer[position].slot].findings.note(finding, folding: true)
        pairer[position].absence = .requestNotCaptured
        pairer[position].answering = givenUp.answering
        return (position, true)
    }

    /// Finds the request that the response at hand answers; one whose head has not ended is ended
    /// by the answer.
    private mutating func findRequest(
        _ begin: Moment,
        _ assembler: inout ExchangeAssembler
    ) -> Int? {
        let acknowledged = begin.acknowledged
        if let match = match(begin) { return match }
        if settleDisputed(answeredAt: acknowledged, &assembler) { return match(begin) }
        guard !responses.isInterim, pairer.firstUnanswered() == nil else { return nil }
        if requests.parser.isInsideHead, let start = requests.begin, start.offset < acknowledged {
            interrupt(requests: .peerAnswered, begin, &assembler)
        } else if let start = requests.rejectedBegin, start.offset < acknowledged {
            reclaimRequest(from: start, begin, &assembler)
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
        _ assembler: inout ExchangeAssembler
    ) {
        guard let reclaimed = requests.parser.reclaim(isNamed: choice.guess != nil) else { return }
        account.counts.unclaimed -= reclaimed.count
        account.unread = nil
        account.earlyUnclaimed = nil
        requests.begin = start
        var rest = start
        rest.offset += reclaimed.offset
        rest.arrival = requests.lastFrame ?? start.arrival
        feedRequests(reclaimed.rest.span, rest, &assembler)
        if requests.parser.isInsideHead { interrupt(requests: .peerAnswered, begin, &assembler) }
    }

    private mutating func insertWithoutRequest(
        _ begin: Moment,
        _ assembler: inout ExchangeAssembler
    ) -> Int {
        var item = OpenExchange(slot: openExchange(&assembler.exchanges))
        assembler.count(ExchangeStore.costOfExchange, keptIn: item.slot)
        let isFromStart = facts.hasHandshake && begin.acknowledged == 0
        let isUnseen = requests.isBehindGap || pairer.count == 0 && !isFromStart
        if !requests.isBehindGap, let bytes = unread(behind: begin) {
            item.absence = .requestNotHTTP
            let finding = Finding(.requestNotHTTP, detail: .unclaimed(bytes))
            assembler.exchanges[item.slot].findings.note(finding)
            account.counts.unclaimed += requests.parser.dropUnfinished()
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
        _ assembler: inout ExchangeAssembler
    ) {
        guard let position = pairer.responsePosition else { return }
        let slot = pairer[position].slot
        let last = responses.lastFrame ?? moment.frame
        let isEndKnown = ending.isEndKnown(
            endedByNext: responses.parser.isEndedByNext
        )
        pairer.responsePosition = nil
        assembler.count(responses.parser.headFootprint, keptIn: slot)
        if responses.isInterim {
            let latest = assembler.exchanges[slot].interim.count - 1
            assembler.exchanges[slot].interim[latest].end(
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
        assembler.exchanges[slot].heldResponse.end(
            &responses.parser,
            isComplete,
            isEndKnown: isEndKnown,
            last
        )
        // What only the capture lacks may have come.
        if !isComplete, isEndKnown {
            let goesOn = ending.clientEnd.map { last.number > $0.fin.number } ?? true
            noteWait(of: position, until: moment, goesOn: goesOn, &assembler)
        }
        ending.lastResponseEnd = isEndKnown ? assembler.exchanges[slot].heldResponse.streamEnd : 0
        if assembler.cutRecorder != nil { noteCuts(isRequest: false, slot, &assembler) }
        if ending.clientEnd != nil { holdLateResponse(position, assembler) }
        if responses.parser.isContentCoded {
            let given = assembler.exchanges[slot].heldResponse.tryDecoding(options)
            assembler.count(-given, keptIn: slot)
        }
        if responses.parser.message.progress.framing == .switched {
            switchProtocol(position, moment, &assembler)
        } else if pairer[position].requestProgress == .begun {
            earlyAnswer.isGiven = true
            let interim = assembler.exchanges[slot].interim
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
