internal import Dispatch
import Synchronization
import Trace
import TraceOutput

/// Writes what the shards have rendered, in the order in which the exchanges finished.
///
/// A shard that is far ahead of another waits for it. The one that is behind all others never does,
/// so that there is always one that goes on; and nobody waits for a shard that has nothing to do.
final class OrderedOutput: Sendable {
    /// How many bytes of a shard may wait for their place before the shard does.
    private static let waitingLimit = 8 << 20

    /// What came from one shard and has not gone out.
    fileprivate struct Lane {
        var rendered: [RenderedExchanges] = []
        var byteCount = 0
        /// Nothing comes any more that finished before this.
        var bound = 0
        /// How many batches its shard was given and has not worked off.
        var batchCount = 0
        /// Whether its shard waits for others, and what wakes it.
        var isWaiting = false
        let wake = DispatchSemaphore(value: 0)

        /// When the first one finished.
        var firstOrdinal: Int? { rendered.first?.firstOrdinal }
    }

    fileprivate struct State: ~Copyable {
        var lanes: [Lane]
        var spare: [RenderedExchanges] = []
        var writer: ResultWriter
    }

    private let state: Mutex<State>
    private let done = Atomic(false)

    init(_ writer: consuming sending ResultWriter, shardCount: Int) {
        state = Mutex(
            State(lanes: (0..<shardCount).map { _ in Lane() }, writer: writer)
        )
    }

    /// Whether nobody wants more of the output.
    var isDone: Bool { done.load(ordering: .relaxed) }

    /// Takes note that a shard was given a batch.
    func noteBatch(of shard: Int) { state.withLock { $0.lanes[shard].batchCount += 1 } }

    /// Takes note that a shard has worked off a batch.
    func noteEnd(ofBatchOf shard: Int) {
        state.withLock { state in
            state.lanes[shard].batchCount -= 1
            state.wakeWaiting()
        }
    }

    /// Takes what a shard has rendered, for an empty one in which it may go on, and waits where the
    /// shard is too far ahead.
    ///
    /// - Parameters:
    ///   - rendered: may be empty.
    ///   - shard: whose it is.
    ///   - bound: the smallest ordinal that may come from this shard later.
    func take(_ rendered: inout RenderedExchanges, of shard: Int, before bound: Int) {
        let wake = state.withLock { state in
            state.lanes[shard].bound = bound
            if rendered.firstOrdinal != nil {
                state.lanes[shard].byteCount += rendered.text.count
                state.lanes[shard].rendered.append(rendered)
                rendered = state.spare.popLast() ?? RenderedExchanges()
            }
            while let next = state.next() { state.moveFirst(of: next) }
            noteDone(state.writer)
            state.wakeWaiting()
            state.lanes[shard].isWaiting = state.mustWait(shard, Self.waitingLimit)
            return state.lanes[shard].isWaiting ? state.lanes[shard].wake : nil
        }
        wake?.wait()
    }

    private func noteDone(_ writer: borrowing ResultWriter) {
        if writer.isDone { done.store(true, ordering: .relaxed) }
    }

    /// Writes everything that has its place.
    func flush() {
        state.withLock { state in
            state.writer.flush()
            noteDone(state.writer)
        }
    }

    /// Writes everything that is still in memory, and the summary; answers why output ended early,
    /// if it did.
    func finish(_ summary: TraceSummary) -> TextWriter.Failure? {
        state.withLock { state in
            state.writer.finish(summary)
            return state.writer.failure
        }
    }
}

extension OrderedOutput.State {
    /// The shard with the exchange that finished next; `nil` where another may still come that
    /// finished earlier.
    fileprivate borrowing func next() -> Int? {
        var (shard, earliest) = (-1, Int.max)
        for index in lanes.indices {
            let ordinal = lanes[index].firstOrdinal ?? lanes[index].bound
            guard ordinal < earliest else { continue }
            (shard, earliest) = (index, ordinal)
        }
        return shard >= 0 && lanes[shard].firstOrdinal != nil ? shard : nil
    }

    /// Writes the first exchange of a shard.
    fileprivate mutating func moveFirst(of shard: Int) {
        let rendered = lanes[shard].rendered[0]
        lanes[shard].byteCount -= rendered.firstLength
        writer.write(rendered)
        guard rendered.firstOrdinal == nil else { return }
        lanes[shard].rendered.removeFirst()
        rendered.removeAll()
        spare.append(rendered)
    }

    /// Whether a shard has more than `limit` bytes that wait for another which is at work.
    fileprivate borrowing func mustWait(_ shard: Int, _ limit: Int) -> Bool {
        guard lanes[shard].byteCount > limit, let first = lanes[shard].firstOrdinal else {
            return false
        }
        return lanes.indices.contains { other in
            other != shard && lanes[other].batchCount > 0 && !lanes[other].isWaiting
                && lanes[other].bound <= first
        }
    }

    /// Wakes the shards that need not wait any longer.
    fileprivate mutating func wakeWaiting() {
        for index in lanes.indices where lanes[index].isWaiting && !mustWait(index, 0) {
            lanes[index].isWaiting = false
            lanes[index].wake.signal()
        }
    }
}
