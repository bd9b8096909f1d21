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

    private mutating func append(_ kind: RoutedEvent.Kind, _ slot: Int, _ moment: Moment) {
        let shard = shard(slot)
        ordinal += 1
        batches[shard].events.append(
            RoutedEvent(
                kind: kind,
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

    /// Where and when does not matter.
    private mutating func append(_ kind: RoutedEvent.Kind, _ slot: Int) {
        append(kind, slot, .none)
    }

    private mutating func keep(_ bytes: Span<UInt8>, _ slot: Int) {
        batches[shard(slot)].growthBound += bytes.count * Self.growthOfByte
        batches[shard(slot)].bytes.append(copying: bytes)
    }
}

extension StreamRouter: StreamTracing {
    mutating func advance(to moment: TraceClock) {
        // What is found in one frame stays together.
        if isFull { flush(isFrameOver: true) }
        before = now
        now = moment
    }

    mutating func setTime(of frame: FrameReference) {
        now.timestamp = frame.timestamp.nanoseconds
    }

    mutating func open(_ slot: Int, _ opening: StreamOpening) {
        let index = batches[shard(slot)].openings.count
        batches[shard(slot)].openings.append(opening)
        append(.open(index), slot)
        batches[shard(slot)].growthBound += StreamTrace.cost
        while slots.count <= slot { slots.append(Slot()) }
        if slots[slot].stream != opening.stream {
            slots[slot] = Slot(stream: opening.stream, isUndisturbed: true)
        }
    }

    mutating func feed(
        _ slot: Int,
        _ direction: Direction,
        _ bytes: Span<UInt8>,
        _ moment: Moment
    ) {
        if CountedContent.lengths ~= bytes.count,
            isCounted(slot, direction, moment.offset + bytes.count)
        {
            return append(.count(direction, bytes.count), slot, moment)
        }
        keep(bytes, slot)
        append(.feed(direction, bytes.count), slot, moment)
    }

    /// Whether all bytes of a stream before `end` that were not told yet are known to be content
    /// which nobody looks at.
    private func isCounted(_ slot: Int, _ direction: Direction, _ end: Int) -> Bool {
        guard slots[slot].isUndisturbed else { return false }
        let key = CountedContent.key(slots[slot].stream, direction)
        return end <= countedContent[shard(slot)].end(key)
    }

    private mutating func disturb(_ slot: Int) {
        if slot < slots.count { slots[slot].isUndisturbed = false }
    }

    mutating func skip(
        _ slot: Int,
        _ direction: Direction,
        length: Int,
        cause: GapCause,
        _ moment: Moment
    ) {
        disturb(slot)
        append(.skip(direction, length, cause), slot, moment)
    }

    mutating func end(_ slot: Int, _ direction: Direction, _ end: StreamEnd, _ moment: Moment) {
        disturb(slot)
        append(.end(direction, end), slot, moment)
    }

    mutating func reset(
        _ slot: Int,
        _ direction: Direction,
        received: Int,
        _ moment: Moment
    ) {
        disturb(slot)
        append(.reset(direction, received), slot, moment)
    }

    mutating func noteUnacknowledged(_ slot: Int, _ direction: Direction) {
        append(.noteUnacknowledged(direction), slot)
    }

    mutating func note(_ slot: Int, _ odd: OddSegment, _ detail: FindingDetail?) {
        let index = batches[shard(slot)].oddities.count
        batches[shard(slot)].oddities.append((odd, detail))
        append(.note(index), slot)
    }

    mutating func note(_ slot: Int, _ code: FindingCode) { append(.noteFinding(code), slot) }

    mutating func setWaiting(_ slot: Int, _ isWaiting: Bool) {
        append(.setWaiting(isWaiting), slot)
    }

    mutating func compare(_ slot: Int, _ repeated: RepeatedPayload, _ bytes: Span<UInt8>) {
        let index = batches[shard(slot)].repeats.count
        batches[shard(slot)].repeats.append(repeated)
        keep(bytes, slot)
        append(.compare(index, bytes.count), slot)
    }

    mutating func move(_ slot: Int, _ moved: MovedPayload, _ frame: FrameReference) {
        let start = moved.range.lowerBound
        let moment = Moment(frame: frame, arrival: frame, offset: start, acknowledged: 0)
        append(.move(moved.direction, moved.range.count), slot, moment)
    }

    mutating func noteLate(_ slot: Int, _ count: Int) { append(.noteLate(count), slot) }

    mutating func settle(_ slot: Int) {
        // Mostly it follows what it is about, which then says so itself.
        let shard = shard(slot)
        let last = batches[shard].events.count - 1
        if last >= 0, batches[shard].events[last].slot == slot / batches.count {
            batches[shard].events[last].settles = true
        } else {
            append(.settle, slot)
        }
    }

    mutating func finish(_ slot: Int, _ absence: Absence, _ moment: Moment) {
        disturb(slot)
        append(.finish(absence), slot, moment)
    }

    mutating func forget(_ slot: Int, stream: Int) { append(.forget(stream), slot) }

    mutating func noteShortage(_ slot: Int) { append(.noteShortage, slot) }

    mutating func giveUp(_ slot: Int, _ moment: Moment) {
        disturb(slot)
        append(.giveUp, slot, moment)
    }

    mutating func relieve() {
        if isFull { flush(isFrameOver: false) }
    }

    mutating func sealAll() {
        for shard in batches.indices { append(.sealAll, shard) }
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
