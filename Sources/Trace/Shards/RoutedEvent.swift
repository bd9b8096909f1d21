/// An event on its way to the thread that reads its connection.
struct RoutedEvent: Sendable {
    var event: StreamEvent
    /// How many bytes stand beside the event.
    var byteCount: Int
    /// Whether these are the next of ``StreamBatch/bytes``; else they are only counted, and were not
    /// kept (see ``CountedContent``).
    var areBytesKept: Bool
    /// Whether finished exchanges are handed over behind it.
    var settles: Bool
    /// The connection's slot, as its shard counts.
    var slot: Int
    /// Where and when; of no meaning with some.
    var moment: Moment
    /// The time, and what it was one frame earlier.
    var now: TraceClock
    var before: TraceClock
    /// Says what was told first where there are several shards.
    var ordinal: Int
}

/// What was told of the connections of one shard, in order.
package struct StreamBatch: Sendable {
    var events: [RoutedEvent] = []
    var bytes: [UInt8] = []

    /// The frame that was at hand at its end, as with the events, and whether all was told of it.
    var now = TraceClock()
    var before = TraceClock()
    var isFrameOver = true
    /// Nothing that is told later has a smaller ordinal.
    var endOrdinal = 0

    package init() {}

    /// Empties it and keeps the storage.
    mutating func removeAll() {
        events.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
        growthBound = 0
    }

    /// How many bytes more the messages of the shard may take of memory when it is worked off.
    package internal(set) var growthBound = 0

    /// Whether it is time to have it worked off.
    package var isFull: Bool { bytes.count >= 1 << 17 || events.count >= 1 << 10 }
}
