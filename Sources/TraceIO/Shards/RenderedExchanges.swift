import TraceOutput

/// Exchanges of one shard as text, in the order in which they finished.
struct RenderedExchanges: ~Copyable, Sendable {
    /// The most bytes of storage that are worth keeping.
    private static let spareLimit = 4 << 20

    var text = OutputBuffer()
    /// When each finished, and the end in ``text``.
    private var marks: [(ordinal: Int, end: Int)] = []
    /// How much of both went out already.
    private var marksTaken = 0
    private var bytesTaken = 0

    /// When the first finished that has not gone out; `nil` where all have.
    var firstOrdinal: Int? { marksTaken < marks.count ? marks[marksTaken].ordinal : nil }

    /// Notes that ``text`` ends with another one.
    mutating func note(_ ordinal: Int) { marks.append((ordinal, text.count)) }

    /// How many bytes have not gone out.
    var byteCount: Int { text.count - bytesTaken }

    /// Takes the first one out, and lends the text to `body`.
    mutating func takeFirst(_ body: (Span<UInt8>) -> Void) {
        let end = marks[marksTaken].end
        text.withBytes { body($0.extracting(bytesTaken..<end)) }
        (marksTaken, bytesTaken) = (marksTaken + 1, end)
    }

    /// Moves those that finished no later than `last` to the end of `buffer`; answers how many.
    mutating func move(through last: Int, to buffer: inout OutputBuffer) -> Int {
        let (first, next) = (marksTaken, firstIndex(after: last))
        if next > first { move(next, to: &buffer) }
        return next - first
    }

    /// Leaves those out that finished no later than `last`.
    mutating func drop(through last: Int) {
        let next = firstIndex(after: last)
        if next > marksTaken { (marksTaken, bytesTaken) = (next, marks[next - 1].end) }
    }

    private func firstIndex(after last: Int) -> Int {
        var index = marksTaken
        while index < marks.count, marks[index].ordinal <= last { index += 1 }
        return index
    }

    /// Moves those before `next`, in one piece.
    private mutating func move(_ next: Int, to buffer: inout OutputBuffer) {
        let end = marks[next - 1].end
        text.withBytes { buffer.append($0.extracting(bytesTaken..<end)) }
        (marksTaken, bytesTaken) = (next, end)
    }

    /// Removes all and keeps the storage.
    mutating func removeAll() {
        if text.count > Self.spareLimit { text = OutputBuffer() } else { text.removeAll() }
        marks.removeAll(keepingCapacity: true)
        (marksTaken, bytesTaken) = (0, 0)
    }
}

/// Rendered exchanges on their way to the output.
///
/// Unchecked, as a portion goes from hand to hand: filled and emptied only under the output's lock
/// or, by the merging shard, under the merge's.
final class RenderedPortion: @unchecked Sendable {
    var exchanges = RenderedExchanges()
}
