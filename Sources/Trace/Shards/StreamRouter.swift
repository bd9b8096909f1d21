import Bytes
import Findings
import HTTPWire
import Reassembly

/// Writes down what the readers of streams are told, for each shard of the connections apart, and
/// has it worked off elsewhere.
///
/// A connection's slot tells its shard. The shards work at different times, and what they find is
/// the same as where everything is told to one reader: each event comes with the time that it has
/// there.
struct StreamRouter: ~Copyable {
    /// How many bytes a byte of a stream may add to the footprint of its message: it may end a field
    /// line, or be one of the few that an exchange begins with.
    private static let growthOfByte = max(
        MemoryLayout<FieldLine>.stride + 1,
        ExchangeStore.costOfExchange / 4
    )
    /// The same for an event: it may end a line that is open in each direction, and an exchange may
    /// begin with what was missed in each.
    private static let growthOfEvent =
        2 * (MemoryLayout<FieldLine>.stride + ExchangeStore.costOfExchange)

    private let workers: any StreamShardWorkers
    private let countedContent: [CountedContent]
    private var slots: [Slot] = []
    private var batches: [StreamBatch]
    private var isFull = false

    private var now = TraceClock()
    private var before = TraceClock()
    private var ordinal = 0

    /// Nobody can ask about frames here.
    var recorder: FrameRecorder?

    /// The latest connection in a slot whose streams were opened.
    private struct Slot {
        /// Its number.
        var stream = -1
        /// Whether nothing but bytes was told of it, so that what is known of its content holds.
        ///
        /// A stream that was ended and begins again stays disturbed: what is known is about its
        /// first part.
        var isUndisturbed = false
    }

    init(_ workers: any StreamShardWorkers) {
        self.workers = workers
        countedContent = (0..<workers.shardCount).map { workers.countedContent(ofShard: $0) }
        batches = Array(repeating: StreamBatch(), count: workers.shardCount)
    }

    /// Has everything worked off that was written down so far, sooner or later.
    private mutating func flush(isFrameOver: Bool) {
        for index in batches.indices {
            batches[index].now = now
            batches[index].before = before
            batches[index].isFrameOver = isFrameOver
            batches[index].endOrdinal = ordinal
        }
        workers.take(&batches)
        isFull = false
    }

    /// Does so between two frames.
    mutating func flush() { flush(isFrameOver: true) }

    private func shard(_ slot: Int) -> Int { slot % batches.count }

    /// Writes an event down; `keeps` tells whether its bytes are.
    private mutating func append(
        _ event: StreamEvent,
        _ bytes: Span<UInt8>,
        keeps: Bool,
        _ slot: Int,
        _ moment: Moment
    ) {
        let shard = shard(slot)
        ordinal += 1
        if keeps, !bytes.isEmpty {
            batches[shard].growthBound += bytes.count * Self.growthOfByte
            batches[shard].bytes.append(copying: bytes)
        }
        batches[shard].events.append(
            RoutedEvent(
                event: event,
                byteCount: bytes.count,
                areBytesKept: keeps,
                settles: false,
                slot: slot / batches.count,
                moment: moment,
                now: now,
                before: before,
                ordinal: ordinal
            )
        )
        batches[shard].growthBound += Self.growthOfEvent
        if batches[shard].isFull { isFull = true }
    }
}

extension StreamRouter: StreamEventReceiver {
    mutating func advance(to moment: TraceClock) {
        // What is found in one frame stays together.
        if isFull { flush(isFrameOver: true) }
        before = now
        now = moment
    }

    mutating func setTime(of frame: FrameReference) {
        now.timestamp = frame.timestamp.nanoseconds
    }

    mutating func receive(
        _ event: StreamEvent,
        _ bytes: Span<UInt8>,
        _ slot: Int,
        _ moment: Moment
    ) {
        var keeps = true
        switch event {
        case .opened(let opening): noteOpening(opening, slot)
        case .bytes(let direction):
            keeps = !isCounted(slot, direction, bytes.count, moment.offset)
        case .settled: if settlesWithLast(slot) { return }
        case .gap, .ended, .reset, .finished, .givenUp: disturb(slot)
        default: break
        }
        append(event, bytes, keeps: keeps, slot, moment)
    }

    private mutating func noteOpening(_ opening: StreamOpening, _ slot: Int) {
        batches[shard(slot)].growthBound += HTTP1Connection.cost
        while slots.count <= slot { slots.append(Slot()) }
        if slots[slot].stream != opening.stream {
            slots[slot] = Slot(stream: opening.stream, isUndisturbed: true)
        }
    }

    /// Whether `count` bytes from `offset` on, and all before them that were not told yet, are known to
    /// be content which nobody looks at.
    private func isCounted(_ slot: Int, _ direction: Direction, _ count: Int, _ offset: Int) -> Bool
    {
        guard CountedContent.lengths ~= count, slots[slot].isUndisturbed else { return false }
        let key = CountedContent.key(slots[slot].stream, direction)
        return offset + count <= countedContent[shard(slot)].end(key)
    }

    private mutating func disturb(_ slot: Int) {
        if slot < slots.count { slots[slot].isUndisturbed = false }
    }

    /// Has the last event of a shard say that exchanges are handed over behind it, where it is about the
    /// same connection, as mostly; answers whether it is.
    private mutating func settlesWithLast(_ slot: Int) -> Bool {
        let shard = shard(slot)
        let last = batches[shard].events.count - 1
        guard last >= 0, batches[shard].events[last].slot == slot / batches.count else {
            return false
        }
        batches[shard].events[last].settles = true
        return true
    }

    mutating func relieve() {
        if isFull { flush(isFrameOver: false) }
    }

    mutating func sealAll() {
        for shard in batches.indices { receive(.sealed, shard) }
    }

    var footprintBound: Int {
        batches.reduce(workers.footprintBound) { $0 + $1.growthBound }
    }

    mutating func footprint() -> Int {
        flush(isFrameOver: false)
        workers.wait()
        return workers.footprintBound
    }

    mutating func holdings() -> StreamHoldings {
        flush(isFrameOver: false)
        return workers.holdings()
    }
}
