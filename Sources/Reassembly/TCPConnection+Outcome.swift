import Packets

extension TCPConnection {
    /// What became of an attempt to connect.
    package enum Failure: Sendable, Hashable {
        /// Nothing came back but a reset.
        case refused
        /// Nothing came back at all.
        case unanswered
    }

    /// Why the connection did not come about; `nil` where it did, and where the capture does not
    /// tell.
    package var failure: Failure? {
        guard let initiator, synTime != nil else { return nil }
        let other = initiator.opposite
        guard self[other].initialSequence == nil, !self[other].isSeen, !hasSpoken else {
            return nil
        }
        if isReset, resetDirection == other { return .refused }
        // An acknowledgement would show that an answer came and was not captured.
        return self[initiator].hasAcknowledged ? nil : .unanswered
    }

    /// How much of a direction the other end is known to have received, in bytes since its start;
    /// all of it where no frame of that end tells.
    package func receivedLength(of direction: Direction) -> Int {
        guard self[direction.opposite].isSeen, !isUncounted else {
            return self[direction].offset
        }
        guard let acknowledged = self[direction].acknowledged else { return 0 }
        return self[direction].offset(acknowledgedBy: acknowledged)
    }

    /// Whether bytes of a direction were delivered, and the other end has not received them yet as
    /// far as the capture shows.
    package func isUnacknowledged(_ direction: Direction) -> Bool {
        receivedLength(of: direction) < self[direction].offset
    }

    /// Whether the last bytes of a direction were not acknowledged although there was time: their
    /// sender repeated them, or the other end closed long after.
    package func isSentInVain(_ direction: Direction) -> Bool {
        guard isUnacknowledged(direction) else { return false }
        let repeating = self[direction].latestRepeat &- self[direction].firstRepeat
        if self[direction].repeatsInVain >= 2, repeating >= Self.longestSilence { return true }
        guard let close = self[direction.opposite].finFrame,
            let last = self[direction].lastSegment
        else { return false }
        return close.timestamp.nanoseconds(since: last.frame.timestamp) >= Self.longestSilence
    }

    /// In nanoseconds: longer than acknowledgements are delayed, and most round trips take.
    private static let longestSilence: Int64 = 1_000_000_000
}
