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
        case skip(Direction, Int, GapCause)
        case end(Direction)
        case reset
        /// ``StreamBatch/oddities`` has it.
        case note(Int)
        case noteFinding(FindingCode)
        /// ``StreamBatch/repeats`` has it, and its bytes are so many of ``StreamBatch/bytes``.
        case compare(Int, Int)
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

    /// Time and ordinal at its end: nothing that is told later has a smaller one.
    var end = TraceClock()
    var endOrdinal = 0

    package init() {}

    /// Empties it and keeps the storage.
    mutating func removeAll() {
        events.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
        openings.removeAll(keepingCapacity: true)
        oddities.removeAll(keepingCapacity: true)
        repeats.removeAll(keepingCapacity: true)
    }

    /// How many bytes of streams are in it.
    package var byteCount: Int { bytes.count }

    /// Whether it is time to have it worked off.
    package var isFull: Bool { bytes.count >= 1 << 18 || events.count >= 1 << 11 }
}
