import Bytes
import Findings
import Reassembly

/// The HTTP side of one shard of the connections.
package struct StreamShard: ~Copyable, Sendable {
    private var streams: StreamTraces

    package init(options: TracerOptions) { streams = StreamTraces(options) }

    /// What was told of the shard's connections so far.
    package var summary: TraceSummary { streams.collector.summary }

    /// What its messages take of memory, in bytes; see ``MessageHead/footprint``.
    package var footprint: Int { streams.footprintBound }

    /// Works off a batch, and lends each exchange that is finished to `body` with the ordinal of when
    /// that was, in order; empties the batch.
    ///
    /// - Returns: the smallest ordinal that exchanges may have which are lent later.
    package mutating func process(
        _ batch: inout StreamBatch,
        _ body: (Exchange, Int) -> Void
    ) -> Int {
        var reader = BatchReader()
        for index in batch.events.indices {
            let event = batch.events[index]
            release(until: event.before, body)
            streams.collector.now = event.now
            streams.collector.ordinal = event.ordinal
            reader.tell(&streams, event, batch)
        }
        release(until: batch.end, body)
        let end = batch.endOrdinal + 1
        batch.removeAll()
        return streams.collector.firstHeldOrdinal ?? end
    }

    /// Lends what is finished, as it is where the time is `time` and no later frame has come.
    private mutating func release(until time: TraceClock, _ body: (Exchange, Int) -> Void) {
        streams.collector.now = time
        if streams.collector.hasReleasable { streams.collector.drain(body) }
    }

    /// What its messages take of memory, by the slots of the router's connections.
    package func holdings(shard: Int, of count: Int) -> StreamHoldings {
        var holdings = streams.holdings()
        for index in holdings.unfinished.indices {
            holdings.unfinished[index].slot *= count
            holdings.unfinished[index].slot += shard
        }
        return holdings
    }
}

/// Goes through what a batch holds beside its events.
private struct BatchReader {
    private var position = 0

    /// Tells `streams` what happened.
    mutating func tell(
        _ streams: inout StreamTraces,
        _ event: RoutedEvent,
        _ batch: borrowing StreamBatch
    ) {
        let (slot, moment) = (event.slot, event.moment)
        switch event.kind {
        case .open(let index): streams.open(slot, batch.openings[index])
        case .feed(let direction, let count):
            streams.feed(slot, direction, batch.bytes.span.extracting(next(count)), moment)
        case .skip(let direction, let length, let cause):
            streams.skip(slot, direction, length: length, cause: cause, moment)
        case .end(let direction): streams.end(slot, direction, moment)
        case .reset: streams.reset(slot, moment)
        case .note(let index):
            streams.note(slot, batch.oddities[index].0, batch.oddities[index].1)
        case .noteFinding(let code): streams.note(slot, code)
        case .compare(let index, let count):
            streams.compare(slot, batch.repeats[index], batch.bytes.span.extracting(next(count)))
        case .noteLate(let count): streams.noteLate(slot, count)
        case .settle: streams.settle(slot)
        case .finish(let absence): streams.finish(slot, absence, moment)
        case .forget(let stream): streams.forget(slot, stream: stream)
        case .noteShortage: streams.noteShortage(slot)
        case .giveUp: streams.giveUp(slot, moment)
        case .sealAll: streams.sealAll()
        }
    }

    /// Where the next bytes of the batch are.
    private mutating func next(_ count: Int) -> Range<Int> {
        defer { position += count }
        return position..<position + count
    }
}
