import Bytes
package import Packets

// Segments whose numbers are not those of the connection. A SYN within a connection does nothing by
// itself (RFC 9293 §3.10.7.4): a receiver that has the connection says where it is, one that has
// forgotten it answers. And data with other numbers is forged or old, unless both ends have changed
// to these numbers: then another connection between the same ports has begun, and its SYNs are not in
// the capture. So such segments are kept until both ends show that they use their numbers, which
// makes the connection history, or until the connection goes on without them.
extension TCPConnection {
    /// How many such segments are kept, and how many bytes of payload.
    private static let mostForeign = 1024
    private static let mostForeignBytes = 1 << 20

    /// Whether a SYN has another number than the one that began its direction.
    ///
    /// The SYN of a connection whose other frames came first in the capture lies right before them.
    func isForeign(_ opening: TCPSegment, _ direction: Direction) -> Bool {
        if let initial = self[direction].initialSequence { return initial != opening.sequence }
        guard self[direction].isStarted else { return false }
        let distance = self[direction].next.distance(from: opening.sequence)
        return !(0...self[direction].offset + 1 ~= distance)
    }

    /// Whether a segment is to be kept until it shows whose it is.
    func isDoubtful(_ segment: TCPSegment, _ direction: Direction) -> Bool {
        if segment.flags.contains(.syn) {
            return isForeign(segment, direction)
                || foreign.contains { $0.isAnswered(by: segment, direction) }
        }
        return !segment.flags.contains(.rst) && isElsewhere(segment, direction)
    }

    /// Whether both numbers of a segment lie outside of what the connection may have come to.
    private func isElsewhere(_ segment: TCPSegment, _ direction: Direction) -> Bool {
        guard !isUncounted, self[direction].isElsewhere(segment.sequence),
            let acknowledged = acknowledged(by: segment, direction)
        else { return false }
        return self[direction.opposite].isElsewhere(acknowledged)
    }

    /// Whether all bytes of a segment lie before the first of their direction.
    ///
    /// A keep-alive probe, one byte before the next, does not count as one.
    func isBeforeStart(_ segment: TCPSegment, _ direction: Direction) -> Bool {
        let half = self[direction]
        guard segment.wireLength > 0, !isUncounted, !segment.flags.contains(.rst),
            half.initialSequence != nil || half.hasPayload && !half.isJoining
        else { return false }
        let distance = segment.payloadSequence.distance(from: half.next)
        return distance + segment.wireLength <= -half.offset && distance < -1
    }

    /// Whether a segment acknowledges what lies before the first byte that the other end sent.
    func isBeforeStart(answerOf segment: TCPSegment, _ direction: Direction) -> Bool {
        let other = self[direction.opposite]
        guard segment.wireLength > 0, !isUncounted, !segment.flags.contains(.rst),
            self[direction].initialSequence != nil, other.initialSequence != nil,
            other.acknowledged != nil, let acknowledged = acknowledged(by: segment, direction)
        else { return false }
        // Half of the numbers away, it may as well lie ahead.
        let distance = acknowledged.distance(from: other.next)
        return distance < -other.offset - 2 && distance > -(1 << 30)
    }

    /// Whether a segment shows with those that are kept that both ends use other numbers than the
    /// connection's.
    package func isFollowed(by segment: TCPSegment, _ direction: Direction) -> Bool {
        guard !foreign.isEmpty, segment.flags.contains(.ack), !segment.flags.contains(.rst) else {
            return false
        }
        if let opening = foreign.first(where: \.isOpening),
            completes(opening, segment, direction)
        {
            return true
        }
        guard !segment.flags.contains(.syn), isElsewhere(segment, direction) else { return false }
        return foreign.contains { $0.direction != direction && $0.isKin(of: segment, direction) }
    }

    /// Whether a segment completes the handshake that a SYN began.
    private func completes(
        _ opening: ForeignSegment,
        _ segment: TCPSegment,
        _ direction: Direction
    ) -> Bool {
        let server = opening.direction.opposite
        if segment.flags.contains(.syn) {
            // Where the connection itself was answered, both SYNs may be forged.
            return !self[server].isSeen && !hasSpoken && opening.isAnswered(by: segment, direction)
        }
        let answer = foreign.first { opening.isAnswered(by: $0.segment, $0.direction) }
        if direction == server {
            return segment.sequence == answer?.start && opening.isKin(of: segment, direction)
        }
        guard 0...opening.segment.wireLength ~= segment.sequence.distance(from: opening.start)
        else { return false }
        if let answer { return segment.acknowledgement == answer.start }
        // The answer itself may not be in the capture.
        guard self[server].isStarted else { return false }
        let distance = segment.acknowledgement.distance(from: self[server].next)
        return distance.magnitude > Self.plausibleHole
    }

    /// Takes out what is kept of the connection that a segment is of.
    package mutating func takeForeign(
        ofConnectionOf segment: TCPSegment,
        _ direction: Direction
    ) -> [ForeignSegment] {
        guard segment.flags.contains(.ack) else { return [] }
        let taken = foreign.filter { $0.isKin(of: segment, direction) }
        foreign.removeAll { $0.isKin(of: segment, direction) }
        return taken
    }

