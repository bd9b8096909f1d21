import Bytes
import Findings
import HTTPWire
import Reassembly

// How streams end, and what that means for what has not ended by itself.
extension HTTP1Connection {
    /// Takes note of the orderly end of a direction.
    mutating func end(
        _ direction: Direction,
        _ end: StreamEnd,
        _ moment: Moment,
        _ assembler: inout ExchangeAssembler
    ) {
        if direction == facts.clientDirection {
            if choice.withheld == nil {
                interrupt(requests: .endOfStream, moment, &assembler)
            } else {
                choice.withheld?.take(direction, Span(), moment)
            }
            if ending.clientEnd == nil {
                ending.clientEnd = end
                ending.frames.client = end.fin
                for position in pairer.positions {
                    noteWait(of: position, until: moment, &assembler)
                }
            }
        } else {
            if ending.frames.server == nil { ending.frames.server = end.fin }
            settleWithheld(moment, &assembler)
            let cut = end.isAnswer ? responseLeft() : nil
            interrupt(responses: .endOfStream, moment, &assembler)
            if let cut { noteDepartureWithin(cut, &assembler) }
            if ending.hasLeft(before: end.fin.number), !ending.hasLateResponse {
                noteUnansweredDeparture(&assembler)
            }
            closeUnanswered(.connectionClosed, moment, &assembler)
        }
    }

    /// Takes note of a reset by the sender of a direction, which had received so much of the other.
    mutating func reset(
        by direction: Direction,
        received: Int,
        _ moment: Moment,
        _ assembler: inout ExchangeAssembler
    ) {
        settleWithheld(moment, &assembler)
        let side = direction == facts.clientDirection ? ConnectionEnd.Side.client : .server
        if side == .server || received >= ending.lastResponseEnd {
            noteIdleReset(by: side, moment.frame, &assembler)
        }
        ending.frames.reset = moment.frame
        ending.frames.resetSide = side
        if direction == facts.clientDirection {
            noteDeparture(received: received, &assembler)
        } else if ending.hasLeft(before: moment.frame.number) {
            if let cut = responseLeft() { note(.clientGaveUp, at: cut, &assembler) }
            if !ending.hasLateResponse { noteUnansweredDeparture(&assembler) }
        }
        for position in pairer.positions {
            let slot = pairer[position].slot
            assembler.exchanges[slot].findings.note(Finding(.reset), folding: true)
        }
        interrupt(requests: .reset, moment, &assembler)
        interrupt(responses: .reset, moment, &assembler)
        closeUnanswered(.connectionReset, moment, &assembler)
        if !switching.isSwitched { pairer.releaseHeld() }
    }

    /// Ends everything: no more frames of the connection will come.
    ///
    /// - Returns: how many exchanges there have been.
    mutating func finish(
        _ absence: Absence,
        _ moment: Moment,
        _ assembler: inout ExchangeAssembler
    ) -> Int {
        settleWithheld(moment, &assembler)
        interrupt(requests: .captureEnded, moment, &assembler)
        interrupt(responses: .captureEnded, moment, &assembler)
        closeUnanswered(absence, moment, &assembler)
        closeSwitched(&assembler)
        pairer.releaseHeld()
        settle(&assembler)
        settleBytes(&assembler)
        seal(&assembler)
        assembler.footprint -= account.countedFootprint
        account.countedFootprint = 0
        return pairer.count
    }

    private mutating func settleBytes(_ assembler: inout ExchangeAssembler) {
        choice.judgeRest()
        assembler.recorder?.noteForeignTraffic(foreignTraffic, stream: facts.stream)
        account.counts.add(hasHTTP: hasHTTP, to: &assembler.summary)
        if !hasHTTP { assembler.count(foreignConnection) }
        // What no exchange followed is said with the last one, as long as that is there.
        guard let lastFinished = aftermath.lastFinished else {
            return assembler.count(pairer.pendingFindings)
        }
        for finding in pairer.pendingFindings
        where !assembler.note(finding, with: lastFinished) {
            assembler.count([finding])
        }
    }

    /// What is known of the connection if there is no HTTP on it.
    var foreignConnection: ForeignConnection {
        ForeignConnection(
            stream: facts.stream,
            client: facts.client,
            server: facts.server,
            protocolName: choice.guess?.name ?? nameOfUnclaimed ?? "unknown",
            serverName: choice.clientHello.first?.serverName.map { EscapedText.escape($0.span) }
        )
    }

    /// What was spoken where all was read as HTTP, whatever it looked like.
    private var nameOfUnclaimed: String? {
        account.earlyUnclaimed.flatMap { ProtocolGuess.name(of: $0.first.span) }
    }

    /// Says of the requests without response why there is none; the oldest one's is in the gap that
    /// the server's stream may end with.
    private mutating func closeUnanswered(
        _ absence: Absence,
        _ moment: Moment,
        _ assembler: inout ExchangeAssembler
    ) {
        if isAnswerLost(), let oldest = pairer.firstUnanswered() {
            pairer[oldest].absence = .responseNotCaptured
        }
        for position in pairer.positions where pairer[position].isUnanswered {
            pairer[position].absence = absence
            // When the wait ended was not captured then.
            if absence != .captureEnded { noteWait(of: position, until: moment, &assembler) }
        }
    }

    /// Takes note of how long a client has waited for an answer, or the rest of one: to the first
    /// end of the connection, unless the response went on behind it.
    func noteWait(
        of position: Int,
        until moment: Moment,
        goesOn: Bool = false,
        _ assembler: inout ExchangeAssembler
    ) {
        let slot = pairer[position].slot
        guard assembler.exchanges[slot].hasRequest,
            goesOn || assembler.exchanges[slot].timing.waited == nil
        else { return }
        assembler.exchanges[slot].timing.waited = Timing.span(
            from: assembler.exchanges[slot].heldRequest.time,
            to: moment.frame.timestamp
        )
    }
}
