import Packets

// How a direction, or the whole connection, comes to its end: a FIN or a reset.
extension TCPConnection {
    /// Takes note of where a FIN says that its direction ends.
    mutating func noteEnd(_ segment: TCPSegment, _ direction: Direction) {
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
    mutating func acceptReset(
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

    /// An end that goes on after its reset never sent it: the reset was forged, or it refused an
    /// earlier attempt to connect.
    mutating func reconsiderReset(_ segment: TCPSegment, _ direction: Direction) {
        let isOpening = segment.flags.contains(.syn) && !hasSpoken
        let goesOn =
            direction == resetDirection && segment.wireLength > 0
            && segment.payloadSequence.distance(from: self[direction].next) >= 0
        if isOpening || goesOn { isReset = false }
    }
}