    /// Keeps a segment until somebody takes it up.
    mutating func hold(
        _ segment: TCPSegment,
        _ direction: Direction,
        _ frame: FrameReference,
        _ bytes: Span<UInt8>
    ) {
        let isKnown = foreign.contains {
            $0.segment.sequence == segment.sequence && $0.segment.flags == segment.flags
                && $0.direction == direction && segment.flags.contains(.syn)
        }
        if isKnown {
            refusedBytes += segment.payload.count
            return
        }
        let room = Self.mostForeignBytes - segment.payload.count
        while foreign.count >= Self.mostForeign || !foreign.isEmpty && foreignBytes > room {
            refuse(foreign.removeFirst())
        }
        foreign.append(ForeignSegment(segment, direction, frame, bytes))
    }

    private var foreignBytes: Int { foreign.reduce(0) { $0 + $1.bytes.count } }

    /// Has a second SYN-ACK count where a segment takes it up.
    mutating func weighAnswer(_ segment: TCPSegment, _ direction: Direction) {
        guard let index = foreign.firstIndex(where: \.isAnswer), !segment.flags.contains(.syn),
            isTakingUp(foreign[index], segment, direction)
        else { return }
        let answer = foreign.remove(at: index)
        refuse(answer)
        let server = answer.direction
        self[server].initialSequence = answer.segment.sequence
        self[server].windowShift = answer.segment.windowShift
        self[server].start(at: answer.start)
        self[server].acknowledged = nil
        synAckTime = answer.frame.timestamp
    }

    /// Whether a segment lies in the numbers of a second SYN-ACK: the client acknowledges them, or
    /// the server's data are there and the client has acknowledged no others.
    private func isTakingUp(
        _ answer: ForeignSegment,
        _ segment: TCPSegment,
        _ direction: Direction
    ) -> Bool {
        let server = self[answer.direction]
        guard !server.hasPayload, server.next != answer.start else { return false }
        if direction == answer.direction {
            return segment.wireLength > 0 && segment.sequence == answer.start
                && server.acknowledged == nil
        }
        return segment.flags.contains(.ack) && segment.acknowledgement == answer.start
    }

    /// Says of the segments that are kept that nobody took them up, where a segment shows that the
    /// connection goes on without them.
    mutating func weighForeign(_ segment: TCPSegment, _ direction: Direction) {
        guard segment.wireLength > 0 || segment.flags.contains(.fin),
            !segment.flags.contains(.syn), self[direction].isStarted
        else { return }
        let distance = segment.payloadSequence.distance(from: self[direction].next)
        guard distance.magnitude <= 1 << 20 else { return }
        for index in foreign.indices
        where foreign[index].segment.flags.contains(.syn) && !foreign[index].isTold {
            foreign[index].isTold = true
            oddities.append(OddSegment(.ignoredSYN, foreign[index].direction))
        }
        refuseForeign { !$0.segment.flags.contains(.syn) }
    }

    /// Lets go of the segments that are kept and nobody took up.
    mutating func refuseForeign(_ isRefused: (ForeignSegment) -> Bool = { _ in true }) {
        guard !foreign.isEmpty else { return }
        let refused = foreign.filter(isRefused)
        foreign.removeAll(where: isRefused)
        for segment in refused { refuse(segment) }
    }

    private mutating func refuse(_ foreign: ForeignSegment) {
        refusedBytes += foreign.bytes.count
        guard !foreign.segment.flags.contains(.syn), foreign.segment.wireLength > 0 else { return }
        noteIgnored(
            IgnoredPayload(foreign.bytes.span, length: foreign.segment.wireLength, foreign.frame),
            foreign.direction
        )
    }

    /// Takes nothing of a segment, and says so.
    mutating func ignore(
        _ segment: TCPSegment,
        _ direction: Direction,
        _ frame: FrameReference,
        _ bytes: Span<UInt8>
    ) {
        refusedBytes += segment.payload.count
        let payload = bytes.extracting(segment.payload)
        noteIgnored(IgnoredPayload(payload, length: segment.wireLength, frame), direction)
    }

    /// Takes note of payload that is not taken into the stream.
    mutating func noteIgnored(_ payload: IgnoredPayload, _ direction: Direction) {
        var odd = OddSegment(.ignoredSegment, direction)
        odd.ignored = payload
        oddities.append(odd)
    }
}

extension StreamHalf {
    /// How far before the first byte of a direction that the capture joins its earlier ones may lie
    /// that were captured later.
    private static let lateness = 1 << 16

    /// Whether a number lies so far from all that was seen of a direction, and that the other end
    /// has received, that it is not explained by frames that are missing.
    fileprivate func isElsewhere(_ number: SequenceNumber) -> Bool {
        guard isStarted, initialSequence != nil || hasPayload || isSeen else { return false }
        let distance = number.distance(from: next)
        guard distance <= TCPConnection.plausibleHole else {
            return !queue.holdsSegment(behind: number.advanced(by: -1))
                && (acknowledged.map { number.distance(from: $0) > 0 } ?? true)
        }
        return distance < -offset - (initialSequence == nil ? Self.lateness : 2)
    }
}
