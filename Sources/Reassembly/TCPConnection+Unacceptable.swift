import Bytes
import Packets

// A receiver drops data beyond its window and what acknowledges bytes that it has not sent (RFC 9293
// §3.10.7.4, RFC 5961 §5). A capture may lack the frames with these bytes, or those that opened the
// window: so such segments wait, until what comes behind them shows that they were not taken.
extension TCPConnection {
    /// Whether a segment that waits lies beyond the window of its receiver, as far as that was seen.
    func isBeyondWindow(_ segment: StoredSegment, _ direction: Direction) -> Bool {
        let receiver = self[direction.opposite]
        // Both SYNs must tell: a shift count that only one of them has does not count.
        guard let shift = receiver.windowShift, self[direction].windowShift != nil, !isUncounted,
            let acknowledged = self[direction].acknowledged, receiver.largestWindow > 0
        else { return false }
        let edge = acknowledged.advanced(by: Int(receiver.largestWindow) << Int(shift))
        return segment.sequence.distance(from: edge) > 0
    }

    /// Whether a segment that waits was not taken: it lies beyond the window, and its sender has gone
    /// on, or has ended, in front of it; or no frame of the connection is known to be missing.
    func isOutOfReach(_ segment: StoredSegment, _ direction: Direction) -> Bool {
        guard isBeyondWindow(segment, direction) else { return false }
        if self[direction].hasEnded || !forward.hasGap && !backward.hasGap { return true }
        guard let last = self[direction].lastSegment else { return false }
        return last.frame.number > segment.frame.number
            && last.sequence.distance(from: segment.sequence) < 0
    }

    /// Whether a segment that waits may not be taken in the end, unlike the one at hand: it lies
    /// beyond the window, or acknowledges what was not seen.
    func isUnlikely(
        _ waiting: StoredSegment,
        beside segment: TCPSegment,
        _ direction: Direction
    ) -> Bool {
        isBeyondWindow(waiting, direction)
            || isAhead(waiting.acknowledgement, direction)
                && !isAhead(acknowledged(by: segment, direction), direction)
    }

    /// Lets go of what waits behind the end of a stream: beyond the window of its receiver; and all
    /// of it once the other stream has ended too.
    mutating func refuseBehindEnd(_ direction: Direction) {
        let isOver = forward.hasEnded && backward.hasEnded && !isReset
        for direction in isOver ? Direction.allCases : [direction] {
            while let first = self[direction].queue.first,
                first.sequence.distance(from: self[direction].next) > 0,
                isOver || isOutOfReach(first, direction),
                let refused = self[direction].queue.removeFirst()
            {
                refuse(refused, direction)
            }
        }
    }

    /// Counts how often an end acknowledges less than before although more was not seen.
    mutating func weigh(_ acknowledged: SequenceNumber, of direction: Direction) {
        guard let claimed = self[direction].unseenClaim else { return }
        if acknowledged.distance(from: claimed) >= 0 {
            self[direction].contradictions = 0
        } else if acknowledged.distance(from: self[direction].seenEnd) <= 1 {
            self[direction].contradictions += 1
            self[direction].contradiction = acknowledged
            if self[direction].hasEnded || self[direction].contradictions >= Self.framesToWait {
                refuseContradicted()
            }
        }
    }

    /// Takes acknowledgements of bytes that were not seen back where their sender never repeats them
    /// and acknowledges less again and again; what came with them is not taken.
    mutating func refuseContradicted() {
        for direction in Direction.allCases {
            guard let claimed = self[direction].unseenClaim,
                self[direction].contradictions
                    >= (self[direction].hasEnded ? 1 : Self.leastContradictions)
            else { continue }
            self[direction].acknowledged = self[direction].contradiction
            self[direction].contradictions = 0
            let refused = self[direction.opposite].queue.remove {
                $0.acknowledgement == claimed
            }
            for segment in refused { refuse(segment, direction.opposite) }
        }
    }

    /// How many frames have to acknowledge less: one may be captured too late.
    ///
    /// Behind the end of a stream, where there is nothing to acknowledge, one is enough.
    private static let leastContradictions = 2

    /// Compares a segment with the first that waits for bytes which it acknowledges and which were not
    /// seen: where another one with less to wait for holds its place, that one is taken.
    mutating func weighWaiting(
        _ segment: TCPSegment,
        _ direction: Direction,
        _ bytes: Span<UInt8>
    ) {
        let acknowledged = acknowledged(by: segment, direction)
        guard let acknowledged, !isAhead(acknowledged, direction), !self[direction].isJoining,
            let first = self[direction].queue.first, isAhead(first.acknowledgement, direction)
        else { return }
        let shift = first.sequence.distance(from: segment.payloadSequence)
        let payload = bytes.extracting(segment.payload)
        guard 0..<payload.count ~= shift, let waiting = self[direction].queue.removeFirst() else {
            return
        }
        let count = min(waiting.bytes.count, payload.count - shift)
        let again = [UInt8](copying: payload.extracting(shift..<shift + count))
        guard Array(waiting.bytes.prefix(count)) != again else {
            duplicateBytes += count
            var rest = waiting
            rest.dropFirst(count)
            if !rest.bytes.isEmpty || rest.cutLength > 0 {
                duplicateBytes += self[direction].queue.insert(rest).duplicate
            }
            return
        }
        refuse(waiting, direction)
        let other = direction.opposite
        if self[other].acknowledged == waiting.acknowledgement {
            self[other].acknowledged = acknowledged
        }
    }

    /// Takes nothing of a segment that has waited, and says so.
    mutating func refuse(_ segment: StoredSegment, _ direction: Direction) {
        refusedBytes += segment.bytes.count
        let length = segment.bytes.count + segment.cutLength
        noteIgnored(
            IgnoredPayload(segment.bytes.span, length: length, segment.frame),
            direction
        )
    }
}

extension StreamHalf {
    /// The place behind all that was seen.
    fileprivate var seenEnd: SequenceNumber {
        guard let end = queue.end, end.distance(from: next) > 0 else { return next }
        return end
    }

    /// What the other end has acknowledged, where bytes in front of it were not seen; a single
    /// number more may be a FIN.
    fileprivate var unseenClaim: SequenceNumber? {
        guard isStarted, let acknowledged, acknowledged.distance(from: seenEnd) > 1 else {
            return nil
        }
        return acknowledged
    }
}
