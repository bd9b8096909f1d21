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
        if self[direction].network != segment.network { noteNetwork(segment, direction) }
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
    @inline(__always)
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
}

extension TCPSegment {
    /// The acknowledgement number, where the segment has one.
    var acknowledged: SequenceNumber? { flags.contains(.ack) ? acknowledgement : nil }
}
