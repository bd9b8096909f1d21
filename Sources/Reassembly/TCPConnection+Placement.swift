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
        _ bytes: Span<UInt8>,
        _ delivered: inout DeliveredSegments
    ) -> Range<Int> {
        let sequence = segment.payloadSequence
        let distance = sequence.distance(from: self[direction].next)
        if seemsPadded(segment, bytes), distance >= 0, !segment.flags.contains(.fin) {
            doubt(padding: segment, direction, frame, bytes)
            return 0..<0
        }
        if !self[direction].queue.isEmpty { weighWaiting(segment, direction, bytes) }
        if isJoining(direction) {
            self[direction].isJoining = true
            store(segment, direction, frame, bytes, skipping: 0)
            return 0..<0
        }
        if self[direction.opposite].isJoining, acknowledged(by: segment, direction) == nil {
            // Nothing but the time tells that what waits comes first.
            join(direction.opposite)
            if distance >= 0 {
                store(segment, direction, frame, bytes, skipping: 0)
                return 0..<0
            }
        }
        if distance == 0, self[direction].queue.isEmpty,
            !isAhead(acknowledged(by: segment, direction), direction)
        {
            return deliver(segment, direction, frame, bytes, &delivered, skipping: 0)
        }
        return placeElsewhere(segment, direction, frame, bytes, distance, &delivered)
    }

    private mutating func deliver(
        _ segment: TCPSegment,
        _ direction: Direction,
        _ frame: FrameReference,
        _ bytes: Span<UInt8>,
        _ delivered: inout DeliveredSegments,
        skipping known: Int
    ) -> Range<Int> {
        let start = min(segment.payload.lowerBound + known, segment.payload.upperBound)
        let payload = start..<segment.payload.upperBound
        if !payload.isEmpty {
            remember(segment, bytes.extracting(payload), direction, &delivered)
        }
        self[direction].advance(by: payload.count)
        self[direction].hasPayload = true
        self[direction].lastSegment = (segment.payloadSequence, segment.wireLength, frame)
        let missing = segment.wireLength - known - payload.count
        if missing > 0 {
            self[direction].advance(by: missing)
            self[direction].hasCut = true
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
        _ distance: Int,
        _ delivered: inout DeliveredSegments
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
        let known = min(-distance, segment.wireLength)
        // A keep-alive probe asks for an acknowledgement with any byte in place of one that was
        // received (RFC 9293 §3.8.4).
        if distance == -1, segment.wireLength == 1 {
            duplicateBytes += segment.payload.count
            return 0..<0
        }
        if known > 0 {
            let again = bytes.extracting(segment.payload).extracting(first: known)
            let comparison = delivered.compare(
                again,
                at: self[direction].offset + distance,
                with: self[direction].latestDelivered
            )
            if standsStill(segment, direction, comparison) {
                moveOn(segment, direction)
                return deliver(segment, direction, frame, bytes, &delivered, skipping: 0)
            }
            let count = noteUnseen(segment, direction, frame, bytes, comparison, delivered)
            noteRepeated(segment, direction, frame, known, comparison, unseen: count)
            if known == segment.wireLength { return 0..<0 }
        }
        if self[direction].queue.holdsSegment(behind: segment.payloadSequence) {
            noteFilling(segment, direction, frame)
        }
        let isNext = distance <= 0
        if isNext, self[direction].queue.isEmpty,
            !isAhead(acknowledged(by: segment, direction), direction)
        {
            return deliver(segment, direction, frame, bytes, &delivered, skipping: max(0, known))
        }
        store(segment, direction, frame, bytes, skipping: max(0, known))
        return 0..<0
    }

    mutating func store(
        _ segment: TCPSegment,
        _ direction: Direction,
        _ frame: FrameReference,
        _ bytes: Span<UInt8>,
        skipping known: Int
    ) {
        if self[direction].queue.isEmpty { self[direction].duplicateAcknowledgements = 0 }
        var stored = StoredSegment(
            segment,
            bytes,
            frame,
            acknowledging: acknowledged(by: segment, direction)
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

    /// The most conflicts that are kept to be told with their bytes.
    private static let conflictLimit = 4

    /// Takes note of two versions of the same bytes.
    mutating func note(_ conflict: OverlapConflict, in direction: Direction) {
        oddities.append(OddSegment(.conflictingOverlap, direction))
        if conflicts.count < Self.conflictLimit { conflicts.append(conflict) }
    }

    /// Takes note of bytes that are not those which were delivered at their place, with both versions
    /// where these are still there.
    mutating func noteConflict(_ conflict: OverlapConflict?, in direction: Direction) {
        if let conflict { return note(conflict, in: direction) }
        oddities.append(OddSegment(.conflictingOverlap, direction))
    }
}

extension StoredSegment {
    /// A segment of a frame, whose payload it copies.
    init(
        _ segment: TCPSegment,
        _ bytes: Span<UInt8>,
        _ frame: FrameReference,
        acknowledging acknowledgement: SequenceNumber?
    ) {
        self.init(
            sequence: segment.payloadSequence,
            bytes: [UInt8](copying: bytes.extracting(segment.payload)),
            cutLength: segment.cutLength,
            acknowledgement: acknowledgement,
            frame: frame,
            origin: SegmentOrigin(segment)
        )
    }
}
