import TraceOutput

/// Rendered exchanges of one shard in the order in which they finished, on their way to the output.
///
/// Unchecked, as it goes from hand to hand: at any time it is known only to the shard that fills it,
/// or only to the output that empties it, and passes between the two under the output's lock.
final class RenderedExchanges: @unchecked Sendable {
    /// The most bytes of storage that are worth keeping.
    private static let spareLimit = 4 << 20

    var text = OutputBuffer()
    /// When each finished, and where it ends in ``text``.
    private var marks: [(ordinal: Int, end: Int)] = []
    /// What of both went out already.
    private var marksTaken = 0
    private var bytesTaken = 0

    /// When the first finished that has not gone out; `nil` where all have.
    var firstOrdinal: Int? { marksTaken < marks.count ? marks[marksTaken].ordinal : nil }

    /// How many bytes of the first one there are.
    var firstLength: Int { marks[marksTaken].end - bytesTaken }

    /// Notes that ``text`` ends with another one.
    func note(_ ordinal: Int) { marks.append((ordinal, text.count)) }

    /// Moves the first one to the end of `buffer`.
    func moveFirst(to buffer: inout OutputBuffer) {
        let end = marks[marksTaken].end
        text.withBytes { buffer.append($0.extracting(bytesTaken..<end)) }
        dropFirst()
    }

    /// Leaves the first one out.
    func dropFirst() {
        bytesTaken = marks[marksTaken].end
        marksTaken += 1
    }

    /// Empties it and keeps the storage.
    func removeAll() {
        if text.count > Self.spareLimit { text = OutputBuffer() } else { text.removeAll() }
        marks.removeAll(keepingCapacity: true)
        (marksTaken, bytesTaken) = (0, 0)
    }
}
