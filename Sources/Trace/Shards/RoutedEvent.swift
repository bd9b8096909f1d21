import Findings
import Packets
import Reassembly

/// Something that the reader of a stream is told, on its way to another thread.
struct RoutedEvent: Sendable {
    /// What it is, with what is said of it there or stands in the batch at an index.
    enum Kind: Sendable {
        /// ``StreamBatch/openings`` has what is known.
        case open(Int)
        /// The bytes are so many of ``StreamBatch/bytes``, behind those of the event before.
        case feed(Direction, Int)
        /// So many bytes that were not kept, as they are only counted; see ``CountedContent``.
        case count(Direction, Int)
        case skip(Direction, Int, GapCause)
        case end(Direction, StreamEnd)
        /// Who sent it, and how many bytes of the other direction it had received.
        case reset(Direction, Int)
        case noteUnacknowledged(Direction)
        /// ``StreamBatch/oddities`` has it.
        case note(Int)
        case noteFinding(FindingCode)
        case setWaiting(Bool)
        /// ``StreamBatch/repeats`` has it, and its bytes are so many of ``StreamBatch/bytes``.
        case compare(Int, Int)
        /// So many bytes from the moment's offset on.
        case move(Direction, Int)
        case noteLate(Int)
        case settle
        case finish(Absence)
        /// The number of the connection.
        case forget(Int)
        case noteShortage
        case giveUp
        case sealAll
    }

    var kind: Kind
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
    var openings: [StreamOpening] = []
    var oddities: [(OddSegment, FindingDetail?)] = []
    var repeats: [RepeatedPayload] = []

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
        openings.removeAll(keepingCapacity: true)
        oddities.removeAll(keepingCapacity: true)
        repeats.removeAll(keepingCapacity: true)
        growthBound = 0
    }

    /// How many bytes more the messages of the shard may take of memory when it is worked off.
    package internal(set) var growthBound = 0

    /// Whether it is time to have it worked off.
    package var isFull: Bool { bytes.count >= 1 << 17 || events.count >= 1 << 10 }
}
