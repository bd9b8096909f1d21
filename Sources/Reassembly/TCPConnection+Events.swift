package import Packets

extension TCPConnection {
    /// How long a segment waits for bytes that it acknowledges, or that the other end has
    /// acknowledged: a capture's frames may be out of order, but not by more.
    package static let framesToWait = 64
    package static let nanosecondsToWait: Int64 = 1_000_000_000

    /// How far ahead, in bytes, an acknowledgement may be and still mean something: more than any
    /// window (RFC 7323 §2.3) leaves in flight.
    static let plausibleWindow = 1 << 28

    /// The longest hole between what was acknowledged and what is seen first of a connection that
    /// the capture joins.
    static let plausibleHole = 1 << 24

    /// The next thing that became due, or `nil`; to be called until it answers `nil`.
    package mutating func nextEvent(_ delivered: inout DeliveredSegments) -> ReassemblyEvent? {
        guard let event = nextEvent() else { return nil }
        if case .data(let payload) = event {
            let length = payload.bytes.count + payload.cutLength
            remember(
                payload.bytes.span,
                at: self[payload.direction].offset - length,
                payload.origin,
                payload.direction,
                &delivered
            )
        }
        return event
    }

    private mutating func nextEvent() -> ReassemblyEvent? {
        if let gap = takeCutFrameGap() { return gap }
        if let event = nextData(.forward) ?? nextData(.backward) { return event }
        if resolving != .nothing, let event = resolve() { return event }
        if let event = nextEnd(.forward) ?? nextEnd(.backward) { return event }
        if resolving == .everything,
            let event = nextUnseenEnd(.forward) ?? nextUnseenEnd(.backward)
        {
            return event
        }
        resolving = .nothing
        if let reset = immediate.popLast() { return reset }
        isDue = false
        return nil
    }

    /// The gap that a frame cut by the snap length leaves right behind its payload.
    mutating func takeCutFrameGap() -> ReassemblyEvent? {
        guard let index = immediate.firstIndex(where: { !$0.isReset }) else { return nil }
        return immediate.remove(at: index)
    }

    /// Whether what comes from ``nextEvent()`` had waited in vain: no later frame completed it.
    package var isGivingUp: Bool { resolving != .nothing }

    /// Makes everything that waits due, what is missing as gaps: the connection, or the capture, is
    /// over.
    package mutating func flush() {
        giveUpWaiting()
        refuseForeign()
        refusePadding()
        settleReset()
    }

    /// Looks whether segments have waited long enough, at the capture time `now`.
    package mutating func advance(to now: Timestamp) {
        advanceReset(to: now)
        for direction in Direction.allCases where self[direction].isJoining {
            advanceJoining(direction, to: now)
        }
        if isOverdue(at: now) { giveUpProven() }
    }

    /// Whether segments have waited long enough for bytes that were received.
    @inline(__always)
    func isOverdue(at now: Timestamp) -> Bool {
        guard let since = waitingSince else { return false }
        return now.nanoseconds(since: since.timestamp) >= Self.nanosecondsToWait
    }

    /// Whether segments wait for others.
    package var isWaiting: Bool {
        !forward.queue.isEmpty || !backward.queue.isEmpty || forward.isAwaitingEnd
            || backward.isAwaitingEnd || !resets.isEmpty || foreign.contains { !$0.bytes.isEmpty }
    }

    /// The number of the earliest captured frame that waits; the largest number where none does.
    package var earliestWaiting: Int {
        min(forward.queue.first?.frame.number ?? .max, backward.queue.first?.frame.number ?? .max)
    }

    /// What the segments that wait for others take of memory, in bytes.
    package var waitingFootprint: Int {
        forward.queue.footprint + backward.queue.footprint
            + foreign.reduce(0) { $0 + $1.footprint }
    }

    var waitingSegments: Int { forward.queue.count + backward.queue.count }

    /// Whether a segment acknowledges bytes that have not come.
    func isAhead(_ acknowledged: SequenceNumber?, _ direction: Direction) -> Bool {
        guard let acknowledged, !isReset else { return false }
        return self[direction.opposite].isBehind(acknowledged)
    }

    /// How far the sender of `direction` had received the other one.
    @inline(__always)
    func acknowledgedOffset(of acknowledged: SequenceNumber?, from direction: Direction) -> Int {
        self[direction.opposite].offset(acknowledgedBy: acknowledged)
    }

