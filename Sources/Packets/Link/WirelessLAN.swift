import Bytes

/// IEEE 802.11 data frames that are not encrypted, with or without a radiotap header in front.
enum WirelessLAN {
    /// Radiotap: a version, a padding byte, and the header's length in little-endian order.
    static func nextBehindRadiotap(
        _ bytes: Span<UInt8>,
        _ packet: inout PacketCursor
    ) -> NextLayer {
        guard packet.available >= 8 else { return .stop(.truncated(.wirelessLAN)) }
        let length = Int(bytes.littleEndianUInt16(at: packet.offset + 2))
        guard length >= 8 else { return .stop(.malformed(.wirelessLAN)) }
        guard packet.available >= length else { return .stop(.truncated(.wirelessLAN)) }
        packet.offset += length
        return .wirelessLAN
    }

    static func next(_ bytes: Span<UInt8>, _ packet: inout PacketCursor) -> NextLayer {
        guard packet.available >= 24 else { return .stop(.truncated(.wirelessLAN)) }
        let control = bytes[packet.offset]
        let flags = bytes[packet.offset + 1]
        // Type 2 is data; bit 6 of the subtype means that it carries none, and the flag 0x40 that
        // what it carries is encrypted.
        guard control & 0x0C == 0x08, control & 0x40 == 0, flags & 0x40 == 0 else {
            return .stop(.noWirelessData)
        }
        let hasFourAddresses = flags & 0x03 == 0x03
        let hasQualityOfService = control & 0x80 != 0
        var length = 24
        if hasFourAddresses { length += 6 }
        if hasQualityOfService {
            length += 2
            // The order flag means that a field for high throughput follows.
            if flags & 0x80 != 0 { length += 4 }
        }
        guard packet.available >= length + 8 else { return .stop(.truncated(.wirelessLAN)) }
        let hasAggregate =
            hasQualityOfService
            && bytes[packet.offset + (hasFourAddresses ? 30 : 24)] & 0x80 != 0
        packet.offset += length
        if hasAggregate { return nextInAggregate(headerLength: length, bytes, &packet) }
        // Some drivers pad the header to a multiple of four bytes.
        if length % 4 != 0, bytes[packet.offset] == 0, bytes[packet.offset + 1] == 0 {
            packet.offset += 2
        }
        return .logicalLinkControl
    }

    /// Behind the header that announces an aggregate lies its first subframe, or padding first; some
    /// drivers take aggregates apart and leave the announcement.
    private static func nextInAggregate(
        headerLength: Int,
        _ bytes: Span<UInt8>,
        _ packet: inout PacketCursor
    ) -> NextLayer {
        let start = packet.offset
        if !Aggregate.seemsToBegin(at: start, bytes, packet) {
            if headerLength % 4 != 0, Aggregate.seemsToBegin(at: start + 2, bytes, packet) {
                packet.offset += 2
            } else if LogicalLinkControl.seemsToBegin(at: start, bytes) {
                return .logicalLinkControl
            }
        }
        return Aggregate.next(bytes, &packet)
    }
}
