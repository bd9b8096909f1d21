import Bytes
import Findings
import Reassembly

/// The HTTP side of one shard of the connections.
package struct StreamShard: ~Copyable, Sendable {
    private var streams: ConnectionReaders
    /// The time of the latest event.
    private var now = TraceClock()
    /// Whether who is lent the exchanges of a batch takes more of them.
    private var takesMore = true
    /// The smallest ordinal that exchanges may have which finish later.
    private var endOrdinal = 0

    /// Which content need not be told.
    package let countedContent = CountedContent()

    package init(options: TracerOptions) { streams = ConnectionReaders(options) }

    /// What was told of the shard's connections so far.
    package var summary: TraceSummary { streams.assembler.summary }

    /// What its messages take of memory, in bytes; see ``MessageHead/footprint``.
    package var footprint: Int { streams.footprintBound }

    /// Works off a batch, and lends each exchange that is finished to `body` with the ordinal of when
    /// that was, in order; empties the batch.
    ///
    /// - Parameters:
    ///   - batch: what is next.
    ///   - takesMore: whether `body` may be lent any.
    ///   - body: takes an exchange, and answers whether it takes more. What it does not take waits as
    ///     it is for ``lend(_:)`` or another batch.
    /// - Returns: the smallest ordinal that exchanges may have which are lent later.
    package mutating func process(
        _ batch: inout StreamBatch,
        takesMore: Bool,
        _ body: (Exchange, Int) -> Bool
    ) -> Int {
        self.takesMore = takesMore
        var reader = BatchReader()
        for index in batch.events.indices {
            let event = batch.events[index]
            move(to: event.now, behind: event.before)
            if streams.assembler.hasMuchToLend { lendMore(body) }
            streams.assembler.ordinal = event.ordinal
            reader.tell(&streams, event, batch)
            if case .bytes(let direction) = event.event, event.areBytesKept,
                CountedContent.lengths ~= event.byteCount
            {
                streams.noteCountedContent(
                    event.slot,
                    direction,
                    from: event.moment.offset + event.byteCount,
                    in: countedContent
                )
            }
            if event.settles { streams.receive(.settled, event.slot) }
        }
        move(to: batch.now, behind: batch.before)
        if batch.isFrameOver {
            streams.assembler.release()
        } else {
            streams.assembler.releaseSealed()
        }
        lendMore(body)
        endOrdinal = batch.endOrdinal + 1
        batch.removeAll()
        return firstOrdinal
    }

    /// Lends what waits since `body` took no more.
    ///
    /// - Returns: the smallest ordinal that exchanges may have which are lent later.
    package mutating func lend(_ body: (Exchange, Int) -> Bool) -> Int {
        _ = streams.assembler.lend(body)
        return firstOrdinal
    }

    /// Whether exchanges wait to be lent that need not be held.
    package var hasToLend: Bool { streams.assembler.hasToLend }

    private var firstOrdinal: Int { streams.assembler.firstOrdinal ?? endOrdinal }

    /// Goes on to a frame, at the end of the one before which what is finished is let go.
    private mutating func move(to now: TraceClock, behind before: TraceClock) {
        guard now != self.now else { return }
        streams.assembler.now = before
        streams.assembler.release()
        streams.assembler.now = now
        self.now = now
    }

    /// Lends what was let go as long as `body` takes more.
    private mutating func lendMore(_ body: (Exchange, Int) -> Bool) {
        if takesMore, streams.assembler.hasToLend { takesMore = streams.assembler.lend(body) }
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

    /// Stands for bytes that nobody looks at.
    private static let anything = [UInt8](
        repeating: 0,
        count: CountedContent.lengths.upperBound
    )

    /// Tells `streams` what happened.
    mutating func tell(
        _ streams: inout ConnectionReaders,
        _ event: RoutedEvent,
        _ batch: borrowing StreamBatch
    ) {
        let bytes =
            event.areBytesKept
            ? batch.bytes.span.extracting(next(event.byteCount))
            : Self.anything.span.extracting(0..<event.byteCount)
        streams.receive(event.event, bytes, event.slot, event.moment)
    }

    /// Where the next bytes of the batch are.
    private mutating func next(_ count: Int) -> Range<Int> {
        defer { position += count }
        return position..<position + count
    }
}
