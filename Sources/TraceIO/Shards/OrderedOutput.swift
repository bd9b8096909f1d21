internal import Dispatch
import Synchronization
import Trace
import TraceOutput

/// Writes the shards' rendered exchanges in the order in which they finished.
///
/// Whichever shard comes while nobody merges does so, for all of them, and the others go on
/// meanwhile. A shard that is far ahead of another waits. The one that is behind all others never
/// does, so that there is always one that goes on; and nobody waits for a shard that has nothing to
/// do.
final class OrderedOutput: Sendable {
    /// How many bytes of a shard may wait for their place before the shard does.
    private static let waitingLimit = 8 << 20

    /// The state of one shard.
    fileprivate struct Lane {
        /// Portions that came and are not in the merge's hands yet.
        var arrived: [RenderedPortion] = []
        /// How many bytes have not gone out, and when the first of them finished, as far as the
        /// merge has told.
        var byteCount = 0
        var firstOrdinal: Int?
        /// Nothing comes any more that finished before this.
        var bound = 0
        /// How many batches the shard was given and has not worked off.
        var batchCount = 0
        /// Whether the shard waits for others, and the semaphore to wake the shard.
        var isWaiting = false
        let wake = DispatchSemaphore(value: 0)
    }

    fileprivate struct State: ~Copyable {
        var lanes: [Lane]
        var spare: [RenderedPortion] = []
        /// Whether a shard merges, and whether something came unnoticed by that shard.
        var isMerging = false
        var hasNews = false
    }

    private let state: Mutex<State>
    /// Whoever has set ``State/isMerging`` takes this before the other, and nobody in turn.
    private let merge: Mutex<OrderedMerge>
    private let done = Atomic(false)

    init(_ writer: consuming sending ResultWriter, shardCount: Int) {
        state = Mutex(State(lanes: (0..<shardCount).map { _ in Lane() }))
        merge = Mutex(OrderedMerge(writer, shardCount: shardCount))
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

    /// Takes a shard's rendered exchanges, for an empty portion to go on with, and waits where the
    /// shard is too far ahead.
    ///
    /// - Parameters:
    ///   - rendered: may be empty.
    ///   - shard: the shard that rendered.
    ///   - bound: the smallest ordinal that may come from this shard later.
    /// - Returns: whether there is room for more of the shard: see ``hasRoom(for:)``.
    func take(_ rendered: inout RenderedExchanges, of shard: Int, before bound: Int) -> Bool {
        let merges = state.withLock { state in
            state.take(&rendered, of: shard, before: bound)
            defer { state.isMerging = true }
            return !state.isMerging
        }
        if merges { mergeAll() }
        let wake = state.withLock { state in
            state.lanes[shard].isWaiting = state.mustWait(shard, Self.waitingLimit)
            return state.lanes[shard].isWaiting ? state.lanes[shard].wake : nil
        }
        wake?.wait()
        return hasRoom(for: shard)
    }

    /// Whether little of a shard waits for a place.
    ///
    /// Where much does, and the shard need not wait for another at work, the text waits for a shard
    /// that holds an exchange: better not to render more.
    func hasRoom(for shard: Int) -> Bool {
        state.withLock { $0.lanes[shard].byteCount <= Self.waitingLimit }
    }

    private func mergeAll() {
        merge.withLock { merge in
            while state.withLock({ $0.exchange(with: &merge) }) {
                merge.run()
                noteDone(merge.writer)
            }
        }
    }

    private func noteDone(_ writer: borrowing ResultWriter) {
        if writer.isDone { done.store(true, ordering: .relaxed) }
    }

    /// Writes everything that has a place.
    func flush() {
        merge.withLock { merge in
            merge.writer.flush()
            noteDone(merge.writer)
        }
    }

    /// Writes everything that is still in memory, and the summary; answers why output ended early,
    /// or `nil`.
    func finish(_ summary: TraceSummary) -> TextWriter.Failure? {
        merge.withLock { merge in
            merge.writer.finish(summary)
            return merge.writer.failure
        }
    }
}

extension OrderedOutput.State {
    fileprivate mutating func take(
        _ rendered: inout RenderedExchanges,
        of shard: Int,
        before bound: Int
    ) {
        hasNews = true
        lanes[shard].bound = bound
        guard let ordinal = rendered.firstOrdinal else { return }
        lanes[shard].firstOrdinal = lanes[shard].firstOrdinal ?? ordinal
        lanes[shard].byteCount += rendered.byteCount
        let portion = spare.popLast() ?? RenderedPortion()
        swap(&portion.exchanges, &rendered)
        lanes[shard].arrived.append(portion)
    }

    /// Takes back portions that went out, and hands over those that came; `false` where none has,
    /// which ends the merging.
    fileprivate mutating func exchange(with merge: inout OrderedMerge) -> Bool {
        spare.append(contentsOf: merge.emptied)
        merge.emptied.removeAll(keepingCapacity: true)
        for index in lanes.indices {
            merge.lanes[index].rendered.append(contentsOf: lanes[index].arrived)
            merge.lanes[index].bound = lanes[index].bound
            lanes[index].arrived.removeAll(keepingCapacity: true)
            lanes[index].byteCount = merge.lanes[index].byteCount
            lanes[index].firstOrdinal = merge.lanes[index].firstOrdinal
        }
        isMerging = hasNews
        hasNews = false
        wakeWaiting()
        return isMerging
    }

    /// Whether a shard has more than `limit` bytes that wait to be merged, or for another which is
    /// at work.
    fileprivate borrowing func mustWait(_ shard: Int, _ limit: Int) -> Bool {
        guard lanes[shard].byteCount > limit, let first = lanes[shard].firstOrdinal else {
            return false
        }
        if isMerging { return true }
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
