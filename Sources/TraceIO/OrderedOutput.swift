import Synchronization
import Trace
import TraceOutput

/// Writes what the shards have rendered, in the order in which the exchanges finished.
final class OrderedOutput: Sendable {
    /// What came from one shard and has not gone out.
    fileprivate struct Lane {
        var rendered: [RenderedExchanges] = []
        /// Nothing comes any more that finished before this.
        var bound = 0

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
            State(lanes: Array(repeating: Lane(), count: shardCount), writer: writer)
        )
    }

    /// Whether nobody wants more of the output.
    var isDone: Bool { done.load(ordering: .relaxed) }

    /// Takes what a shard has rendered, for an empty one in which it may go on.
    ///
    /// - Parameters:
    ///   - rendered: may be empty.
    ///   - shard: whose it is.
    ///   - bound: the smallest ordinal that may come from this shard later.
    func take(_ rendered: inout RenderedExchanges, of shard: Int, before bound: Int) {
        state.withLock { state in
            state.lanes[shard].bound = bound
            if rendered.firstOrdinal != nil {
                state.lanes[shard].rendered.append(rendered)
                rendered = state.spare.popLast() ?? RenderedExchanges()
            }
            while let next = state.next() { state.moveFirst(of: next) }
            if state.writer.isDone { done.store(true, ordering: .relaxed) }
        }
    }

    /// Writes everything that has its place.
    func flush() { state.withLock { $0.writer.flush() } }

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
        writer.write(rendered)
        guard rendered.firstOrdinal == nil else { return }
        lanes[shard].rendered.removeFirst()
        rendered.removeAll()
        spare.append(rendered)
    }
}
