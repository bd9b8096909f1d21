import Packets

/// A reset of which it is not known yet whether it ended the connection.
struct DoubtedReset: Sendable {
    /// Its number, and which way it went.
    var sequence: SequenceNumber
    var direction: Direction
    /// The frame that brought it.
    var frame: FrameReference
    /// Where the other direction was when it came.
    var otherNext: SequenceNumber
    /// The latest frame since then that it may have crossed.
    var since: Timestamp
    /// Its hop limit.
    var hopLimit: UInt8
    /// Whether the other end went on sending, and whether its sender did, with what may have been
    /// sent before it.
    var isDataRefused = false
    var isFollowed = false
}

// A reset ends a connection where its number is the next one (RFC 9293 §3.10.7.4, RFC 5961 §3.2), and
// a receiver that the capture does not see may have had another next one. What both ends do behind
// it shows whether it was obeyed: so the streams stay open for a while. What the other end sends
// before it hears of the reset is delivered.
extension TCPConnection {
    /// How long a connection whose reset had the next number may go on after all, in nanoseconds:
    /// longer than a segment takes to be sent again.
    private static let nanosecondsToDoubt: Int64 = 3_000_000_000

    /// How far ahead of what is next a reset may lie and still be meant for the connection.
    private static let plausibleReset = -1...(1 << 20)

    /// Whether it was reset, as far as can be told, and a new SYN opens another connection.
    var isEnding: Bool { isClosed || resets.first.map { isNext($0) } ?? false }

    /// Takes note of a reset.
    mutating func acceptReset(
        _ segment: TCPSegment,
        _ direction: Direction,
        _ frame: FrameReference
    ) -> Acceptance {
        refusedBytes += segment.payload.count
        // Behind the end it may still refuse the last bytes.
        if !isClosed || isUnacknowledged(direction.opposite) {
            if isRefusal(segment, direction) {
                isReset = true
                resetDirection = direction
                resetFrame = frame
                resolving = .everything
                isDue = true
                immediate.append(.reset(direction))
            } else {
                doubt(reset: segment, direction, frame)
            }
        }
        return Acceptance(payload: 0..<0, acknowledgedOffset: 0)
    }

    /// Whether a reset answers a SYN: nothing else came from its sender.
    private func isRefusal(_ segment: TCPSegment, _ direction: Direction) -> Bool {
        !self[direction].isSeen && self[direction.opposite].initialSequence != nil
            && !self[direction.opposite].hasPayload
    }

    private mutating func doubt(
        reset segment: TCPSegment,
        _ direction: Direction,
        _ frame: FrameReference
    ) {
        let half = self[direction]
        var reset = DoubtedReset(
            sequence: segment.sequence,
            direction: direction,
            frame: frame,
            otherNext: self[direction.opposite].next,
            since: frame.timestamp,
            hopLimit: segment.hopLimit
        )
        if !half.isStarted { reset.sequence = half.next }
        let distance = reset.sequence.distance(from: half.next)
        guard Self.plausibleReset ~= distance || isNext(reset) else {
            return tellIgnored(reset)
        }
        // One with the next number counts before others; the first of several does.
        if let known = resets.first, isNext(known) || !isNext(reset) { return }
        resets = [reset]
    }

    /// Whether a reset has the number that its receiver expects, behind all that was sent.
    private func isNext(_ reset: DoubtedReset) -> Bool {
        let half = self[reset.direction]
        if -1...1 ~= reset.sequence.distance(from: half.next) { return true }
        if reset.sequence == half.acknowledged || reset.sequence == half.finSequence {
            return true
        }
        return half.queue.end == reset.sequence
    }

    /// Looks whether a segment shows that a reset was not obeyed, or that it was.
    mutating func weighReset(
        _ segment: TCPSegment,
        _ direction: Direction,
        _ frame: FrameReference
    ) {
        guard let reset = resets.first, !segment.flags.contains(.rst) else { return }
        if isOver(reset, at: frame.timestamp) { return takeReset() }
        guard direction == reset.direction else {
            guard segment.wireLength > 0 else { return }
            let distance = segment.payloadSequence.distance(from: self[direction].next)
            guard distance >= 0 else { return }
            resets[0].isDataRefused = true
            if frame.timestamp.nanoseconds(since: reset.since) > 0 {
                resets[0].since = frame.timestamp
            }
            return
        }
        if segment.wireLength > 0 { resets[0].isFollowed = true }
        guard goesOn(segment, behind: reset) else { return }
        resets = []
        tellIgnored(reset)
    }

    /// Whether the sender of a reset goes on: it sends what lies behind it, or has received what was
    /// sent since.
    private func goesOn(_ segment: TCPSegment, behind reset: DoubtedReset) -> Bool {
        let end = segment.payloadSequence.advanced(by: segment.wireLength)
        let isLater = end.distance(from: self[reset.direction].next) >= 0
        if segment.wireLength > 0, isLater, end.distance(from: reset.sequence) > 0 { return true }
        if segment.flags.contains(.fin), isLater, !self[reset.direction].hasEnded { return true }
        guard let acknowledged = acknowledged(by: segment, reset.direction) else { return false }
        return 1...Self.plausibleWindow ~= acknowledged.distance(from: reset.otherNext)
            && self[reset.direction.opposite].hasPayload
            && self[reset.direction.opposite].next.distance(from: reset.otherNext) > 0
    }

    /// Whether a reset with the next number has had long enough to be taken back.
    private func isOver(_ reset: DoubtedReset, at now: Timestamp) -> Bool {
        isNext(reset) && now.nanoseconds(since: reset.since) >= Self.nanosecondsToDoubt
    }

    /// Has a reset count that has waited long enough, at the capture time `now`.
    mutating func advanceReset(to now: Timestamp) {
        if let reset = resets.first, isOver(reset, at: now) { takeReset() }
    }

    /// Decides about a reset in doubt when the connection, or the capture, is over.
    mutating func settleReset() {
        guard let reset = resets.first else { return }
        if isNext(reset) || !reset.isFollowed { return takeReset() }
        resets = []
        tellIgnored(reset)
    }

    /// Has the reset in doubt count.
    private mutating func takeReset() {
        guard let reset = resets.popLast() else { return }
        isReset = true
        resetDirection = reset.direction
        resetFrame = reset.frame
        resolving = .everything
        isDue = true
        immediate.append(.reset(reset.direction))
        if reset.isDataRefused {
            oddities.append(OddSegment(.dataAfterReset, reset.direction.opposite))
        }
    }

    private mutating func tellIgnored(_ reset: DoubtedReset) {
        var odd = OddSegment(.ignoredReset, reset.direction)
        let usual = self[reset.direction].origin.hopLimit
        if usual != 0, reset.hopLimit != usual {
            odd.hopLimits = HopLimits(found: reset.hopLimit, usual: usual)
        }
        oddities.append(odd)
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
