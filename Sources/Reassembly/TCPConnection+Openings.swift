package import Packets

/// A SYN within a connection whose numbers are not those of the connection.
package struct DoubtedOpening: Sendable {
    /// The segment, and the frame it came in.
    package var segment: TCPSegment
    package var frame: FrameReference
    /// Which way it went.
    var direction: Direction
    /// Whether it was said that nobody took it up.
    var isTold = false

    /// The place of the first byte behind it.
    var start: SequenceNumber { segment.sequence.advanced(by: 1) }

    /// Whether it answers another SYN.
    var isAnswer: Bool { segment.flags.contains(.ack) }
}

// A SYN within a connection does nothing by itself (RFC 9293 §3.10.7.4): a receiver that has the
// connection says where it is, one that has forgotten it answers the SYN. So it is kept until it is
// answered, which makes the connection history, or until the connection goes on without it.
extension TCPConnection {
    /// Whether a SYN has another number than the one that began its direction.
    ///
    /// The SYN of a connection whose other frames came first in the capture lies right before them.
    func isForeign(_ opening: TCPSegment, _ direction: Direction) -> Bool {
        if let initial = self[direction].initialSequence { return initial != opening.sequence }
        guard self[direction].isStarted else { return false }
        let distance = self[direction].next.distance(from: opening.sequence)
        return !(0...self[direction].offset + 1 ~= distance)
    }

    /// The doubted SYN that a segment answers, or goes on from: with it another connection began.
    package func opening(takenUpBy segment: TCPSegment, _ direction: Direction) -> DoubtedOpening? {
        guard let opening = openings.first, !opening.isAnswer, segment.flags.contains(.ack),
            !segment.flags.contains(.rst)
        else { return nil }
        if direction != opening.direction {
            let taken = segment.acknowledgement.distance(from: opening.start)
            return segment.flags.contains(.syn) && 0...opening.segment.wireLength ~= taken
                ? opening : nil
        }
        // The answer itself may not be in the capture.
        let other = self[direction.opposite]
        guard segment.sequence == opening.start, other.isStarted else { return nil }
        let distance = segment.acknowledgement.distance(from: other.next)
        return distance.magnitude > Self.plausibleHole ? opening : nil
    }

    /// Keeps a SYN until somebody takes it up.
    mutating func doubt(
        opening: TCPSegment,
        _ direction: Direction,
        _ frame: FrameReference
    ) {
        refusedBytes += opening.payload.count
        let isKnown = openings.contains {
            $0.segment.sequence == opening.sequence && $0.direction == direction
        }
        guard !isKnown else { return }
        openings = [DoubtedOpening(segment: opening, frame: frame, direction: direction)]
    }

    /// Looks whether a segment takes up a second SYN-ACK, or goes on without the SYN in doubt.
    mutating func weighOpening(_ segment: TCPSegment, _ direction: Direction) {
        guard let opening = openings.first, !segment.flags.contains(.syn) else { return }
        if opening.isAnswer, isTakingUp(opening, segment, direction) {
            let server = opening.direction
            self[server].initialSequence = opening.segment.sequence
            self[server].start(at: opening.start)
            self[server].acknowledged = nil
            synAckTime = opening.frame.timestamp
            openings = []
            return
        }
        guard !opening.isTold, segment.wireLength > 0, self[direction].isStarted else { return }
        let distance = segment.payloadSequence.distance(from: self[direction].next)
        guard distance.magnitude <= 1 << 20 else { return }
        openings[0].isTold = true
        oddities.append(OddSegment(.ignoredSYN, opening.direction))
    }

    /// Whether a segment lies in the numbers of a second SYN-ACK: the client acknowledges them, or
    /// the server's data are there and the client has acknowledged no others.
    private func isTakingUp(
        _ opening: DoubtedOpening,
        _ segment: TCPSegment,
        _ direction: Direction
    ) -> Bool {
        let server = self[opening.direction]
        guard !server.hasPayload, server.next != opening.start else { return false }
        if direction == opening.direction {
            return segment.wireLength > 0 && segment.sequence == opening.start
                && server.acknowledged == nil
        }
        return segment.flags.contains(.ack) && segment.acknowledgement == opening.start
    }
}
