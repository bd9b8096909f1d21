/// Finished exchanges on their way to another thread.
///
/// They are swapped in, so that their storage goes round between the two threads: neither allocates
/// for an exchange, nor frees what the other has allocated.
package struct ExchangeBatch: ~Copyable, Sendable {
    /// How many exchanges fit in: about half a megabyte with their heads, which is worth waking
    /// another thread for and stays in the caches on its way.
    package static let capacity = 256

    private var slots = ExchangeSlots(capacity: capacity)

    /// How many exchanges are in it.
    package private(set) var count = 0

    package init() {
        for _ in 0..<Self.capacity { slots.append() }
    }

    /// Whether no other exchange fits in.
    package var isFull: Bool { count == Self.capacity }

    /// Takes an exchange, and leaves one of which nothing is known in its place.
    mutating func take(_ exchange: inout Exchange) {
        swap(&slots[count], &exchange)
        count += 1
    }

    /// Lends each exchange to `body` in the order in which they finished, and empties the batch.
    package mutating func drain(_ body: (Exchange) -> Void) {
        for slot in 0..<count {
            slots.lend(slot, body)
            slots[slot].reset()
        }
        count = 0
    }
}
