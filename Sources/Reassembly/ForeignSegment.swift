import Bytes
package import Packets

/// A segment within a connection whose numbers are not those of the connection, kept until it shows
/// whose they are.
package struct ForeignSegment: Sendable {
    /// The segment; its payload lies in ``bytes``.
    package let segment: TCPSegment
    /// Its payload, as far as it was captured.
    let bytes: [UInt8]
    /// The frame it came in.
    let frame: FrameReference
    /// Which way it went.
    let direction: Direction
    /// Whether it was said that nobody took it up.
    var isTold = false

    init(
        _ segment: TCPSegment,
        _ direction: Direction,
        _ frame: FrameReference,
        _ bytes: Span<UInt8>
    ) {
        var own = segment
        own.payload = 0..<segment.payload.count
        self.segment = own
        self.bytes = [UInt8](copying: bytes.extracting(segment.payload))
        self.frame = frame
        self.direction = direction
    }

    /// What it takes of memory, in bytes.
    var footprint: Int { MemoryLayout<ForeignSegment>.stride + bytes.count }

    /// The place of the first byte behind its SYN, where it has one.
    var start: SequenceNumber { segment.payloadSequence }

    /// Whether it is a SYN that answers none.
    var isOpening: Bool { segment.flags.contains(.syn) && !segment.flags.contains(.ack) }

    /// Whether it is a SYN-ACK.
    var isAnswer: Bool { segment.flags.contains(.syn) && segment.flags.contains(.ack) }

    /// Whether a SYN-ACK answers this SYN.
    func isAnswered(by answer: TCPSegment, _ direction: Direction) -> Bool {
        guard isOpening, self.direction != direction, answer.flags.contains(.syn),
            answer.flags.contains(.ack)
        else { return false }
        return 0...segment.wireLength ~= answer.acknowledgement.distance(from: start)
    }

    /// How far numbers of one connection lie apart at the most, while it is not known which it is.
    private static let spread = 1 << 20

    /// Whether another segment has numbers of the same pair, as far as the two have any.
    func isKin(of other: TCPSegment, _ direction: Direction) -> Bool {
        let isSameWay = self.direction == direction
        return Self.areNear(segment.sequence, isSameWay ? other.sequence : other.acknowledged)
            && Self.areNear(
                segment.acknowledged,
                isSameWay ? other.acknowledged : other.sequence
            )
    }

    private static func areNear(_ one: SequenceNumber?, _ other: SequenceNumber?) -> Bool {
        guard let one, let other else { return true }
        return one.distance(from: other).magnitude <= spread
    }
}

extension TCPSegment {
    fileprivate var acknowledged: SequenceNumber? { flags.contains(.ack) ? acknowledgement : nil }
}

/// Payload that was not taken into its stream.
package struct IgnoredPayload: Sendable, Hashable {
    /// The first of its bytes, ``OverlapConflict/limit`` at the most.
    package let first: [UInt8]
    /// How many there are.
    package let length: Int
    /// The frame they came in.
    package let frame: Int

    init(_ bytes: Span<UInt8>, length: Int, _ frame: FrameReference) {
        first = [UInt8](
            copying: bytes.extracting(first: min(bytes.count, OverlapConflict.limit))
        )
        self.length = length
        self.frame = frame.number
    }
}
