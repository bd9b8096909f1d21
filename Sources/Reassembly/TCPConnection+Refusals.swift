import Bytes
import Packets

// A receiver drops segments without the ACK flag, whatever is in them (RFC 9293 §3.10.7.4). Programs
// that write captures often never set it: only who has set it before is held to it.
extension TCPConnection {
    /// Whether a segment lacks the flag that its sender has set before.
    func lacksAcknowledgement(_ segment: TCPSegment, _ direction: Direction) -> Bool {
        !segment.flags.contains(.ack) && !segment.flags.contains(.syn)
            && !segment.flags.contains(.rst) && self[direction].hasAcknowledged && !isUncounted
    }

    /// Takes note of a segment that its receiver drops.
    mutating func refuse(
        _ segment: TCPSegment,
        _ direction: Direction,
        _ frame: FrameReference,
        _ bytes: Span<UInt8>
    ) {
        refusedBytes += segment.payload.count
        var odd = OddSegment(.missingAcknowledgement, direction)
        if segment.wireLength > 0 {
            odd.ignored = IgnoredPayload(
                bytes.extracting(segment.payload),
                length: segment.wireLength,
                frame
            )
        }
        oddities.append(odd)
    }
}
