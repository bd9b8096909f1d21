import Bytes
package import Packets

extension TCPConnection {
    /// What is to be delivered at once of a segment.
    package struct Acceptance: Sendable {
        /// The part of the frame that is next in its direction; often empty.
        package var payload: Range<Int>
        /// How far its sender had received the other direction, as that direction's offset.
        package var acknowledgedOffset: Int
        /// Whether nothing else became due, and nothing waits.
        package var isSteady = false
    }

    /// Takes the next segment of the capture.
    ///
    /// The payload that is answered is delivered already, as far as this connection is concerned;
    /// afterwards ``nextEvent()`` gives what else became due.
    package mutating func accept(
        _ segment: TCPSegment,
        _ direction: Direction,
        frame: FrameReference,
        bytes: Span<UInt8>
    ) -> Acceptance {
        if isSteady, let acceptance = acceptSteadily(segment, direction, frame) {
            return acceptance
        }
        isSteady = false
        start(segment, direction, frame)
        noteAcknowledgement(segment, direction)
        if waitingSince != nil { framesWaited += 1 }
        if segment.flags.contains(.rst) { return acceptReset(segment, direction) }
        if isReset { reconsiderReset(segment, direction) }
        if segment.window == 0 || isStalled { noteWindow(segment, direction, frame) }
        if segment.flags.contains(.urg), segment.wireLength > 0 {
            oddities.append(OddSegment(.urgentData, direction))
        }
        let payload = segment.wireLength > 0 ? place(segment, direction, frame, bytes) : 0..<0
        if segment.flags.contains(.fin) { noteEnd(segment, direction) }
        let acceptance = Acceptance(
            payload: payload,
            acknowledgedOffset: acknowledgedOffset(of: segment.acknowledged, from: direction)
        )
        updateWaiting(frame)
        isSteady = seemsSteady
        return acceptance
    }

    /// Learns where the directions start.
    private mutating func start(
        _ segment: TCPSegment,
        _ direction: Direction,
        _ frame: FrameReference
    ) {
        let isSYN = segment.flags.contains(.syn)
        if isSYN, self[direction].initialSequence == nil {
            self[direction].initialSequence = segment.sequence
            if !self[direction].hasPayload { self[direction].start(at: segment.payloadSequence) }
            let isFirst = !segment.flags.contains(.ack)
            if synTime == nil, isFirst { synTime = frame.timestamp }
            if synAckTime == nil, !isFirst { synAckTime = frame.timestamp }
            if initiator == nil { initiator = isFirst ? direction : direction.opposite }
        } else if isSYN {
            isHandshakeRepeated = true
        }
        let other = direction.opposite
        if establishedTime == nil, !isSYN, synTime != nil, self[other].initialSequence != nil,
            self[direction].initialSequence != nil, segment.flags.contains(.ack),
            direction == initiator
        {
            establishedTime = frame.timestamp
        }
        if !segment.flags.contains(.rst) {
            if !self[direction].isStarted || isMisplaced(segment, direction) {
                self[direction].start(at: segment.payloadSequence)
            }
            self[direction].isSeen = true
        }
        if !self[other].isStarted, let acknowledged = segment.acknowledged {
            self[other].start(at: acknowledged)
        }
    }

    /// Whether the first segment of a direction lies so far from where the other end's
    /// acknowledgement had it start that the acknowledgement meant nothing.
    private func isMisplaced(_ segment: TCPSegment, _ direction: Direction) -> Bool {
        guard !self[direction].isSeen, self[direction].initialSequence == nil,
            self[direction].offset == 0
        else { return false }
        let distance = segment.payloadSequence.distance(from: self[direction].next)
        return !(-Self.plausibleHole...Self.plausibleHole ~= distance)
    }

    private mutating func noteAcknowledgement(_ segment: TCPSegment, _ direction: Direction) {
        guard let acknowledged = segment.acknowledged else { return }
        let other = direction.opposite
        // What is far ahead of all that was seen is forged, or damaged.
        guard acknowledged.distance(from: self[other].next) <= Self.plausibleWindow else { return }
        self[other].noteAcknowledgement(acknowledged)
    }

    /// Finds the place of a segment's payload: delivers it, stores it, or knows it already.
    private mutating func place(
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

    /// Notes that the sender of a segment has no room for the other direction, or has some again.
    @inline(never)
    private mutating func noteWindow(
        _ segment: TCPSegment,
        _ direction: Direction,
        _ frame: FrameReference
    ) {
        let sender = direction.opposite
        let since = self[sender].stalledSince
        if segment.window == 0 {
            guard !segment.flags.contains(.fin), !isClosed else { return }
            oddities.append(OddSegment(.zeroWindow, sender))
            if since == 0 { self[sender].stalledSince = frame.timestamp.nanoseconds }
            isStalled = true
        } else if since != 0 {
            var odd = OddSegment(.windowReopened, sender)
            odd.stall = max(0, frame.timestamp.nanoseconds &- since)
            oddities.append(odd)
            self[sender].stalledSince = 0
            isStalled = self[direction].stalledSince != 0
        }
    }

    private mutating func noteEnd(_ segment: TCPSegment, _ direction: Direction) {
        let place = segment.payloadSequence.advanced(by: segment.wireLength)
        guard !self[direction].hasEnded, place.distance(from: self[direction].next) >= 0 else {
            return
        }
        // Of two the nearer one counts: the other is forged, or an attempt to hide it.
        if let known = self[direction].finSequence, place.distance(from: known) >= 0 { return }
        self[direction].finSequence = place
        isDue = true
    }

    /// A reset counts where it lies at or a little ahead of what is next; others are forged or
    /// belong to an older connection.
    private mutating func acceptReset(
        _ segment: TCPSegment,
        _ direction: Direction
    ) -> Acceptance {
        let distance = segment.sequence.distance(from: self[direction].next)
        let isFirst = !self[direction].isStarted
        let isRefusal = segment.flags.contains(.ack) && !self[direction].hasPayload
        if !isReset, isFirst || isRefusal || -1...(1 << 20) ~= distance {
            resetDirection = direction
            isReset = true
            resolving = .everything
            isDue = true
            immediate.append(.reset(direction))
        }
        duplicateBytes += segment.payload.count
        return Acceptance(payload: 0..<0, acknowledgedOffset: 0)
    }
}

extension TCPConnection {
    /// An end that goes on after its reset never sent it: the reset was forged, or it refused an
    /// earlier attempt to connect.
    private mutating func reconsiderReset(_ segment: TCPSegment, _ direction: Direction) {
        let isOpening = segment.flags.contains(.syn) && !hasSpoken
        let goesOn =
            direction == resetDirection && segment.wireLength > 0
            && segment.payloadSequence.distance(from: self[direction].next) >= 0
        if isOpening || goesOn { isReset = false }
    }
}

extension TCPSegment {
    /// The acknowledgement number, where the segment has one.
    var acknowledged: SequenceNumber? { flags.contains(.ack) ? acknowledgement : nil }
}
