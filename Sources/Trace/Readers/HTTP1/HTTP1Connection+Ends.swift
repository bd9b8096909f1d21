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
        _ collector: inout TraceCollector
    ) {
        if direction == facts.clientDirection {
            if choice.withheld == nil {
                interrupt(requests: .endOfStream, moment, &collector)
            } else {
                choice.withheld?.take(direction, Span(), moment)
            }
            if ending.clientEnd == nil {
                ending.clientEnd = end
                ending.frames.client = end.fin
                for position in pairer.positions {
                    noteWait(of: position, until: moment, &collector)
                }
            }
        } else {
            if ending.frames.server == nil { ending.frames.server = end.fin }
            settleWithheld(moment, &collector)
            let cut = end.isAnswer ? responseLeft() : nil
            interrupt(responses: .endOfStream, moment, &collector)
            if let cut { noteDepartureWithin(cut, &collector) }
            if ending.hasLeft(before: end.fin.number), !ending.hasLateResponse {
                noteUnansweredDeparture(&collector)
            }
            closeUnanswered(.connectionClosed, moment, &collector)
        }
    }

    /// Takes note of a reset by the sender of a direction, which had received so much of the other.
    mutating func reset(
        by direction: Direction,
        received: Int,
        _ moment: Moment,
        _ collector: inout TraceCollector
    ) {
        settleWithheld(moment, &collector)
        let side = direction == facts.clientDirection ? ConnectionEnd.Side.client : .server
        if side == .server || received >= ending.lastResponseEnd {
            noteIdleReset(by: side, moment.frame, &collector)
        }
        ending.frames.reset = moment.frame
        ending.frames.resetSide = side
        if direction == facts.clientDirection {
            noteDeparture(received: received, &collector)
        } else if ending.hasLeft(before: moment.frame.number) {
            if let cut = responseLeft() { note(.clientGaveUp, at: cut, &collector) }
            if !ending.hasLateResponse { noteUnansweredDeparture(&collector) }
        }
        for position in pairer.positions {
            let slot = pairer[position].slot
            collector.exchanges[slot].findings.note(Finding(.reset), folding: true)
        }
        interrupt(requests: .reset, moment, &collector)
        interrupt(responses: .reset, moment, &collector)
        closeUnanswered(.connectionReset, moment, &collector)
        if !switching.isSwitched { pairer.releaseHeld() }
    }

    /// Ends everything: no more frames of the connection will come.
    ///
    /// - Returns: how many exchanges there have been.
    mutating func finish(
        _ absence: Absence,
        _ moment: Moment,
        _ collector: inout TraceCollector
    ) -> Int {
        settleWithheld(moment, &collector)
        interrupt(requests: .captureEnded, moment, &collector)
        interrupt(responses: .captureEnded, moment, &collector)
        closeUnanswered(absence, moment, &collector)
        closeSwitched(&collector)
        pairer.releaseHeld()
        settle(&collector)
        settleBytes(&collector)
        seal(&collector)
        collector.footprint -= account.countedFootprint
        account.countedFootprint = 0
        return pairer.count
    }

    private mutating func settleBytes(_ collector: inout TraceCollector) {
        choice.judgeRest()
        collector.recorder?.noteForeignTraffic(foreignTraffic, stream: facts.stream)
        collector.summary.ledger.message += account.delivered - account.unclaimed - account.switched
        if hasHTTP {
            collector.summary.ledger.unclaimed += account.unclaimed
            collector.summary.ledger.notHTTP += account.switched
        } else {
            collector.summary.ledger.notHTTP += account.unclaimed + account.switched
            countForeign(&collector)
        }
        // What no exchange followed is said with the last one, as long as that is there.
        guard let lastFinished = aftermath.lastFinished else {
            return collector.count(pairer.pendingFindings)
        }
        for finding in pairer.pendingFindings
        where !collector.note(finding, with: lastFinished) {
            collector.count([finding])
        }
    }

    /// Counts the connection as one without HTTP, and says what is known of it.
    private func countForeign(_ collector: inout TraceCollector) {
        let name = choice.guess?.name ?? nameOfUnclaimed ?? "unknown"
        collector.summary.otherStreams[name, default: 0] += 1
        collector.summary.foreignConnections.note(
            ForeignConnection(
                stream: facts.stream,
                client: facts.client,
                server: facts.server,
                protocolName: name,
                serverName: choice.clientHello.first?.serverName.map { EscapedText.escape($0.span) }
            )
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
        _ collector: inout TraceCollector
    ) {
        if isAnswerLost(), let oldest = pairer.firstUnanswered() {
            pairer[oldest].absence = .responseNotCaptured
        }
        for position in pairer.positions where pairer[position].isUnanswered {
            pairer[position].absence = absence
            // When the wait ended was not captured then.
            if absence != .captureEnded { noteWait(of: position, until: moment, &collector) }
        }
    }

    /// Takes note of how long a client has waited for an answer, or the rest of one: to the first
    /// end of the connection, unless the response went on behind it.
    func noteWait(
        of position: Int,
        until moment: Moment,
        goesOn: Bool = false,
        _ collector: inout TraceCollector
    ) {
        let slot = pairer[position].slot
        guard collector.exchanges[slot].hasRequest,
            goesOn || collector.exchanges[slot].timing.waited == nil
        else { return }
        collector.exchanges[slot].timing.waited = Timing.span(
            from: collector.exchanges[slot].heldRequest.time,
            to: moment.frame.timestamp
        )
    }
}
