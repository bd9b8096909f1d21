import Findings
import HTTPWire
import Reassembly

// What messages take of memory while they are not over, or wait for their answers.
extension HTTP1Connection {
    /// What a stream takes of memory, in bytes, without its messages, as it rests.
    static let cost = 416

    /// Lets the assembler know how much the messages take that are being read.
    mutating func countFootprint(_ assembler: inout ExchangeAssembler) {
        let footprint =
            requests.parser.openFootprint + responses.parser.openFootprint
            + (choice.withheld?.footprint ?? 0) + (earlyAnswer.disputed.first?.footprint ?? 0)
            + (choice.clientHello.first?.footprint ?? 0)
            + pairer.givenUp.count * MemoryLayout<GivenUpRequest>.stride
        guard footprint != account.countedFootprint else { return }
        assembler.footprint += footprint - account.countedFootprint
        account.countedFootprint = footprint
    }

    /// Says of what is unfinished, or with the sums where no exchange could say so, that memory is short.
    mutating func noteShortage(_ assembler: inout ExchangeAssembler) {
        if isPending {
            noteStreamFinding(Finding(.memoryLimitReached), at: nil, &assembler)
        } else if hasHTTP, pairer.givenUp.isEmpty {
            assembler.count([Finding(.memoryLimitReached)])
        }
    }

    /// Whether it keeps something that can be given up.
    var keepsMessages: Bool {
        account.countedFootprint > 0 || !pairer.positions.isEmpty
            || aftermath.lastFinished != nil && isUndecided
    }

    /// What its messages take that are being read, wait for an answer, or for bytes behind them.
    func footprint(_ assembler: borrowing ExchangeAssembler) -> Int {
        let awaiting = aftermath.lastFinished.map { assembler.awaitingFootprint($0) } ?? 0
        return pairer.positions.reduce(account.countedFootprint + awaiting) { sum, position in
            sum + assembler.exchanges[pairer[position].slot].footprint
        }
    }

    /// Ends what is being read and what waits for an answer, and says why: memory is short.
    mutating func giveUp(_ moment: Moment, _ assembler: inout ExchangeAssembler) {
        settleWithheld(moment, &assembler)
        if requests.parser.isInsideMessage { requests.parser.expectNoMessage(isPlaceLost: true) }
        if responses.parser.isInsideMessage { responses.parser.expectNoMessage(isPlaceLost: true) }
        interrupt(requests: .captureEnded, moment, &assembler)
        interrupt(responses: .captureEnded, moment, &assembler)
        for position in pairer.positions {
            let slot = pairer[position].slot
            assembler.exchanges[slot].findings.note(Finding(.memoryLimitReached), folding: true)
        }
        pairer.giveUpUnanswered()
        settle(&assembler)
        seal(&assembler)
        countFootprint(&assembler)
    }
}
