/// Exchanges that lie in memory of their own and are lent where they lie.
///
/// An element of an array cannot be lent without a copy of it, which for an exchange is a dozen
/// counts of references and 600 bytes: 1,100 instructions for each exchange, a tenth of all. This
/// is the one place where `Trace` goes without the compiler's help: `base` owns `count` exchanges,
/// all of them initialised, and nobody else knows it; every slot that comes from outside is checked
/// against `count`.
@safe
package struct ExchangeSlots: ~Copyable, @unchecked Sendable {
    // Sendable as every exchange is, and the memory is owned alone: the type cannot be copied.
    private var base: UnsafeMutablePointer<ExchangeSlot>
    private var capacity: Int

    /// How many slots there are.
    package private(set) var count = 0

    package init(capacity: Int = 16) {
        self.capacity = max(capacity, 1)
        unsafe base = .allocate(capacity: self.capacity)
    }

    deinit {
        unsafe base.deinitialize(count: count)
        unsafe base.deallocate()
    }

    /// Looks at, or changes, the exchange in a slot.
    subscript(slot: Int) -> Exchange {
        @inline(__always) _read {
            precondition(slot >= 0 && slot < count)
            yield unsafe base[slot].exchange
        }
        @inline(__always) _modify {
            precondition(slot >= 0 && slot < count)
            yield unsafe &base[slot].exchange
        }
    }

    /// Adds a slot with an exchange of which nothing is known.
    mutating func append() {
        if count == capacity { grow() }
        unsafe (base + count).initialize(to: ExchangeSlot())
        count += 1
    }

    /// Lends the exchange in a slot to `body`.
    package func lend(_ slot: Int, _ body: (Exchange) -> Void) {
        precondition(slot >= 0 && slot < count)
        unsafe base[slot].lend(body)
    }

    private mutating func grow() {
        let larger = UnsafeMutablePointer<ExchangeSlot>.allocate(capacity: capacity * 2)
        unsafe larger.moveInitialize(from: base, count: count)
        unsafe base.deallocate()
        unsafe base = larger
        capacity *= 2
    }
}

/// An exchange that cannot be copied by mistake.
private struct ExchangeSlot: ~Copyable {
    var exchange = Exchange.vacant

    @inline(never)
    func lend(_ body: (Exchange) -> Void) { body(exchange) }
}
