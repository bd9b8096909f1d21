import Bytes
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

    /// What an exchange takes of memory, in bytes, without what grows with its messages: it, as it
    /// rests, its place among the open ones, and the allocations of a head.
    static let costOfExchange = 256 + MemoryLayout<OpenExchange>.stride + 4 * 48

    private var exchanges: RestingSlots<ExchangeSlot>
    private var freeSlots: [Int] = []
    /// How many of ``freeSlots``, from the first, hold no exchange.
    private var bareSlots = 0

    /// Makes a store whose exchanges rest but for those that take so many bytes.
    init(memoryAtWork: Int) {
        let limit = memoryAtWork / MemoryLayout<ExchangeSlot>.stride
        exchanges = RestingSlots(template: ExchangeSlot(), limit: min(limit, Self.mostAtWork))
    }

    /// The most exchanges that do not rest.
    private static let mostAtWork = 4096

    /// Looks at, or changes, the exchange in a slot.
    subscript(slot: Int) -> Exchange {
        @inline(__always) _read { yield exchanges[slot].exchange }
        @inline(__always) _modify { yield &exchanges[slot].exchange }
    }

    /// Takes a slot for an exchange of which only its stream is known.
    mutating func open(stream: Int) -> Int {
        let slot = takeSlot()
        exchanges[slot].exchange.stream = stream
        return slot
    }

    private mutating func takeSlot() -> Int {
        if freeSlots.count > bareSlots, let slot = freeSlots.popLast() { return slot }
        let slot = freeSlots.popLast() ?? exchanges.append()
        bareSlots = freeSlots.count
        exchanges.put(ExchangeSlot(), in: slot)
        return slot
    }

    /// Lends the exchange in a slot to `body`, and frees the slot.
    mutating func close(_ slot: Int, _ body: (Exchange) -> Void) {
        exchanges[slot].lend(body)
        exchanges[slot].exchange.reset()
        free(slot)
    }

    /// Makes a slot the next to be used; of those that were free longest, one lets go of its storage
    /// where too many have some.
    private mutating func free(_ slot: Int) {
        freeSlots.append(slot)
        guard freeSlots.count - bareSlots > Self.spareLimit else { return }
        exchanges.clear(freeSlots[bareSlots])
        bareSlots += 1
    }
}
