import Bytes
import Packets

/// Zeros behind a bare acknowledgement, of which it is not known yet whether they are data.
struct DoubtedPadding: Sendable {
    /// Them, as they would be stored.
    var segment: StoredSegment
    var direction: Direction
}

// Some devices count the zeros that fill a short Ethernet frame into the length of the IP packet.
// They are no part of the stream: their sender's next segment has the same number, and the other end
// does not acknowledge them.
extension TCPConnection {
    /// The most zeros that fill up a frame with the shortest headers, with some to spare for tags and
    /// a frame check sequence.
    static let paddingLimit = 10

    /// Whether the payload of a segment may be padding.
    func seemsPadded(_ segment: TCPSegment, _ bytes: Span<UInt8>) -> Bool {
        guard 1...Self.paddingLimit ~= segment.payload.count, segment.cutLength == 0,
            !segment.flags.contains(.psh), !segment.flags.contains(.urg)
        else { return false }
        // Of an end only what was seen before is believed.
        if segment.flags.contains(.fin), !hasPadding { return false }
        for index in segment.payload where bytes[index] != 0 { return false }
        return true
    }

    /// Keeps zeros until it shows what they are.
    mutating func doubt(
        padding segment: TCPSegment,
        _ direction: Direction,
        _ frame: FrameReference,
        _ bytes: Span<UInt8>
    ) {
        if let known = paddings.first { take(known) }
        var stored = StoredSegment(
            segment,
            bytes,
            frame,
            acknowledging: acknowledged(by: segment, direction)
        )
        stored.arrival = frame
        paddings = [DoubtedPadding(segment: stored, direction: direction)]
    }

    /// Looks whether a segment shows what the zeros in doubt are.
    mutating func weighPadding(_ segment: TCPSegment, _ direction: Direction) {
        guard let padding = paddings.first, !segment.flags.contains(.rst) else { return }
        let zeros = padding.segment
        if direction == padding.direction {
            let distance = segment.sequence.distance(from: zeros.sequence)
            if distance == 0 { return refusePadding() }
            if distance >= zeros.bytes.count { take(padding) }
        } else if let acknowledged = acknowledged(by: segment, direction),
            acknowledged.distance(from: zeros.sequence) > 0
        {
            take(padding)
        }
    }

    /// The zeros are data.
    private mutating func take(_ padding: DoubtedPadding) {
        paddings = []
        duplicateBytes += self[padding.direction].queue.insert(padding.segment).duplicate
        self[padding.direction].hasPayload = true
        isDue = true
    }

    /// The zeros are not part of the stream.
    mutating func refusePadding() {
        guard let padding = paddings.popLast() else { return }
        notePadding(padding.segment.bytes.count, padding.direction)
    }

    /// Takes note of zeros that are no data.
    mutating func notePadding(_ count: Int, _ direction: Direction) {
        refusedBytes += count
        hasPadding = true
        oddities.append(OddSegment(.paddedSegment, direction))
    }
}
