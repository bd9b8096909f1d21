internal import Dispatch
import Synchronization
import Trace
import TraceOutput

/// Reads the shards of a trace on a thread each, and renders the exchanges found.
///
/// Where everything fits into the first batches no thread is begun.
final class ShardThreads: StreamShardWorkers {
    /// How many batches of a shard may wait to be worked off.
    private static let queueLimit = 4

    private let shards: [ShardThread]
    private let output: OrderedOutput
    /// Whether the threads have begun.
    private let isRunning = Atomic(false)

    init(
        count: Int,
        options: TracerOptions,
        renderer: () -> ExchangeRenderer,
        output: OrderedOutput
    ) {
        self.output = output
        shards = (0..<count).map { index in
            ShardThread(
                index,
                StreamShard(options: options),
                renderer(),
                output,
                queueLimit: Self.queueLimit
            )
        }
    }

    var shardCount: Int { shards.count }

    func take(_ batches: inout [StreamBatch]) {
        let isLittle = !batches.contains(where: \.isFull)
        if isLittle, !isRunning.load(ordering: .relaxed) {
            for index in shards.indices { shards[index].serve(&batches[index]) }
            return
        }
        isRunning.store(true, ordering: .relaxed)
        for index in shards.indices { shards[index].take(&batches[index]) }
    }

    func countedContent(ofShard shard: Int) -> CountedContent { shards[shard].countedContent }

    var footprintBound: Int { shards.reduce(0) { $0 + $1.footprintBound } }

    func holdings() -> StreamHoldings {
        wait()
        var holdings = StreamHoldings()
        for shard in shards { holdings.add(shard.holdings(of: shards.count)) }
        return holdings
    }

    /// Waits until everything is worked off.
    func wait() {
        guard isRunning.load(ordering: .relaxed) else { return }
        for shard in shards { shard.wait() }
    }

    /// Has exchanges without room rendered once everything is worked off.
    ///
    /// The exchange that finished first always has room, as nothing is in front.
    func finish() {
        wait()
        while shards.count(where: { $0.serveRest() }) > 0 {}
    }

    /// The summaries of the shards.
    var summaries: [TraceSummary] { shards.map(\.summary) }
}

/// One shard and the thread.
private final class ShardThread: Sendable {
    /// The state that the thread works with.
    fileprivate struct Desk: ~Copyable {
        var shard: StreamShard
        var renderer: ExchangeRenderer
        var rendered = RenderedExchanges()
    }

    /// Batches on their way.
    private struct Queue: Sendable {
        var waiting: [StreamBatch] = []
        var spare: [StreamBatch] = []
        /// The memory that past batches take, and that waiting ones may add, in bytes.
        var footprint = 0
        var growthBound = 0
    }

    let countedContent: CountedContent
    private let index: Int
    private let output: OrderedOutput
    private let worker = SerialWorker()
    private let desk: Mutex<Desk>
    private let queue = Mutex(Queue())
    private let vacant: DispatchSemaphore

    init(
        _ index: Int,
        _ shard: consuming sending StreamShard,
        _ renderer: ExchangeRenderer,
        _ output: OrderedOutput,
        queueLimit: Int
    ) {
        countedContent = shard.countedContent
        self.index = index
        self.output = output
        desk = Mutex(Desk(shard: shard, renderer: renderer))
        vacant = DispatchSemaphore(value: queueLimit)
    }

    /// Takes a batch for an empty one, and waits where too many are waiting.
    func take(_ batch: inout StreamBatch) {
        vacant.wait()
        output.noteBatch(of: index)
        queue.withLock { queue in
            queue.growthBound += batch.growthBound
            queue.waiting.append(batch)
            batch = queue.spare.popLast() ?? StreamBatch()
        }
        worker.run { [self] in serveNext() }
    }

    private func serveNext() {
        var batch = queue.withLock { $0.waiting.removeFirst() }
        vacant.signal()
        let growthBound = batch.growthBound
        serve(&batch)
        queue.withLock { queue in
            queue.growthBound -= growthBound
            queue.spare.append(batch)
        }
        output.noteEnd(ofBatchOf: index)
    }

    /// Works `batch` off and leaves the batch empty.
    func serve(_ batch: inout StreamBatch) {
        desk.withLock { desk in
            let hasRoom = output.hasRoom(for: index)
            let bound = desk.process(&batch, hasRoom) { output.take(&$0, of: index, before: $1) }
            _ = output.take(&desk.rendered, of: index, before: bound)
            queue.withLock { $0.footprint = desk.shard.footprint }
        }
    }

    /// Renders exchanges that had no room before, as far as there is room now; answers whether
    /// there are more.
    func serveRest() -> Bool {
        desk.withLock { desk in
            guard desk.shard.hasToLend, output.hasRoom(for: index) else {
                return desk.shard.hasToLend
            }
            let bound = desk.renderRest { output.take(&$0, of: index, before: $1) }
            _ = output.take(&desk.rendered, of: index, before: bound)
            return desk.shard.hasToLend
        }
    }

    var footprintBound: Int { queue.withLock { $0.footprint + $0.growthBound } }

    /// Waits until everything is worked off.
    func wait() {
        let done = DispatchSemaphore(value: 0)
        worker.run { done.signal() }
        done.wait()
    }

    func holdings(of count: Int) -> StreamHoldings {
        desk.withLock { $0.shard.holdings(shard: index, of: count) }
    }

    var summary: TraceSummary { desk.withLock { $0.shard.summary } }
}

extension ShardThread.Desk {
    /// Gives text away, with the least ordinal that may follow; answers whether there is room for
    /// more.
    fileprivate typealias HandOver = (inout RenderedExchanges, Int) -> Bool

    /// Works a batch off; gives much text to `handOver`, and answers the ordinal of the rest.
    fileprivate mutating func process(
        _ batch: inout StreamBatch,
        _ hasRoom: Bool,
        handOver: HandOver
    ) -> Int {
        shard.process(&batch, takesMore: hasRoom) { exchange, ordinal in
            renderer.render(exchange, ordinal, into: &rendered, handOver)
        }
    }

    /// Does the same with exchanges that had no room.
    fileprivate mutating func renderRest(handOver: HandOver) -> Int {
        shard.lend { exchange, ordinal in
            renderer.render(exchange, ordinal, into: &rendered, handOver)
        }
    }
}

extension ExchangeRenderer {
    /// So many bytes of text are handed over before the end of the batch: compressed content may
    /// become a thousand times as long.
    private static let portion = 1 << 20

    /// Renders one, and answers whether there is room for more.
    fileprivate mutating func render(
        _ exchange: Exchange,
        _ ordinal: Int,
        into rendered: inout RenderedExchanges,
        _ handOver: ShardThread.Desk.HandOver
    ) -> Bool {
        render(unnumbered: exchange, into: &rendered.text)
        rendered.note(ordinal)
        return rendered.text.count < Self.portion || handOver(&rendered, ordinal)
    }
}
