import Packets

/// Which bytes are taken where two segments that wait hold the same place in the stream.
package enum OverlapPolicy: String, CaseIterable, Sendable, Hashable {
    /// Those that came first.
    case first
    /// Those that came last.
    case last
}

/// Segments that wait for their turn, in the order of their sequence numbers, without overlap.
struct SegmentQueue: Sendable {
    /// What adding a segment came to.
    struct Insertion {
        /// Bytes that were there already, of which one version is not kept.
        var duplicate = 0
        /// Where the two versions differ first.
        var conflict: OverlapConflict?
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

    /// Whether a segment waits that lies behind `sequence`.
    func holdsSegment(behind sequence: SequenceNumber) -> Bool {
        guard !isEmpty, let last = segments.last else { return false }
        return last.sequence.distance(from: sequence) > 0
    }

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

    /// Adds a segment, or what is new of it.
    mutating func insert(
        _ segment: StoredSegment,
        keeping policy: OverlapPolicy = .first
    ) -> Insertion {
        policy == .first ? insertNew(of: segment) : insertReplacing(segment)
    }

    /// Adds a segment in place of what was there.
    private mutating func insertReplacing(_ segment: StoredSegment) -> Insertion {
        var insertion = Insertion()
        var index = position(for: segment.sequence)
        if index > head, segments[index - 1].end.distance(from: segment.sequence) > 0 { index -= 1 }
        var end = index
        var pieces = [segment]
        var replaced = 0
        while end < segments.count, segments[end].sequence.distance(from: segment.end) < 0 {
            let old = segments[end]
            compare(old, with: segment, &insertion)
            let (before, behind) = old.parts(around: segment)
            byteCount -= old.bytes.count
            // Those of its bytes that are in neither part are lost, as if they had come again.
            let kept = (before?.bytes.count ?? 0) + (behind?.bytes.count ?? 0)
            replaced += old.bytes.count - kept
            if let before { pieces.insert(before, at: 0) }
            if let behind { pieces.append(behind) }
            end += 1
        }
        insertion.duplicate = replaced
        byteCount += pieces.reduce(0) { $0 + $1.bytes.count }
        segments.replaceSubrange(index..<end, with: pieces)
        return insertion
    }

    private mutating func insertNew(of segment: StoredSegment) -> Insertion {
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
        guard start < known, insertion.conflict == nil else { return }
        insertion.conflict = OverlapConflict(
            first: old.bytes[start + shift..<known + shift],
            later: new.bytes[start..<known]
        )
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

    /// What of it lies before `other`, and what behind.
    fileprivate func parts(around other: StoredSegment) -> (StoredSegment?, StoredSegment?) {
        let front = other.sequence.distance(from: sequence)
        var rest = self
        rest.dropFirst(other.end.distance(from: sequence))
        let isBehind = end.distance(from: other.end) > 0
        return (front > 0 ? prefix(front) : nil, isBehind ? rest : nil)
    }

    /// Its first `count` bytes.
    fileprivate func prefix(_ count: Int) -> StoredSegment {
        var piece = self
        piece.bytes = Array(bytes.prefix(count))
        piece.cutLength = min(max(0, count - bytes.count), cutLength)
        return piece
    }
}
