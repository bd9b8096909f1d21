import Bytes
import HTTPWire
import Reassembly

// Frames that the snap length has cut. Nothing in them says where the message ends that they begin,
// but a segment behind them begins the next where the client had received more since, or where an
// answer is due.
extension HTTP1Connection {
    /// Takes note that the latest frame of a direction was cut; `moment` is where.
    mutating func noteCutFrame(_ direction: Direction, _ moment: Moment) {
        if direction == facts.clientDirection {
            requests.cut = moment.acknowledged
        } else {
            responses.cut = moment.acknowledged
        }
    }

    /// Has a request begin with the client's next segment where one is due.
    mutating func expectRequest(
        _ segment: Span<UInt8>,
        _ moment: Moment,
        _ assembler: borrowing ExchangeAssembler
    ) {
        guard let known = requests.cut.take(), hasHTTP, !switching.isSwitched else { return }
        // Behind an interim response content is due.
        let isAnswered = moment.acknowledged > known && !responses.isInterim
        if isAnswered || isLastWithoutContent(assembler) {
            requests.parser.expectMessage(in: segment)
        }
    }

    /// Whether the request that was cut is of a method without content.
    private func isLastWithoutContent(_ assembler: borrowing ExchangeAssembler) -> Bool {
        guard let last = pairer.positions.last, pairer[last].isUnanswered else { return false }
        let method = assembler.exchanges[pairer[last].slot].heldRequest.method
        return method == "GET" || method == "HEAD"
    }

    /// Has a response begin with the server's next segment where one is due.
    mutating func expectResponse(_ segment: Span<UInt8>, _ moment: Moment) {
        responses.cut = nil
        guard !switching.isSwitched, isAnswerDue(moment.acknowledged) else { return }
        responses.parser.expectMessage(in: segment)
    }
}
