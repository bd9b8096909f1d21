import Bytes
import Packets

// Where a segment's payload goes: what is next is delivered, what is ahead waits, and what was there
// before is counted and compared.
extension TCPConnection {
    /// Finds the place of a segment's payload: delivers it, stores it, or knows it already.
    mutating func place(
        _ segment: TCPSegment,
        _ direction: Direction,
        _ frame: FrameReference,
        _ bytes: Span<UInt8>
    ) -> Range<Int> {
        let sequence = segment.payloadSequence
        let distance = sequence.distance(from: self[direction].next)
        if distance == 0, self[direction].queue.isEmpty, !isAhead(segment.acknowledged, direction) {
            return deliver(segment, direction, frame, skipping: 0)
        }
        return placeElsewhere(segment, direction, frame, bytes, distance)
    }

    private mutating func deliver(
        _ segment: TCPSegment,
        _ direction: Direction,
        _ frame: FrameReference,
        skipping known: Int
    ) -> Range<Int> {
        let start = min(segment.payload.lowerBound + known, segment.payload.upperBound)
        let payload = start..<segment.payload.upperBound
        self[direction].advance(by: payload.count)
        self[direction].hasPayload = true
        self[direction].lastSegment = (segment.payloadSequence, segment.wireLength, frame)
        let missing = segment.wireLength - known - payload.count
        if missing > 0 {
            self[direction].advance(by: missing)
            immediate.append(.gap(direction, length: missing, cause: .cutFrame))
            isDue = true
        }
        let hasFollowers = !self[direction].queue.isEmpty
        let isAwaited = !self[direction.opposite].queue.isEmpty
        if hasFollowers || isAwaited || self[direction].finSequence != nil { isDue = true }
        return payload
    }

    @inline(never)
    private mutating func placeElsewhere(
        _ segment: TCPSegment,
        _ direction: Direction,
        _ frame: FrameReference,
        _ bytes: Span<UInt8>,
        _ distance: Int
    ) -> Range<Int> {
        var distance = distance
        if distance == 1, self[direction].hasEnded, self[direction].queue.isEmpty {
            // Data behind a FIN, which takes a sequence number itself.
            self[direction].start(at: segment.payloadSequence)
            distance = 0
        }
        if distance < 0, isLateStart(direction, segment, distance) {
            self[direction].start(at: segment.payloadSequence)
            distance = 0
        }
        let known = -distance
        // A keep-alive probe asks for an acknowledgement with any byte in place of one that was
        // received (RFC 9293 §3.8.4).
        if distance == -1, segment.wireLength == 1 {
            duplicateBytes += segment.payload.count
            return 0..<0
        }
        if known >= segment.wireLength {
            noteDuplicate(segment, direction, frame)
            noteRepeated(segment, direction, segment.payload.count, distance)
            return 0..<0
        }
        if self[direction].queue.holdsSegment(behind: segment.payloadSequence) {
            oddities.append(OddSegment(.outOfOrder, direction))
        }
        if known > 0 {
            noteRetransmission(direction, known)
            noteRepeated(segment, direction, min(known, segment.payload.count), distance)
        }
        let isNext = distance <= 0
        if isNext, self[direction].queue.isEmpty, !isAhead(segment.acknowledged, direction) {
            return deliver(segment, direction, frame, skipping: known)
        }
        store(segment, direction, frame, bytes, skipping: max(0, known))
        return 0..<0
    }

    private mutating func store(
        _ segment: TCPSegment,
        _ direction: Direction,
        _ frame: FrameReference,
        _ bytes: Span<UInt8>,
        skipping known: Int
    ) {
        var stored = StoredSegment(
            sequence: segment.payloadSequence,
            bytes: [UInt8](copying: bytes.extracting(segment.payload)),
            cutLength: segment.cutLength,
            acknowledgement: segment.acknowledged,
            frame: frame
        )
        stored.dropFirst(known)
        let insertion = self[direction].queue.insert(stored, keeping: options.overlap)
        duplicateBytes += insertion.duplicate
        if let conflict = insertion.conflict { note(conflict, in: direction) }
        self[direction].hasPayload = true
        self[direction].lastSegment = (segment.payloadSequence, segment.wireLength, frame)
        isDue = true
    }

    /// Whether a segment lies before where a direction was thought to start, and shows a better start.
    ///
    /// Nothing of that direction has been seen yet: its frames come late in the capture. A
    /// keep-alive probe, one byte before the next, is none.
    private func isLateStart(
        _ direction: Direction,
        _ segment: TCPSegment,
        _ distance: Int
    ) -> Bool {
        let half = self[direction]
        let isProbe = segment.wireLength == 1 && distance == -1
        return !half.hasPayload && half.initialSequence == nil && half.offset == 0 && !isProbe
            && distance > -(1 << 20)
    }

    /// Counts bytes that were delivered before.
    private mutating func noteRepeated(
        _ segment: TCPSegment,
        _ direction: Direction,
        _ count: Int,
        _ distance: Int
    ) {
        duplicateBytes += count
        let start = segment.payload.lowerBound
        repeated = RepeatedPayload(
            direction: direction,
            offset: self[direction].offset + distance,
            range: start..<start + count
        )
    }

    /// The most conflicts that are kept to be told with their bytes.
    private static let conflictLimit = 4

    /// Takes note of two versions of the same bytes.
    mutating func note(_ conflict: OverlapConflict, in direction: Direction) {
        oddities.append(OddSegment(.conflictingOverlap, direction))
        if conflicts.count < Self.conflictLimit { conflicts.append(conflict) }
    }

    private mutating func noteDuplicate(
        _ segment: TCPSegment,
        _ direction: Direction,
        _ frame: FrameReference
    ) {
        let isSame =
            self[direction].lastSegment.map { last in
                last.sequence == segment.payloadSequence && last.length == segment.wireLength
                    && frame.timestamp.nanoseconds(since: last.frame.timestamp).magnitude
                        < 1_000_000
            } ?? false
        if isSame {
            // Captured twice, sent once.
            oddities.append(OddSegment(.duplicateFrame, direction))
        } else {
            noteRetransmission(direction, segment.wireLength)
        }
    }

    private mutating func noteRetransmission(_ direction: Direction, _ length: Int) {
        var odd = OddSegment(.retransmission, direction)
        odd.repeated = length
        oddities.append(odd)
    }
}
