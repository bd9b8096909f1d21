import Packets

// Captures that a program has written often have numbers that no TCP would send: the SYN takes none,
// acknowledgements are always 0, or sequence numbers stand still. Where both ends agree, the bytes are
// in the order in which they stand in the capture.
extension TCPConnection {
    /// Whether the ends count a SYN as nothing: the other end acknowledges its own number, or the
    /// first data has it.
    mutating func noteUncountedSYN(_ segment: TCPSegment, _ direction: Direction) {
        let other = direction.opposite
        if segment.flags.contains(.ack), let initial = self[other].initialSequence,
            initial == segment.acknowledgement, !self[other].hasPayload,
            self[other].next == initial.advanced(by: 1)
        {
            startUncounted(other, at: initial)
        }
        // A byte alone may be a keep-alive probe.
        if !segment.flags.contains(.syn), segment.wireLength > 1, !self[direction].hasPayload,
            let initial = self[direction].initialSequence, initial == segment.sequence,
            self[direction].next == initial.advanced(by: 1)
        {
            startUncounted(direction, at: initial)
        }
    }

    private mutating func startUncounted(_ direction: Direction, at initial: SequenceNumber) {
        self[direction].start(at: initial)
        noteUncounted(direction)
    }

    private mutating func noteUncounted(_ direction: Direction) {
        if !isUncounted { oddities.append(OddSegment(.uncountedNumbers, direction)) }
        isUncounted = true
    }

    /// Whether a segment has the number of the one before it and is another all the same: its
    /// acknowledgements say nothing either, and it holds other bytes, or the other end has spoken in
    /// between.
    func standsStill(
        _ segment: TCPSegment,
        _ direction: Direction,
        _ comparison: DeliveredSegments.Comparison
    ) -> Bool {
        guard acknowledged(by: segment, direction) == nil || isUncounted,
            self[direction].queue.isEmpty,
            let last = self[direction].lastSegment, last.sequence == segment.payloadSequence
        else { return false }
        if case .different = comparison { return true }
        guard let answer = self[direction.opposite].lastSegment else { return false }
        return answer.frame.number > last.frame.number
    }

    /// Has the numbers of a direction go on from what was delivered.
    mutating func moveOn(_ segment: TCPSegment, _ direction: Direction) {
        self[direction].start(at: segment.payloadSequence)
        noteUncounted(direction)
    }
}

extension TCPConnection {
    /// The acknowledgement number of a segment, where it has one that says something.
    ///
    /// Generators of packets leave it at 0 or 1 for good. In the numbers of a TCP the two come once
    /// in four milliards, where those of the other end wrap.
    @inline(__always)
    func acknowledged(by segment: TCPSegment, _ direction: Direction) -> SequenceNumber? {
        guard segment.flags.contains(.ack) else { return nil }
        let number = segment.acknowledgement
        return number.rawValue > 1 || self[direction.opposite].wraps(before: number) ? number : nil
    }
}

extension StreamHalf {
    /// Whether numbers of the direction that the other end has received, or may have, wrap right
    /// before `number`.
    @inline(never)
    fileprivate func wraps(before number: SequenceNumber) -> Bool {
        guard isStarted else { return false }
        if acknowledged == number { return true }
        guard let before = acknowledged ?? initialSequence, before.rawValue > 1 else {
            return false
        }
        return before.rawValue > number.rawValue
            && 1...TCPConnection.plausibleWindow ~= number.distance(from: before)
    }
}
