internal import Dispatch
import Synchronization
import Trace
import TraceOutput

/// Reads the shards of a trace on a thread each, and renders what they find.
///
/// Where everything fits into the first batches no thread is begun.
final class ShardThreads: StreamShardWorkers {
    /// How many batches of a shard may wait to be worked off.
    private static let queueLimit = 3

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

    func footprintBound(growth: Int) -> Int {
        shards.reduce(0) { $0 + $1.footprintBound(growth: growth) }
    }

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

    /// What the shards have come to.
    var summaries: [TraceSummary] { shards.map(\.summary) }
}

/// One shard and its thread.
private final class ShardThread: Sendable {
    /// What the thread works with.
    fileprivate struct Desk: ~Copyable {
        var shard: StreamShard
        var renderer: ExchangeRenderer
        var rendered = RenderedExchanges()
    }

    /// Batches on their way.
    private struct Queue: Sendable {
        var waiting: [StreamBatch] = []
        var spare: [StreamBatch] = []
        /// Bytes of streams that were taken and not yet worked off, and the footprint without them.
        var pendingBytes = 0
        var footprint = 0
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
        queue.withLock { queue in
            queue.pendingBytes += batch.byteCount
            queue.waiting.append(batch)
            batch = queue.spare.popLast() ?? StreamBatch()
        }
        worker.run { [self] in serveNext() }
    }

    private func serveNext() {
        var batch = queue.withLock { $0.waiting.removeFirst() }
        vacant.signal()
        let count = batch.byteCount
        serve(&batch)
        queue.withLock { queue in
            queue.pendingBytes -= count
            queue.spare.append(batch)
        }
    }

    /// Works a batch off and empties it.
    func serve(_ batch: inout StreamBatch) {
        desk.withLock { desk in
            let bound = desk.process(&batch)
            output.take(&desk.rendered, of: index, before: bound)
            queue.withLock { $0.footprint = desk.shard.footprint }
        }
    }

    func footprintBound(growth: Int) -> Int {
        queue.withLock { $0.footprint + $0.pendingBytes * growth }
    }

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
    /// Works a batch off; answers what may come later.
    fileprivate mutating func process(_ batch: inout StreamBatch) -> Int {
        shard.process(&batch) { exchange, ordinal in
            renderer.render(unnumbered: exchange, into: &rendered.text)
            rendered.note(ordinal)
        }
    }
}
