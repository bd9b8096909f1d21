import Bytes
import Packets

/// What tells a packet from another one with the same bytes.
struct SegmentOrigin: Sendable, Hashable {
    /// See ``TCPSegment/identification``; 0 also where its sender gives all packets the same.
    var identification: UInt16 = 0
    var hopLimit: UInt8 = 0
}

/// What is remembered of segments whose bytes were delivered, so that bytes which come again can be
/// told from other bytes at the same place.
///
/// A segment leaves a hash of its bytes and the first of them. The latest segments of all connections
/// stand in one ring, and each direction knows its latest one, which leads to those before: so what
/// is remembered is bounded as a whole, and a connection that is quiet takes nothing.
package struct DeliveredSegments: Sendable {
    /// A segment that was delivered; as large as a line of the processor's cache.
    struct Entry: Sendable {
        /// Where its first byte lies in the stream, in bytes since the start.
        var offset: Int
        /// The number of the direction's segment before it; 0 where there is none.
        var previous: Int
        /// Of all its bytes.
        var fingerprint: UInt64
        /// The first of its bytes.
        var firstWords: SIMD4<UInt64>
        /// How many bytes it has.
        var length: Int32
        var origin: SegmentOrigin

        var end: Int { offset + Int(length) }
    }

    /// How bytes compare with those that were delivered at their place.
    enum Comparison {
        /// All of them are the same; the latest segment that held some of them.
        case same(Entry)
        /// They differ, with both versions where these are still there.
        case different(OverlapConflict?)
        /// What is remembered does not tell; the latest segment that held some of them, if any does.
        case unknown(Entry?)
    }

    /// How many bytes of a segment are kept as they were.
    private static let keptLength = MemoryLayout<SIMD4<UInt64>>.size

    /// How many segments are looked through to find those that bytes came in before.
    private static let searchLimit = 512

    private var entries: [Entry] = []
    /// The number of the latest segment; they are counted from 1.
    private var latest = 0
    /// A power of two.
    private let capacity: Int
    private let key = UInt64.random(in: .min ... .max)

    /// Remembers so many segments as have room in `memory` bytes.
    package init(memory: Int) {
        let room = max(64, memory / MemoryLayout<Entry>.stride)
        capacity = 1 << (Int.bitWidth - 1 - room.leadingZeroBitCount)
    }

    /// Remembers a segment with these bytes at `offset` as the latest of its direction, before which
    /// came the one of number `previous`; answers its number.
    @inline(__always)
    mutating func note(
        _ bytes: Span<UInt8>,
        at offset: Int,
        behind previous: Int,
        _ origin: SegmentOrigin
    ) -> Int {
        let entry = Entry(
            offset: offset,
            previous: previous,
            fingerprint: bytes.count > Self.keptLength ? bytes.fingerprint(key: key) : 0,
            firstWords: bytes.firstWords(from: 0),
            length: Int32(truncatingIfNeeded: bytes.count),
            origin: origin
        )
        if entries.count < capacity {
            entries.append(entry)
        } else {
            entries[latest & (capacity - 1)] = entry
        }
        latest += 1
        return latest
    }

    private func entry(_ number: Int) -> Entry? {
        number > 0 && latest - number < entries.count ? entries[(number - 1) & (capacity - 1)] : nil
    }

    /// Compares bytes that come again with those delivered.
    ///
    /// - Parameters:
    ///   - bytes: those that come again.
    ///   - offset: where they lie in the stream.
    ///   - number: that of the direction's latest segment.
    /// - Returns: how they compare.
    func compare(_ bytes: Span<UInt8>, at offset: Int, with number: Int) -> Comparison {
        let end = offset + bytes.count
        var number = number
        var equal = 0
        var last: Entry?
        for _ in 0..<Self.searchLimit {
            guard let entry = entry(number), entry.end > offset else { break }
            number = entry.previous
            let lower = max(offset, entry.offset)
            let upper = min(end, entry.end)
            guard lower < upper else { continue }
            if last == nil { last = entry }
            let again = bytes.extracting(lower - offset..<upper - offset)
            switch compare(again, at: lower - entry.offset, in: entry) {
            case true?: equal += upper - lower
            case false?: return .different(conflict(again, lower - entry.offset, entry))
            case nil: break
            }
        }
        if equal == bytes.count, let last { return .same(last) }
        return .unknown(last)
    }

    /// The parts of a range of which it is sure that they were never delivered: before the stream, or
    /// between segments that are remembered.
    ///
    /// - Parameters:
    ///   - range: where bytes lie in the stream.
    ///   - end: where the stream has come to.
    ///   - number: that of the direction's latest segment.
    /// - Returns: the parts, the last one first.
    func unseen(of range: Range<Int>, before end: Int, with number: Int) -> [Range<Int>] {
        var parts: [Range<Int>] = []
        var cursor = end
        var number = number
        for _ in 0..<Self.searchLimit where cursor > range.lowerBound {
            guard number > 0 else { return parts + Self.part(range, range.lowerBound, cursor) }
            guard let entry = entry(number) else { break }
            parts += Self.part(range, entry.end, cursor)
            cursor = min(cursor, entry.offset)
            number = entry.previous
        }
        return parts + Self.part(range, range.lowerBound, min(cursor, 0))
    }

    private static func part(_ range: Range<Int>, _ lower: Int, _ upper: Int) -> [Range<Int>] {
        guard lower < upper else { return [] }
        let part = range.clamped(to: lower..<upper)
        return part.isEmpty ? [] : [part]
    }

    /// Whether bytes are those at `place` of a segment; `nil` where nothing tells.
    private func compare(_ bytes: Span<UInt8>, at place: Int, in entry: Entry) -> Bool? {
        let isWhole = bytes.count == Int(entry.length)
        if isWhole, bytes.count > Self.keptLength {
            return bytes.fingerprint(key: key) == entry.fingerprint
        }
        let kept = min(Self.keptLength, Int(entry.length))
        for index in bytes.indices where place + index < kept {
            if bytes[index] != entry.firstByte(place + index) { return false }
        }
        return place + bytes.count <= kept ? true : nil
    }

    /// Both versions of bytes that differ, as far as they are kept.
    private func conflict(_ bytes: Span<UInt8>, _ place: Int, _ entry: Entry) -> OverlapConflict? {
        let end = min(place + bytes.count, Self.keptLength)
        guard place < end else { return nil }
        let first = (place..<end).map { entry.firstByte($0) }
        let later = [UInt8](copying: bytes.extracting(first: first.count))
        return OverlapConflict(first: first[...], later: later[...])
    }
}

extension DeliveredSegments.Entry {
    /// One of the first bytes, which are kept.
    fileprivate func firstByte(_ index: Int) -> UInt8 {
        UInt8(truncatingIfNeeded: firstWords[index / 8] >> UInt64(index % 8 * 8))
    }
}
