import Findings
import Reassembly

// Clients that leave before their answer, and answers that nobody took.
//
// A FIN says only that the client sends no more: many send it behind their request and take the
// answer. That it left shows where the answer is reset, where none comes, or where the FIN came
// within the answer and was the last thing that the server heard before it cut that off.
extension HTTP1Connection {
    /// Keeps an exchange whose response came after the client's FIN until it shows what became of
    /// that; the one before it was taken, or it would have been reset.
    mutating func holdLateResponse(_ position: Int, _ assembler: borrowing ExchangeAssembler) {
        let slot = pairer[position].slot
        guard !switching.isSwitched,
            ending.hasLeft(before: assembler.exchanges[slot].heldResponse.firstFrame)
        else { return }
        pairer.releaseHeld()
        pairer[position].isHeld = true
    }

    /// The exchange within whose response the client's FIN came, where the server has sent nothing
    /// that the client had not received by then.
    func responseLeft() -> Int? {
        guard !switching.isSwitched, let clientEnd = ending.clientEnd,
            let position = pairer.responsePosition,
            let begin = responses.begin, begin.offset < clientEnd.received,
            responses.delivered <= clientEnd.received
        else { return nil }
        return position
    }

    /// Says of a response that the server has cut off at the client's FIN that the client left.
    mutating func noteDepartureWithin(_ position: Int, _ assembler: inout ExchangeAssembler) {
        let response = assembler.exchanges[pairer[position].slot].heldResponse
        guard pairer[position].responseProgress == .done, !response.isComplete else { return }
        note(.clientGaveUp, at: position, &assembler)
    }

    /// Says of the requests without an answer that the client ended its direction first.
    mutating func noteUnansweredDeparture(_ assembler: inout ExchangeAssembler) {
        guard !isAnswerLost() else { return }
        for position in pairer.positions where pairer[position].isUnanswered {
            note(.clientGaveUp, at: position, &assembler)
        }
    }

    /// Whether bytes that the capture lacks may be the answer to the oldest request without one, or its
    /// head.
    mutating func isAnswerLost() -> Bool {
        guard pairer.doubt.isAnswerInGap, let oldest = pairer.firstUnanswered() else {
            return false
        }
        return pairer.hasGap(behind: oldest)
    }

    /// Says of what the client's reset hits that it was not taken; `received` is how much of the
    /// server's stream the client had acknowledged.
    mutating func noteDeparture(received: Int, _ assembler: inout ExchangeAssembler) {
        noteUnansweredDeparture(&assembler)
        for position in pairer.positions {
            switch pairer[position].responseProgress {
            case .absent: break
            case .begun: note(.clientGaveUp, at: position, &assembler)
            case .done:
                let exchange = assembler.exchanges[pairer[position].slot]
                guard let code = code(of: exchange, received) else { break }
                note(code, at: position, &assembler)
            }
        }
        guard pairer.lastAnswered == nil else { return }
        if let lastFinished = aftermath.lastFinished,
            let exchange = assembler.exchange(lastFinished)
        {
            guard let code = code(of: exchange, received) else { return }
            _ = assembler.note(Finding(code), with: lastFinished)
        } else if ending.lastResponseEnd > received, !switching.isSwitched {
            // Its exchange has gone out.
            assembler.count([Finding(.responseNotAcknowledged)])
        }
    }

    /// Takes note that the last bytes of a direction were repeated in vain.
    mutating func noteUnacknowledged(
        _ direction: Direction,
        _ assembler: inout ExchangeAssembler
    ) {
        guard direction != facts.clientDirection, hasHTTP, !switching.isSwitched else { return }
        let finding = Finding(.responseNotAcknowledged)
        if let position = pairer.responsePosition ?? pairer.lastAnswered {
            note(.responseNotAcknowledged, at: position, &assembler)
        } else if aftermath.lastFinished.map({ assembler.note(finding, with: $0) }) != true {
            assembler.count([finding])
        }
    }

    func note(
        _ code: FindingCode,
        at position: Int,
        _ assembler: inout ExchangeAssembler
    ) {
        let slot = pairer[position].slot
        let isAnswered = assembler.exchanges[slot].findings.contains {
            $0.code == .unrecognizedResponse
        }
        guard !isAnswered else { return }
        assembler.exchanges[slot].findings.note(Finding(code), folding: true)
    }

    /// What is to be said of an exchange of whose response the client has acknowledged the server's
    /// bytes up to `received`, and no more will come.
    private func code(of exchange: Exchange, _ received: Int) -> FindingCode? {
        guard exchange.hasResponse, !switching.isSwitched else { return nil }
        let response = exchange.heldResponse
        guard response.isEndKnown, response.streamEnd > received else { return nil }
        return ending.hasLeft(before: response.firstFrame)
            ? .clientGaveUp : .responseNotAcknowledged
    }
}

extension ExchangePairer {
    /// Lets the exchanges that wait for what becomes of their response go.
    mutating func releaseHeld() {
        for position in head..<max(head, min(firstCandidate + 1, items.count))
        where items[position].isHeld {
            self[position].isHeld = false
        }
    }
}
