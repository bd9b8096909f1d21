package import Packets

extension TCPConnection {
    /// Bytes of one direction that others wait for.
    package struct MissingBytes: Sendable, Hashable {
        /// How many are known to be missing.
        package var length: Int
        /// How many segments were captured that cannot be delivered before them.
        package var waitingSegments: Int
        /// The frame of the first of these; `nil` where only a FIN waits.
        package var firstFrame: Int?
    }

    /// What of a direction must come, or be given up, before the connection goes on; `nil` where
    /// nothing is missing.
    package func missing(_ direction: Direction) -> MissingBytes? {
        let half = self[direction]
        let other = self[direction.opposite]
        guard half.isStarted else { return nil }
        if let first = half.queue.first {
            let hole = first.sequence.distance(from: half.next)
            if hole > 0 {
                return MissingBytes(
                    length: hole,
                    waitingSegments: half.queue.count,
                    firstFrame: first.frame.number
                )
            }
        }
        if half.isProvenMissing, let acknowledged = half.acknowledged, let first = other.queue.first
        {
            return MissingBytes(
                length: acknowledged.distance(from: half.next),
                waitingSegments: other.queue.count,
                firstFrame: first.frame.number
            )
        }
        guard half.isAwaitingEnd, let end = half.finSequence,
            end.distance(from: half.next) > 0
        else { return nil }
        return MissingBytes(length: end.distance(from: half.next), waitingSegments: 0)
    }

    /// How far a sequence number lies behind the first byte of its direction, in bytes; `nil` where
    /// no start is known.
    package func offset(of sequence: SequenceNumber, _ direction: Direction) -> Int? {
        let half = self[direction]
        guard half.isStarted else { return nil }
        return half.offset + sequence.distance(from: half.next)
    }
}
