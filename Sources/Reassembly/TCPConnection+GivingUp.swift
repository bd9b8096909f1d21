import Packets

// What happens to segments that wait where they have waited long enough: what they need is a gap.
extension TCPConnection {
    /// Makes everything that waits due, what is missing as gaps, and the connection goes on.
    package mutating func giveUpWaiting() {
        isSteady = false
        joinBoth()
        refuseContradicted()
        resolving = .everything
        isDue = true
    }

    /// Has each direction begin with what comes first of it, whatever may still come: a hole is known
    /// only behind its beginning.
    private mutating func joinBoth() {
        for direction in Direction.allCases { join(direction) }
    }

    /// Makes what waits for bytes that are proven to be missing due.
    mutating func giveUpProven() {
        waitingSince = nil
        refuseContradicted()
        if resolving == .nothing { resolving = .proven }
        isDue = true
    }

    /// Gives up waiting for what the earliest captured of the waiting segments needs, or, where
    /// nothing proves that to be lost, what the other direction's needs.
    mutating func resolve() -> ReassemblyEvent? {
        joinBoth()
        while let direction = directionOfEarliest {
            let before = waitingSegments
            if let event = resolve(direction) ?? resolve(direction.opposite) { return event }
            // A segment that held nothing new gives no event.
            guard waitingSegments < before else { return nil }
        }
        return nil
    }

    private mutating func resolve(_ direction: Direction) -> ReassemblyEvent? {
        guard let first = self[direction].queue.first else { return nil }
        let other = direction.opposite
        if isAhead(first.acknowledgement, direction) {
            let count = missing(in: other, before: first.acknowledgement)
            if count == 1, self[other].queue.isEmpty {
                // A single number more is a FIN that was not captured.
                self[other].hasUnseenEnd = true
                return nextData(direction) ?? resolve(direction)
            }
            if count > 0 { return gap(other, count) }
            // What comes first there may have to wait for bytes of this direction itself.
            let next = self[other].queue.first?.acknowledgement
            if isAhead(next, other) {
                let count = missing(in: direction, before: next)
                if count > 0 { return gap(direction, count) }
            }
            if let event = takeFirst(other) ?? takeCutFrameGap() { return event }
        }
        let hole = first.sequence.distance(from: self[direction].next)
        guard hole > 0 else { return takeFirst(direction) ?? takeCutFrameGap() }
        if self[direction].finSequence == self[direction].next, !self[direction].hasEnded {
            return end(direction)
        }
        let isProven =
            self[direction].acknowledged.map { $0.distance(from: first.sequence) >= 0 } ?? false
        guard isProven || resolving == .everything else { return nil }
        if !isProven, isOutOfReach(first, direction) {
            if let refused = self[direction].queue.removeFirst() { refuse(refused, direction) }
            return nil
        }
        return gap(direction, hole)
    }

    /// How many bytes of a direction are missing although they are known to have arrived: up to those
    /// that are stored, or to all that were acknowledged.
    private func missing(in direction: Direction, before acknowledged: SequenceNumber?) -> Int {
        guard let acknowledged else { return 0 }
        let next = self[direction].next
        let stored = self[direction].queue.first?.sequence
        let hole = (stored ?? acknowledged).distance(from: next)
        return min(hole, acknowledged.distance(from: next))
    }

    mutating func gap(_ direction: Direction, _ length: Int) -> ReassemblyEvent {
        self[direction].advance(by: length)
        self[direction].hasGap = true
        return .gap(direction, length: length, cause: .notCaptured)
    }

    private var directionOfEarliest: Direction? {
        switch (forward.queue.first, backward.queue.first) {
        case (nil, nil): nil
        case (_?, nil): .forward
        case (nil, _?): .backward
        case (let one?, let two?): one.frame.number <= two.frame.number ? .forward : .backward
        }
    }
}
