import Synchronization
package import Trace

/// Works off the shards of a trace at once, on the thread that traces, and puts what they find in
/// order.
///
/// Now and then it takes no more exchanges for a while, as where a shard is far ahead of another.
package final class InlineShards: StreamShardWorkers {
    fileprivate struct State: ~Copyable {
        var first: StreamShard
        var second: StreamShard
        var third: StreamShard
        var found: [(ordinal: Int, exchange: Exchange)] = []
        /// What each shard has said that may come later, and whether it held to that.
        var bounds = [0, 0, 0]
        var isInOrder = true
        var batchCount = 0
    }

    package let shardCount: Int
    private let state: Mutex<State>

    /// Makes `count` shards, 1 to 3.
    package init(_ count: Int, _ options: TracerOptions) {
        shardCount = count
        state = Mutex(
            State(
                first: StreamShard(options: options),
                second: StreamShard(options: options),
                third: StreamShard(options: options)
            )
        )
    }

    package func take(_ batches: inout [StreamBatch]) {
        state.withLock { state in
            for index in batches.indices { state.process(&batches[index], of: index) }
        }
    }

    package func countedContent(ofShard shard: Int) -> CountedContent {
        state.withLock { state in
            switch shard {
            case 0: state.first.countedContent
            case 1: state.second.countedContent
            default: state.third.countedContent
            }
        }
    }

    package var footprintBound: Int {
        state.withLock { $0.first.footprint + $0.second.footprint + $0.third.footprint }
    }

    package func wait() {}

    package func holdings() -> StreamHoldings {
        state.withLock { state in
            var holdings = state.first.holdings(shard: 0, of: shardCount)
            if shardCount > 1 { holdings.add(state.second.holdings(shard: 1, of: shardCount)) }
            if shardCount > 2 { holdings.add(state.third.holdings(shard: 2, of: shardCount)) }
            return holdings
        }
    }

    /// The exchanges in the order in which they finished, and the sums of all shards.
    package func results(
        _ tracer: borrowing ShardedTracer
    ) -> (
        exchanges: [Exchange], summary: TraceSummary, isInOrder: Bool
    ) {
        state.withLock { state in
            for shard in 0..<shardCount { state.takeRest(of: shard) }
            var summary = tracer.summary
            summary.add(state.first.summary)
            summary.add(state.second.summary)
            summary.add(state.third.summary)
            let inOrder = state.found.enumerated().sorted {
                ($0.element.ordinal, $0.offset) < ($1.element.ordinal, $1.offset)
            }
            return (inOrder.map(\.element.exchange), summary, state.isInOrder)
        }
    }
}

extension InlineShards.State {
    fileprivate mutating func process(_ batch: inout StreamBatch, of shard: Int) {
        var (latest, new) = (bounds[shard], [(ordinal: Int, exchange: Exchange)]())
        func note(_ exchange: Exchange, _ ordinal: Int) {
            if ordinal < latest { isInOrder = false }
            latest = ordinal
            new.append((ordinal, exchange))
        }
        // As good as random, and the same again each time.
        batchCount += 1
        let takesMore = batchCount % 3 != 0
        func take(_ exchange: Exchange, _ ordinal: Int) -> Bool {
            note(exchange, ordinal)
            return ordinal % 5 != 0
        }
        switch shard {
        case 0: bounds[0] = first.process(&batch, takesMore: takesMore) { take($0, $1) }
        case 1: bounds[1] = second.process(&batch, takesMore: takesMore) { take($0, $1) }
        default: bounds[2] = third.process(&batch, takesMore: takesMore) { take($0, $1) }
        }
        if bounds[shard] < latest { isInOrder = false }
        found += new
    }

    /// Takes what was not taken before.
    fileprivate mutating func takeRest(of shard: Int) {
        func take(_ exchange: Exchange, _ ordinal: Int) -> Bool {
            if ordinal < bounds[shard] { isInOrder = false }
            found.append((ordinal, exchange))
            return true
        }
        switch shard {
        case 0: _ = first.lend { take($0, $1) }
        case 1: _ = second.lend { take($0, $1) }
        default: _ = third.lend { take($0, $1) }
        }
    }
}
