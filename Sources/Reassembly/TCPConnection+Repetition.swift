import Bytes
import Packets

// Bytes for a place that was delivered before: sent again, captured again, or other bytes.
extension TCPConnection {
    /// How soon bytes that come again were captured again, in nanoseconds: no sender resends so soon.
    private static let nanosecondsToCopy = 1_000_000

    /// How soon they do as a rule (RFC 6298 §2.4).
    private static let nanosecondsToResend = 1_000_000_000

    /// Takes note of bytes at a place that was delivered before, the first `count` of a segment, by
    /// how they compare with what is remembered of those; `unseen` of them are told already.
    mutating func noteRepeated(
        _ segment: TCPSegment,
        _ direction: Direction,
        _ frame: FrameReference,
        _ count: Int,
        _ comparison: DeliveredSegments.Comparison,
        unseen: Int
    ) {
        let captured = min(count, segment.payload.count)
        let distance = segment.payloadSequence.distance(from: self[direction].next)
        let start = segment.payload.lowerBound
        let payload = RepeatedPayload(
            direction: direction,
            offset: self[direction].offset + distance,
            range: start..<start + captured
        )
        switch comparison {
        case .different(let conflict):
            refusedBytes += captured
            repeated = payload
            noteConflict(conflict, in: direction)
        case .same(let original):
            duplicateBytes += captured
            noteSame(segment, direction, frame, count, original)
        case .unknown(let original):
            guard unseen == 0 || unseen < captured else { return }
            duplicateBytes += captured - unseen
            repeated = payload
            noteSame(segment, direction, frame, count, original)
        }
    }

    /// Takes note of bytes at places that were passed without them; answers how many there are.
    mutating func noteUnseen(
        _ segment: TCPSegment,
        _ direction: Direction,
        _ frame: FrameReference,
        _ bytes: Span<UInt8>,
        _ comparison: DeliveredSegments.Comparison,
        _ delivered: borrowing DeliveredSegments
    ) -> Int {
        // What a frame lacks that was cut was sent before, and nobody knows it.
        guard case .unknown = comparison, !isUncounted, !self[direction].hasCut,
            segment.cutLength == 0
        else { return 0 }
        let half = self[direction]
        let start = half.offset + segment.payloadSequence.distance(from: half.next)
        let parts = delivered.unseen(
            of: start..<min(start + segment.wireLength, half.offset),
            before: half.offset,
            with: half.latestDelivered
        )
        for part in parts {
            let place = segment.payload.lowerBound + part.lowerBound - start
            refusedBytes += part.count
            noteIgnored(
                IgnoredPayload(
                    bytes.extracting(place..<place + part.count),
                    length: part.count,
                    frame
                ),
                direction
            )
        }
        return parts.reduce(0) { $0 + $1.count }
    }

    private mutating func noteSame(
        _ segment: TCPSegment,
        _ direction: Direction,
        _ frame: FrameReference,
        _ count: Int,
        _ original: DeliveredSegments.Entry?
    ) {
        if isCopy(segment, direction, frame, of: original) {
            oddities.append(OddSegment(.duplicateFrame, direction))
            if let original, original.origin.hopLimit != segment.hopLimit {
                let distance = segment.payloadSequence.distance(from: self[direction].next)
                let start = self[direction].offset + distance
                moved = MovedPayload(direction: direction, range: start..<start + count)
            }
        } else {
            var odd = OddSegment(.retransmission, direction)
            odd.repeated = count
            oddities.append(odd)
            self[direction].noteRepeat(at: frame.timestamp)
        }
    }

    /// Whether a segment is one packet that was captured at two places: it has the identification of
    /// the one before, or another hop limit, or it comes sooner than any sender resends.
    private func isCopy(
        _ segment: TCPSegment,
        _ direction: Direction,
        _ frame: FrameReference,
        of original: DeliveredSegments.Entry?
    ) -> Bool {
        guard let last = self[direction].lastSegment else { return false }
        let elapsed = frame.timestamp.nanoseconds(since: last.frame.timestamp).magnitude
        if elapsed < Self.nanosecondsToCopy { return true }
        guard let origin = original?.origin else { return false }
        if origin.identification != 0, origin.identification == segment.identification {
            return true
        }
        return origin.hopLimit != 0 && origin.hopLimit != segment.hopLimit
            && elapsed < Self.nanosecondsToResend
    }

    /// Takes note of bytes that fill a hole: they were late, or lost before and sent again.
    mutating func noteFilling(
        _ segment: TCPSegment,
        _ direction: Direction,
        _ frame: FrameReference
    ) {
        let behind = self[direction].queue.first(behind: segment.payloadSequence)
        if let behind, isUnlikely(behind, beside: segment, direction) { return }
        let waited = behind.map { frame.timestamp.nanoseconds(since: $0.frame.timestamp) } ?? 0
        let duplicates = self[direction].duplicateAcknowledgements
        guard waited > 0, duplicates >= 3 || waited > patience(duplicates) else {
            oddities.append(OddSegment(.outOfOrder, direction))
            return
        }
        var odd = OddSegment(.resentAfterLoss, direction)
        odd.stall = waited
        oddities.append(odd)
    }

    /// How late a segment may be that only took another way, in nanoseconds: a round trip, or where
    /// that is not known what loss recovery takes at the least on common ways.
    private func patience(_ duplicateAcknowledgements: Int) -> Int64 {
        let roundTrip = connectTime.map { max(0, $0) } ?? 50_000_000
        return duplicateAcknowledgements > 0 ? roundTrip : max(roundTrip, 50_000_000)
    }
}

/// Payload of which a copy was captured at another place.
package struct MovedPayload: Sendable {
    /// Which way it goes.
    package var direction: Direction
    /// Where it lies in the stream, in bytes since the start.
    package var range: Range<Int>

    package init(direction: Direction, range: Range<Int>) {
        self.direction = direction
        self.range = range
    }
}
