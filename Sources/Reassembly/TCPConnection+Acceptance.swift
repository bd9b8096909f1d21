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
        bytes: Span<UInt8>,
        _ delivered: inout DeliveredSegments
    ) -> Acceptance {
        if self[direction].network != segment.network { noteNetwork(segment, direction) }
        if isSteady,
            let acceptance = acceptSteadily(segment, direction, frame, bytes, &delivered)
        {
            return acceptance
        }
        isSteady = false
        return acceptOddly(segment, direction, frame, bytes, &delivered)
    }

    @inline(never)
    private mutating func acceptOddly(
        _ segment: TCPSegment,
        _ direction: Direction,
        _ frame: FrameReference,
        _ bytes: Span<UInt8>,
        _ delivered: inout DeliveredSegments
    ) -> Acceptance {
        if lacksAcknowledgement(segment, direction) {
            refuse(segment, direction, frame, bytes)
            return Acceptance(payload: 0..<0, acknowledgedOffset: 0)
        }
        weighDoubts(segment, direction, frame)
        if isDoubtful(segment, direction) {
            hold(segment, direction, frame, bytes)
            return Acceptance(payload: 0..<0, acknowledgedOffset: 0)
        }
        if !foreign.isEmpty { weighAnswer(segment, direction) }
        if isBeforeStart(segment, direction) || isBeforeStart(answerOf: segment, direction) {
            ignore(segment, direction, frame, bytes)
            return Acceptance(payload: 0..<0, acknowledgedOffset: 0)
        }
        if !foreign.isEmpty { weighForeign(segment, direction) }
        let segment = withoutPadding(segment, direction, bytes)
        start(segment, direction, frame)
        noteAcknowledgement(segment, direction)
        if waitingSince != nil { framesWaited += 1 }
        if segment.flags.contains(.rst) { return acceptReset(segment, direction, frame) }
        if isReset { reconsiderReset(segment, direction) }
        if segment.window == 0 || isStalled { noteWindow(segment, direction, frame) }
        if segment.flags.contains(.urg), segment.wireLength > 0 {
            oddities.append(OddSegment(.urgentData, direction))
        }
        var payload = 0..<0
        if segment.wireLength > 0 {
            payload = place(segment, direction, frame, bytes, &delivered)
        }
        if segment.flags.contains(.fin) { noteEnd(segment, direction, frame) }
        let acceptance = Acceptance(
            payload: payload,
            acknowledgedOffset: acknowledgedOffset(
                of: acknowledged(by: segment, direction),
                from: direction
            )
        )
        endJoining(direction.opposite, frame)
        endJoining(direction, frame)
        updateWaiting(frame)
        isSteady = seemsSteady
        return acceptance
    }

    /// Looks what a segment says of segments that are in doubt.
    private mutating func weighDoubts(
        _ segment: TCPSegment,
        _ direction: Direction,
        _ frame: FrameReference
    ) {
        if !paddings.isEmpty { weighPadding(segment, direction) }
        if !resets.isEmpty { weighReset(segment, direction, frame) }
    }

    /// Takes the next of the segments that the connection before this one has kept.
    mutating func accept(_ foreign: ForeignSegment, _ direction: Direction) {
        let segment = foreign.segment
        if self[direction].network != segment.network { noteNetwork(segment, direction) }
        let isJoining = isJoining(direction)
        start(segment, direction, foreign.frame)
        noteAcknowledgement(segment, direction)
        if segment.wireLength > 0 {
            self[direction].isJoining = isJoining
            store(segment, direction, foreign.frame, foreign.bytes.span, skipping: 0)
        }
        if segment.flags.contains(.fin) { noteEnd(segment, direction, foreign.frame) }
    }

    /// A segment without zeros that are no data: in a SYN they never are, and where others were
    /// found to be padding, in a FIN they are not.
    private mutating func withoutPadding(
        _ segment: TCPSegment,
        _ direction: Direction,
        _ bytes: Span<UInt8>
    ) -> TCPSegment {
        guard segment.flags.contains(.syn) || segment.flags.contains(.fin),
            seemsPadded(segment, bytes)
        else { return segment }
        notePadding(segment.payload.count, direction)
        var bare = segment
        bare.payload = segment.payload.lowerBound..<segment.payload.lowerBound
        bare.wireLength = 0
        return bare
    }

    /// Learns where the directions start.
    private mutating func start(
        _ segment: TCPSegment,
        _ direction: Direction,
        _ frame: FrameReference
    ) {
        let isSYN = segment.flags.contains(.syn)
        noteUncountedSYN(segment, direction)
        if isSYN, self[direction].initialSequence == nil {
            self[direction].origin = SegmentOrigin(segment)
            self[direction].initialSequence = segment.sequence
            self[direction].windowShift = segment.windowShift
            if !self[direction].hasPayload { self[direction].start(at: segment.payloadSequence) }
            let isFirst = !segment.flags.contains(.ack)
            if synTime == nil, isFirst { synTime = frame.timestamp }
            if synAckTime == nil, !isFirst { synAckTime = frame.timestamp }
            if initiator == nil { initiator = isFirst ? direction : direction.opposite }
        } else if isSYN {
            noteRepeatedSYN(segment, direction, frame)
        }
        if isSYN { latestSynTime = frame.timestamp }
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
        if !self[other].isStarted, let acknowledged = acknowledged(by: segment, direction) {
            self[other].start(at: acknowledged)
        }
    }

    /// Takes note of a SYN or SYN-ACK that came again: as one packet that was captured at two
    /// places, or sent twice.
    ///
    /// Times are those of the place nearer to the client.
    private mutating func noteRepeatedSYN(
        _ segment: TCPSegment,
        _ direction: Direction,
        _ frame: FrameReference
    ) {
        let origin = self[direction].origin
        let isCopy =
            origin.identification == segment.identification && origin.hopLimit != segment.hopLimit
            && segment.identification != 0
        guard isCopy else {
            isHandshakeRepeated = true
            return noteHandshakeRepeat(frame)
        }
        if segment.flags.contains(.ack), establishedTime == nil { synAckTime = frame.timestamp }
    }

    /// A copy of a frame comes right behind it; what is sent again had to be waited for.
    private mutating func noteHandshakeRepeat(_ frame: FrameReference) {
        guard let latestSynTime, establishedTime == nil,
            frame.timestamp.nanoseconds(since: latestSynTime) >= Self.shortestRepeat
        else { return }
        handshakeRepeats += 1
    }

    /// The shortest time in nanoseconds after which any system sends a SYN again: usual is a second
    /// (RFC 6298 §2).
    private static let shortestRepeat: Int64 = 100_000_000

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
        // That of a SYN is not shifted (RFC 7323 §2.2).
        let window = segment.window >> UInt16(segment.windowShift ?? 0)
        self[direction].largestWindow = max(self[direction].largestWindow, window)
        guard let acknowledged = acknowledged(by: segment, direction) else { return }
        self[direction].hasAcknowledged = true
        let other = direction.opposite
        // What is far ahead of all that was seen is forged, or damaged.
        guard acknowledged.distance(from: self[other].next) <= Self.plausibleWindow else { return }
        if !self[other].queue.isEmpty, segment.wireLength == 0,
            acknowledged == self[other].acknowledged
        {
            self[other].duplicateAcknowledgements += 1
        }
        weigh(acknowledged, of: other)
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
            let stall = frame.timestamp.nanoseconds &- since
            odd.stall = frame.timestamp.isKnown ? max(0, stall) : 0
            oddities.append(odd)
            self[sender].stalledSince = 0
            isStalled = self[direction].stalledSince != 0
        }
    }
}

extension SegmentOrigin {
    init(_ segment: TCPSegment) {
        self.init(identification: segment.identification, hopLimit: segment.hopLimit)
    }
}
