import Packets

/// Segments that wait for their turn, in the order of their sequence numbers, without overlap.
///
/// Where two segments claim the same bytes, those that came first are kept.
struct SegmentQueue: Sendable {
    /// What adding a segment came to.
    struct Insertion {
        /// Bytes that were there already.
        var duplicate = 0
        /// Whether some of those differ from what was there.
        var isConflicting = false
    }

    private var segments: [StoredSegment] = []
    private var head = 0

    /// Captured bytes that are kept.
    private(set) var byteCount = 0

    /// How many segments are kept.
    var count: Int { segments.count - head }

    var isEmpty: Bool { head == segments.count }

    /// The segment with the lowest sequence number.
    var first: StoredSegment? { isEmpty ? nil : segments[head] }

    /// Takes the segment with the lowest sequence number out.
    mutating func removeFirst() -> StoredSegment? {
        guard !isEmpty else { return nil }
        let segment = segments[head]
        byteCount -= segment.bytes.count
        segments[head].bytes = []
        head += 1
        if head == segments.count {
            segments.removeAll(keepingCapacity: true)
            head = 0
        } else if head > 1024, head * 2 > segments.count {
            segments.removeFirst(head)
            head = 0
        }
        return segment
    }

    /// Adds what is new of a segment.
    mutating func insert(_ segment: StoredSegment) -> Insertion {
        var insertion = Insertion()
        var rest = segment
        var index = position(for: rest.sequence)
        if index > head {
            compare(segments[index - 1], with: rest, &insertion)
            rest.dropFirst(segments[index - 1].end.distance(from: rest.sequence))
        }
        while index < segments.count, !rest.isSpent {
            let next = segments[index]
            let room = next.sequence.distance(from: rest.sequence)
            if room > 0 {
                let piece = rest.prefix(room)
                add(piece, at: index)
                index += 1
            }
            compare(next, with: rest, &insertion)
            rest.dropFirst(next.end.distance(from: rest.sequence))
            index += 1
        }
        if !rest.isSpent { add(rest, at: index) }
        return insertion
    }

    private mutating func add(_ segment: StoredSegment, at index: Int) {
        byteCount += segment.bytes.count
        segments.insert(segment, at: index)
    }

    /// The index of the first segment that begins behind `sequence`; segments mostly come in order,
    /// so the search begins at the end.
    private func position(for sequence: SequenceNumber) -> Int {
        if segments.count > head, let last = segments.last,
            sequence.distance(from: last.sequence) >= 0
        {
            return segments.count
        }
        var (low, high) = (head, segments.count)
        while low < high {
            let middle = (low + high) / 2
            if segments[middle].sequence.distance(from: sequence) <= 0 {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }

    /// Counts the captured bytes of `new` that `old` has already, and looks whether they agree.
    private func compare(
        _ old: StoredSegment,
        with new: StoredSegment,
        _ insertion: inout Insertion
    ) {
        let shift = new.sequence.distance(from: old.sequence)
        let start = max(0, -shift)
        let end = min(new.bytes.count, old.end.distance(from: new.sequence))
        guard start < end else { return }
        insertion.duplicate += end - start
        let known = min(end, old.bytes.count - shift)
        guard start < known, !insertion.isConflicting else { return }
        insertion.isConflicting =
            new.bytes[start..<known] != old.bytes[start + shift..<known + shift]
    }
}

extension StoredSegment {
    /// Whether nothing of it is left.
    fileprivate var isSpent: Bool { bytes.isEmpty && cutLength == 0 }

    /// Leaves `count` bytes out at its front; nothing where `count` is not positive.
    mutating func dropFirst(_ count: Int) {
        guard count > 0 else { return }
        let captured = min(count, bytes.count)
        bytes.removeFirst(captured)
        cutLength = max(0, cutLength - (count - captured))
        sequence = sequence.advanced(by: count)
    }

    /// Its first `count` bytes.
    fileprivate func prefix(_ count: Int) -> StoredSegment {
        var piece = self
        piece.bytes = Array(bytes.prefix(count))
        piece.cutLength = min(max(0, count - bytes.count), cutLength)
        return piece
    }
}
