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
        /// Of those, bytes that had to give way.
        var replaced = 0
        /// Where the two versions differ first.
        var conflict: OverlapConflict?
    }

    private var segments = OrderedSegments()

    /// Captured bytes that are kept.
    private(set) var byteCount = 0

    /// What the segments take of memory, in bytes.
    var footprint: Int { byteCount + count * StoredSegment.overhead }

    /// How many segments are kept.
    var count: Int { segments.count }

    @inline(__always) var isEmpty: Bool { segments.isEmpty }

    /// The segment with the lowest sequence number.
    var first: StoredSegment? { segments.first }

    /// Whether a segment waits that lies behind `sequence`.
    func holdsSegment(behind sequence: SequenceNumber) -> Bool {
        segments.last.map { $0.sequence.distance(from: sequence) > 0 } ?? false
    }

    /// The place behind the last segment.
    var end: SequenceNumber? { segments.last?.end }

    /// The first segment that lies behind `sequence`.
    func first(behind sequence: SequenceNumber) -> StoredSegment? {
        segments[segments.position(behind: sequence)]
    }

    /// Whether its segments were captured in their order, and none is missing between them.
    var isInOrder: Bool {
        guard var last = first else { return true }
        var position = segments.position(behind: last.sequence)
        while let next = segments[position] {
            guard next.sequence == last.end, next.frame.number >= last.frame.number else {
                return false
            }
            last = next
            position = segments.position(after: position)
        }
        return true
    }

    /// Notes with each segment that it could be delivered with the latest frame of those up to it.
    mutating func settleArrivals() {
        var settled = OrderedSegments()
        var arrival: FrameReference?
        while var segment = segments.removeFirst() {
            if arrival.map({ $0.number < segment.frame.number }) ?? true { arrival = segment.frame }
            segment.arrival = arrival
            settled.insert(segment)
        }
        segments = settled
    }

    /// Takes the segments out for which `isMeant` holds.
    mutating func remove(where isMeant: (StoredSegment) -> Bool) -> [StoredSegment] {
        var kept = OrderedSegments()
        var removed: [StoredSegment] = []
        while let segment = segments.removeFirst() {
            if isMeant(segment) { removed.append(segment) } else { kept.insert(segment) }
        }
        segments = kept
        byteCount -= removed.reduce(0) { $0 + $1.bytes.count }
        return removed
    }

    /// Takes the segment with the lowest sequence number out.
    mutating func removeFirst() -> StoredSegment? {
        guard let segment = segments.removeFirst() else { return nil }
        byteCount -= segment.bytes.count
        return segment
    }

    /// Adds a segment, or what is new of it.
    mutating func insert(
        _ segment: StoredSegment,
        keeping policy: OverlapPolicy = .first
    ) -> Insertion {
        policy == .first ? insertNew(of: segment) : insertReplacing(segment)
    }

    private mutating func insertNew(of segment: StoredSegment) -> Insertion {
        var insertion = Insertion()
        var rest = segment
        var position = segments.position(behind: rest.sequence)
        if let before = segments.position(before: position), let old = segments[before] {
            compare(old, with: rest, &insertion)
            rest.dropFirst(old.end.distance(from: rest.sequence))
        }
        while let next = segments[position], !rest.isSpent {
            let room = next.sequence.distance(from: rest.sequence)
            guard room < rest.length else { break }
            let piece = room > 0 ? rest.prefix(room) : nil
            compare(next, with: rest, &insertion)
            rest.dropFirst(next.end.distance(from: rest.sequence))
            if let piece { add(piece) }
            position = segments.position(behind: next.sequence)
        }
        if !rest.isSpent { add(rest) }
        return insertion
    }

    /// Adds a segment in place of what was there.
    private mutating func insertReplacing(_ segment: StoredSegment) -> Insertion {
        var insertion = Insertion()
        var pieces = [segment]
        while let (position, old) = firstOverlap(with: segment) {
            compare(old, with: segment, &insertion)
            segments.remove(at: position)
            byteCount -= old.bytes.count
            let (before, behind) = old.parts(around: segment)
            // Those of its bytes that are in neither part are lost, as if they had come again.
            let kept = (before?.bytes.count ?? 0) + (behind?.bytes.count ?? 0)
            insertion.replaced += old.bytes.count - kept
            pieces += [before, behind].compactMap(\.self)
        }
        insertion.duplicate = insertion.replaced
        for piece in pieces { add(piece) }
        return insertion
    }

    private func firstOverlap(
        with segment: StoredSegment
    ) -> (OrderedSegments.Position, StoredSegment)? {
        let behind = segments.position(behind: segment.sequence)
        if let before = segments.position(before: behind), let old = segments[before],
            old.end.distance(from: segment.sequence) > 0
        {
            return (before, old)
        }
        guard let next = segments[behind], next.sequence.distance(from: segment.end) < 0 else {
            return nil
        }
        return (behind, next)
    }

    private mutating func add(_ segment: StoredSegment) {
        byteCount += segment.bytes.count
        segments.insert(segment)
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
    /// Bytes that it stands for in the stream.
    fileprivate var length: Int { bytes.count + cutLength }

    /// Whether nothing of it is left.
    fileprivate var isSpent: Bool { length == 0 }

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
