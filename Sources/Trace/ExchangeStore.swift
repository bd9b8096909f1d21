import Packets

/// The exchanges that were not handed over yet, each in a slot where it stays until then: it is
/// large, and what moves between pairing and output is the slot's number.
///
/// Slots are used again with the storage of their messages, so that a long trace does not allocate
/// for each exchange.
struct ExchangeStore: ~Copyable {
    /// How many slots keep their storage while they are free, the latest; behind a flood the others
    /// let go.
    private static let spareLimit = 256

    /// What an exchange takes of memory, in bytes, without what grows with its messages: its slot,
    /// its place among the open ones, and the allocations of two heads.
    static let costOfExchange =
        MemoryLayout<Exchange>.stride + MemoryLayout<OpenExchange>.stride + 4 * 48

    private var exchanges = ExchangeSlots()
    private var freeSlots: [Int] = []
    /// How many of ``freeSlots``, from the first, hold no storage.
    private var bareSlots = 0

    /// Looks at, or changes, the exchange in a slot.
    subscript(slot: Int) -> Exchange {
        @inline(__always) _read { yield exchanges[slot] }
        @inline(__always) _modify { yield &exchanges[slot] }
    }

    /// Takes a slot for an exchange of which only its stream is known.
    mutating func open(stream: Int) -> Int {
        if let slot = freeSlots.popLast() {
            bareSlots = min(bareSlots, freeSlots.count)
            exchanges[slot].stream = stream
            return slot
        }
        exchanges.append()
        exchanges[exchanges.count - 1].stream = stream
        return exchanges.count - 1
    }

    /// Lends the exchange in a slot to `body`, and frees the slot.
    mutating func close(_ slot: Int, _ body: (Exchange) -> Void) {
        exchanges.lend(slot, body)
        exchanges[slot].reset()
        free(slot)
    }

    /// Makes a slot the next to be used; of those that were free longest, one lets go of its storage
    /// where too many have some.
    private mutating func free(_ slot: Int) {
        freeSlots.append(slot)
        guard freeSlots.count - bareSlots > Self.spareLimit else { return }
        exchanges[freeSlots[bareSlots]] = .vacant
        bareSlots += 1
    }
}
