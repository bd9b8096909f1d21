import Bytes
import Findings
import HTTPWire
import Reassembly

extension HTTP1Connection {
    mutating func feedRequests(
        _ bytes: Span<UInt8>,
        _ moment: Moment,
        _ assembler: inout ExchangeAssembler
    ) {
        if earlyAnswer.isGiven, !bytes.isEmpty, dispute(bytes, moment, &assembler) { return }
        if !bytes.isEmpty {
            requests.lastFrame = moment.arrival
            if requests.cut != nil { expectRequest(bytes, moment, assembler) }
            requests.parser.noteSegment()
        }
        var position = 0
        while true {
            let before = position
            guard let event = requests.parser.next(in: bytes, at: &position) else { return }
            var now = moment
            if case .begin = event {
                now.offset +=
                    position - requests.parser.message.progress.offset
                    - requests.parser.replayLength
            } else {
                now.offset += before
            }
            if case .unclaimed(let count) = event,
                switching.isSwitched || requests.parser.isSwitched
            {
                noteSwitched(count, bytes.extracting(before..<position), from: .request)
            } else {
                take(request: event, bytes, now, &assembler)
            }
            if assembler.recorder != nil { record(event, by: requests.parser, moment, &assembler) }
        }
    }

    mutating func interrupt(
        requests cause: Interruption,
        _ moment: Moment,
        _ assembler: inout ExchangeAssembler
    ) {
        if choice.held != nil { releaseHeld(&assembler) }
        if !earlyAnswer.disputed.isEmpty { readDisputed(asRequest: false, &assembler) }
        let nothing: [UInt8] = []
        let outer = ending.cause
        ending.cause = cause
        while let event = requests.parser.interrupt(cause) {
            take(request: event, nothing.span, moment, &assembler)
            if assembler.recorder != nil { record(event, by: requests.parser, moment, &assembler) }
        }
        // A gap may have ended exactly where the content does.
        feedRequests(nothing.span, moment, &assembler)
        ending.cause = outer
    }

    private mutating func take(
        request event: MessageEvent,
        _ bytes: Span<UInt8>,
        _ moment: Moment,
        _ assembler: inout ExchangeAssembler
    ) {
        switch event {
        case .begin:
            requests.begin = moment
            if requests.rejectedBegin == nil {
                requests.rejectedBegin = moment
                let isAsked = responses.parser.isInsideMessage || pairer.firstUnanswered() != nil
                waits.idleBeforeRequest = isAsked ? nil : waits.idleSince
            }
            giveUpForeignResponse(moment, &assembler)
            seal(&assembler)
        case .head: beginRequest(moment, &assembler)
        case .content(let range): keepRequest(bytes.extracting(range), moment, &assembler)
        case .heldContent:
            let held = requests.parser.heldBytes
            keepRequest(held.span, moment, &assembler)
        case .end(let complete): endRequest(complete, moment, &assembler)
        case .unclaimed(let count): noteUnclaimed(count, in: requests.parser, &assembler)
        case .switched: notePreface(moment, &assembler)
        }
    }

    /// Keeps content of the request at hand, as far as it is to be kept.
    private mutating func keepRequest(
        _ content: Span<UInt8>,
        _ moment: Moment,
        _ assembler: inout ExchangeAssembler
    ) {
        guard let position = pairer.requestPosition else { return }
        if waits.expecting != nil { endExpectation(moment, &assembler) }
        let slot = pairer[position].slot
        let limit = options.contentLimit(isCoded: requests.parser.isContentCoded)
        let kept = assembler.exchanges[slot].heldRequest.add(content, limit: limit)
        assembler.count(kept, keptIn: slot)
    }

    /// Decides about bytes behind the last response before the client goes on: with a request that
    /// they cannot answer, they belong to what is over, or are what the one before was answered.
    private mutating func giveUpForeignResponse(
        _ moment: Moment,
        _ assembler: inout ExchangeAssembler
    ) {
        guard responses.parser.isInsideStartLine else { return }
        let isOver = pairer.firstUnanswered() == nil && aftermath.lastFinished != nil
        guard isOver || moment.acknowledged == responses.delivered,
            let count = responses.parser.giveUpForeignLine()
        else { return }
        noteUnclaimed(count, in: responses.parser, &assembler)
        if assembler.recorder != nil {
            record(.unclaimed(count), by: responses.parser, moment, &assembler)
        }
    }

    private mutating func beginRequest(_ moment: Moment, _ assembler: inout ExchangeAssembler) {
        if switching.isDoubtful { resumeHTTP(&assembler) }
        let begin = requests.begin ?? moment
        requests.rejectedBegin = nil
        if responses.parser.isContentInDoubt { endDoubtedResponse(begin, &assembler) }
        if account.unread != nil { account.unread = nil }
        let slot = openExchange(&assembler.exchanges)
        var item = OpenExchange(slot: slot)
        item.requestProgress = .begun
        item.requestOffset = begin.offset
        item.requestAcknowledged = begin.acknowledged
        item.answering = requests.parser.answeredBy
        assembler.count(ExchangeStore.costOfExchange, keptIn: slot)
        assembler.exchanges[slot].hasRequest = true
        let blankLines = requests.parser.message.head.startLine.line.lowerBound
        assembler.exchanges[slot].heldRequest.begin(begin, behind: blankLines)
        assembler.exchanges[slot].timing.blocked = Timing.span(
            from: waits.idleBeforeRequest,
            to: begin.frame.timestamp
        )
        // An earlier request is unanswered, and nothing was received since it was sent.
        if let last = pairer.positions.last, pairer[last].isUnanswered,
            pairer[last].requestAcknowledged == begin.acknowledged
        {
            assembler.exchanges[slot].findings.note(Finding(.pipelined))
        }
        requests.isBehindGap = false
        pairer.requestPosition = pairer.append(item, quiet(at: begin))
        waits.expecting = requests.parser.awaitsContinue ? moment.arrival : nil
    }

    /// What was under way when a request was sent.
    private func quiet(at begin: Moment) -> ExchangePairer.Quiet {
        ExchangePairer.Quiet(
            hasReceivedAll: begin.acknowledged == responses.delivered
                && !responses.parser.isInsideMessage,
            isAskedAll: responses.acknowledged >= begin.offset
        )
    }

    private mutating func endRequest(
        _ isComplete: Bool,
        _ moment: Moment,
        _ assembler: inout ExchangeAssembler
    ) {
        guard let position = pairer.requestPosition else { return }
        let last = requests.lastFrame ?? moment.frame
        let isEndKnown = ending.isEndKnown(
            endedByNext: requests.parser.isEndedByNext
        )
        pairer[position].requestProgress = .done
        earlyAnswer.isGiven = false
        waits.expecting = nil
        let slot = pairer[position].slot
        assembler.count(requests.parser.headFootprint, keptIn: slot)
        assembler.exchanges[slot].heldRequest.end(
            &requests.parser,
            isComplete,
            isEndKnown: isEndKnown,
            last
        )
        if assembler.cutRecorder != nil {
            noteCuts(isRequest: true, pairer[position].slot, &assembler)
        }
        if requests.parser.isContentCoded {
            let given = assembler.exchanges[slot].heldRequest.tryDecoding(options)
            assembler.count(-given, keptIn: slot)
        }
        // Content may have followed the response.
        if pairer[position].responseProgress == .done, isEndKnown {
            waits.idleSince = last.timestamp
        }
        pairer.requestPosition = nil
    }
}
