import Packets

extension HTTP1Connection {
    /// Lends each exchange as it stands whose request began before `time` and that is not over.
    func lendPending(
        askedBefore time: Timestamp,
        _ exchanges: borrowing ExchangeStore,
        _ body: (Exchange) -> Void
    ) {
        for position in pairer.positions {
            let item = pairer.items[position]
            guard !item.isOver, item.requestProgress != .absent, item.absence == nil else {
                continue
            }
            let asked = exchanges[item.slot].heldRequest.time
            guard asked.isKnown, asked.nanoseconds < time.nanoseconds else { continue }
            var exchange = exchanges[item.slot]
            exchange.index = pairer.nextIndex - (pairer.items.count - position)
            // The head of a message that is being read is with its parser.
            if position == pairer.requestPosition {
                exchange.heldRequest.head = requests.parser.head
            }
            if position == pairer.responsePosition, !responses.isInterim {
                exchange.heldResponse.head = responses.parser.head
            }
            exchange.client = facts.client
            exchange.server = facts.server
            body(exchange)
        }
    }
}
