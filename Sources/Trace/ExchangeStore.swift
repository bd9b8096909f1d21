import Packets

/// The exchanges that were not handed over yet, each in a slot where it stays until then: it is
/// large, and what moves between pairing and output is the slot's number.
///
/// Slots are used again with the storage of their messages, so that a long trace does not allocate
/// for each exchange.
struct ExchangeStore: ~Copyable {
    /// How many slots keep their storage while they are free; behind a flood the others let go.
    private static let spareLimit = 256

    private var exchanges = ExchangeSlots()
    private var freeSlots: [Int] = []

    /// Looks at, or changes, the exchange in a slot.
    subscript(slot: Int) -> Exchange {
        @inline(__always) _read { yield exchanges[slot] }
        @inline(__always) _modify { yield &exchanges[slot] }
    }

    /// Takes a slot for an exchange of which only its stream is known.
    mutating func open(stream: Int) -> Int {
        if let slot = freeSlots.popLast() {
            exchanges[slot].stream = stream
            return slot
        }
        exchanges.append()
        exchanges[exchanges.count - 1].stream = stream
        return exchanges.count - 1
    }

    /// Moves the exchange in a slot to `batch`, which is not full, and frees the slot.
    mutating func close(_ slot: Int, movingTo batch: inout ExchangeBatch) {
        batch.take(&exchanges[slot])
        if freeSlots.count >= Self.spareLimit { exchanges[slot] = .vacant }
        freeSlots.append(slot)
    }

    /// Lends the exchange in a slot to `body`, and frees the slot.
    mutating func close(_ slot: Int, _ body: (Exchange) -> Void) {
        exchanges.lend(slot, body)
        if freeSlots.count < Self.spareLimit {
            exchanges[slot].reset()
        } else {
            exchanges[slot] = .vacant
        }
        freeSlots.append(slot)
    }
}