    /// The next stored payload whose turn has come.
    mutating func nextData(_ direction: Direction) -> ReassemblyEvent? {
        guard !self[direction].isJoining else { return nil }
        while let first = self[direction].queue.first {
            let distance = first.sequence.distance(from: self[direction].next)
            guard distance <= 0, !isAhead(first.acknowledgement, direction) else { return nil }
            if let event = takeFirst(direction) ?? takeCutFrameGap() { return event }
        }
        return nil
    }

    /// Takes the first stored segment of a direction out; what was delivered before is left out.
    mutating func takeFirst(_ direction: Direction) -> ReassemblyEvent? {
        guard var segment = self[direction].queue.removeFirst() else { return nil }
        let known = self[direction].next.distance(from: segment.sequence)
        if known > 0 {
            duplicateBytes += min(known, segment.bytes.count)
            segment.dropFirst(known)
        }
        let length = segment.bytes.count
        self[direction].advance(by: length + segment.cutLength)
        if segment.cutLength > 0 {
            self[direction].hasCut = true
            immediate.append(.gap(direction, length: segment.cutLength, cause: .cutFrame))
        }
        guard length > 0 else { return nil }
        return .data(
            StoredPayload(
                direction: direction,
                bytes: segment.bytes,
                cutLength: segment.cutLength,
                frame: segment.frame,
                arrival: resolving == .nothing ? segment.arrival : segment.frame,
                acknowledgedOffset: acknowledgedOffset(
                    of: segment.acknowledgement,
                    from: direction
                ),
                origin: segment.origin
            )
        )
    }

    private mutating func nextEnd(_ direction: Direction) -> ReassemblyEvent? {
        guard let end = self[direction].finSequence, !self[direction].hasEnded else { return nil }
        let missing = end.distance(from: self[direction].next)
        if missing > 0 {
            guard self[direction].queue.isEmpty else { return nil }
            // The FIN came and bytes before it did not: they may still come.
            switch resolving {
            case .nothing: return nil
            case .proven where !isReceived(end, direction): return nil
            case .proven, .everything: return gap(direction, missing)
            }
        }
        return self.end(direction)
    }

    /// The bytes behind all that were captured of a direction which the other end has acknowledged.
    ///
    /// A FIN that was not captured either takes a number too, and counts as one of them.
    private mutating func nextUnseenEnd(_ direction: Direction) -> ReassemblyEvent? {
        guard self[direction].finSequence == nil, let acknowledged = self[direction].acknowledged,
            self[direction].isBehind(acknowledged),
            acknowledged.distance(from: self[direction].next) > 1
        else { return nil }
        return gap(direction, acknowledged.distance(from: self[direction].next))
    }

    /// Ends a direction where its FIN lies; what was sent behind that begins one number later.
    mutating func end(_ direction: Direction) -> ReassemblyEvent {
        self[direction].hasEnded = true
        let behind = self[direction].next.advanced(by: 1)
        if self[direction].queue.first?.sequence == behind { self[direction].start(at: behind) }
        refuseBehindEnd(direction)
        return .end(direction)
    }

    /// Whether the other end has acknowledged the FIN of a direction.
    package func isEndReceived(_ direction: Direction) -> Bool {
        self[direction].finSequence.map { isReceived($0, direction) } ?? false
    }

    /// Whether the other end has acknowledged a FIN.
    private func isReceived(_ end: SequenceNumber, _ direction: Direction) -> Bool {
        self[direction].acknowledged.map { $0.distance(from: end) > 0 } ?? false
    }

    /// Begins, goes on with, or ends waiting for bytes that were received.
    mutating func updateWaiting(_ frame: FrameReference) {
        guard isWaiting else {
            if waitingSince != nil { waitingSince = nil }
            return
        }
        guard forward.isProvenMissing || backward.isProvenMissing else {
            waitingSince = nil
            if waitingFootprint > options.bytesToHold { giveUpWaiting() }
            return
        }
        // A capture of one direction alone: what it acknowledges will never come.
        if !forward.isSeen || !backward.isSeen { return giveUpProven() }
        if waitingSince == nil {
            waitingSince = frame
            framesWaited = 0
            return
        }
        if framesWaited >= Self.framesToWait || isOverdue(at: frame.timestamp) { giveUpProven() }
    }
}

extension ReassemblyEvent {
    fileprivate var isReset: Bool { if case .reset = self { true } else { false } }
}
