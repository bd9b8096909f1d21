/// The exchanges that are finished and were not lent yet, by their slots in the ``ExchangeStore``, in
/// the order in which they go out.
///
/// A finished exchange is held for a moment, because bytes that belong to no message may follow and
/// are reported with it: until something shows that its messages are over, and for 50 ms of capture
/// time at the most. How long depends on its own connection and the time, and not on what other
/// connections hold. Where bytes of its connection wait for others, or are part of a line, the
/// exchange is held until they are known, and lets those that finished later go first.
struct FinishedExchanges: Sendable {
    /// How long a finished exchange is held, in nanoseconds.
    private static let holdingTime: Int64 = 50_000_000

    /// How long after it was finished, in nanoseconds, a frame of the same connection may come that
    /// is about a finished exchange.
    ///
    /// This is less, so that captures whose clock goes back a little do not have it depend on the
    /// frames of others.
    private static let reportingTime: Int64 = 40_000_000

    /// For how many frames an exchange is held at the most: a capture's clock may stand still.
    private static let holdingFrames = 4096

    /// One exchange.
    struct Item: Sendable {
        /// The exchange's slot; negative where the exchange was postponed.
        var slot: Int
        var finished: TraceClock
        /// Since when it is held: since then, or since nothing behind it is awaited any more.
        var since: TraceClock
        /// What ``ExchangeAssembler/ordinal`` was.
        var ordinal: Int
        var isSealed = false
        /// Whether bytes behind it are not known yet.
        var isAwaiting = false
        /// What the exchange takes of memory and no longer counts in ``ExchangeAssembler/footprint``.
        var footprint = 0
    }

    private var items: [Item] = []
    private var firstHeld = 0
    /// Those before ``firstHeld`` are let go; from here on they were not lent yet.
    private var firstToLend = 0
    /// What those that are let go and were not lent yet take of memory, in bytes.
    private(set) var footprintToLend = 0
    /// How many exchanges were lent before `items[0]`.
    private var base = 0

    /// Those that are awaiting and let others go first, by number.
    private var postponed: [Int: Item] = [:]

    /// Appends the exchange in a slot; answers a number to speak of it by.
    mutating func append(_ slot: Int, _ now: TraceClock, ordinal: Int) -> Int {
        items.append(Item(slot: slot, finished: now, since: now, ordinal: ordinal))
        return base + items.count - 1
    }

    /// Records whether bytes behind an exchange are not known yet; answers the number to speak of it
    /// by from now on.
    mutating func await(
        _ number: Int,
        _ isAwaiting: Bool,
        _ now: TraceClock,
        ordinal: Int
    ) -> Int {
        if number - base >= firstHeld {
            items[number - base].isAwaiting = isAwaiting
        } else if !isAwaiting, postponed[number] != nil {
            return resume(number, now, ordinal: ordinal)
        }
        return number
    }

    /// Puts an exchange that was postponed behind those that are held.
    private mutating func resume(_ number: Int, _ now: TraceClock, ordinal: Int) -> Int {
        guard var item = postponed.removeValue(forKey: number) else { return number }
        item.isAwaiting = false
        item.ordinal = ordinal
        // If it might go out at once, others in front of it would keep it from that, and which these
        // are depends on how the connections are divided.
        item.since = now
        items.append(item)
        return base + items.count - 1
    }

    /// Lets an exchange go: nothing more will be found about it.
    ///
    /// - Returns: the index of the item; `nil` where the exchange was let go before.
    mutating func seal(_ number: Int, _ now: TraceClock, ordinal: Int) -> Int? {
        let index = resume(number, now, ordinal: ordinal) - base
        guard index >= firstHeld else { return nil }
        items[index].isSealed = true
        return index
    }

    /// Lets all of them go but those that are awaiting; `body` takes the index of each.
    mutating func sealAll(_ body: (inout FinishedExchanges, Int) -> Void) {
        for index in firstHeld..<items.count where !items[index].isAwaiting {
            items[index].isSealed = true
            body(&self, index)
        }
    }

    /// Looks at, or changes, the item at an index.
    subscript(index: Int) -> Item {
        _read { yield items[index] }
        _modify { yield &items[index] }
    }

    /// The slots of those that are held and not awaiting.
    var heldSlots: some Sequence<Int> {
        items[firstHeld...].lazy.filter { !$0.isAwaiting }.map(\.slot)
    }

    /// The slot of an exchange that is awaiting; `nil` where that is not.
    func awaitingSlot(_ number: Int) -> Int? {
        guard let item = item(number), item.isAwaiting else { return nil }
        return item.slot
    }

    private func item(_ number: Int) -> Item? {
        let index = number - base
        return index >= firstHeld ? items[index] : postponed[number]
    }

    /// The slot of an exchange which the frame at hand may be about, one of the same connection:
    /// whether the frame may does not depend on the frames of others.
    func openSlot(_ number: Int, _ now: TraceClock) -> Int? {
        // One that is sealed may have gone out, or wait for others.
        guard let item = item(number), !item.isSealed else { return nil }
        if item.isAwaiting { return item.slot }
        let finished = item.finished
        let isLate =
            now.frame - finished.frame >= Self.holdingFrames
            || Self.isOver(Self.reportingTime, from: finished.timestamp, to: now.timestamp)
        return isLate ? nil : item.slot
    }

    /// Whether an exchange may be let go at `now`.
    func hasReleasable(_ now: TraceClock) -> Bool {
        firstHeld < items.count && isReleasable(items[firstHeld], now)
    }

    /// Whether the first that is held is sealed.
    var isFirstSealed: Bool { firstHeld < items.count && items[firstHeld].isSealed }

    /// Whether the first that is held has to let others go first.
    var isFirstAwaiting: Bool { items[firstHeld].isAwaiting && !items[firstHeld].isSealed }

    /// The index of the first that is held.
    var firstIndex: Int { firstHeld }

    /// Has the first that is held let others go first.
    mutating func postponeFirst() {
        postponed[base + firstHeld] = items[firstHeld]
        items[firstHeld].slot = -1
        firstHeld += 1
    }

    /// Lets the first that is held go; answers the slot.
    mutating func releaseFirst() -> Int {
        footprintToLend += items[firstHeld].footprint
        firstHeld += 1
        return items[firstHeld - 1].slot
    }

    /// How many are let go that were not lent.
    var countToLend: Int { firstHeld - firstToLend }

    /// The ordinal of the first that was not lent; `nil` where there is none.
    var firstOrdinal: Int? { firstToLend < items.count ? items[firstToLend].ordinal : nil }

    /// Takes out the next that is to be lent.
    mutating func takeFirst() -> Item {
        footprintToLend -= items[firstToLend].footprint
        firstToLend += 1
        return items[firstToLend - 1]
    }

    /// Forgets those that were lent, once they are many.
    mutating func forgetLent() {
        guard firstToLend == items.count || firstToLend > 4096 else { return }
        base += firstToLend
        items.removeFirst(firstToLend)
        firstHeld -= firstToLend
        firstToLend = 0
    }

    private func isReleasable(_ item: Item, _ now: TraceClock) -> Bool {
        if item.isSealed || now.frame - item.since.frame >= Self.holdingFrames { return true }
        return Self.isOver(Self.holdingTime, from: item.since.nanoseconds, to: now.nanoseconds)
    }

    /// Whether so many nanoseconds have passed; times in files may be lies, and an overflow is a long
    /// time.
    private static func isOver(_ time: Int64, from start: Int64, to end: Int64) -> Bool {
        let (elapsed, overflow) = end.subtractingReportingOverflow(start)
        return overflow || elapsed >= time
    }
}
