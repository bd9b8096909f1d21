package import Packets

/// Turns the frames of a capture into HTTP exchanges as ``Tracer`` does, and the same ones in the
/// same order, with the streams read elsewhere: on other threads, a shard of the connections on
/// each.
package struct ShardedTracer: ~Copyable {
    private var connections: ConnectionTracer<StreamRouter>

    /// Begins a trace whose streams `workers` read.
    ///
    /// Nobody may ask for ``TracerOptions/frames`` or ``TracerOptions/notesSegmentCuts``.
    package init(options: TracerOptions, workers: any StreamShardWorkers) {
        connections = ConnectionTracer(options: options, streams: StreamRouter(workers))
    }

    /// What the capture has come to so far below HTTP; the shards have the rest.
    package var summary: TraceSummary { connections.summary }

    /// How many frames it has taken.
    package var frameCount: Int { connections.counts.frames }

    /// Takes the next frame of the capture, with the bytes that were captured of it.
    package mutating func process(_ frame: Frame, _ bytes: Span<UInt8>) {
        connections.process(frame, bytes)
    }

    /// Lets capture time pass where no frame comes; see ``Tracer/advance(to:)``.
    package mutating func advance(to time: Timestamp) { connections.advance(to: time) }

    /// Has what was seen so far worked off, sooner or later; to be called between two frames.
    package mutating func flush() { connections.flush() }

    /// Ends the trace: what is unfinished is finished as it stands.
    package mutating func finish() {
        // What is finished now goes out before the rest is ended.
        connections.flush()
        connections.finish()
        connections.flush()
    }
}

extension ConnectionTracer<StreamRouter> {
    fileprivate mutating func flush() { streams.flush() }
}

/// Who works off what a ``ShardedTracer`` writes down, one ``StreamShard`` for each shard.
package protocol StreamShardWorkers: AnyObject, Sendable {
    /// How many shards there are, at least 1.
    var shardCount: Int { get }

    /// Takes what is next of each shard, and gives empty batches for it.
    func take(_ batches: inout [StreamBatch])

    /// What is known in a shard of content that need not be told.
    func countedContent(ofShard shard: Int) -> CountedContent

    /// What the streams take of memory at the most, in bytes, once all that was taken is worked off;
    /// does not wait.
    var footprintBound: Int { get }

    /// Waits until all that was taken is worked off; then ``footprintBound`` is exact.
    func wait()

    /// What messages take of memory once all that was taken is worked off: waits for that.
    func holdings() -> StreamHoldings
}
