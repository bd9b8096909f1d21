import Bytes

/// GRE (RFC 2784, RFC 2890; version 1 is PPTP's, RFC 2637), with ERSPAN in it.
enum GRE {
    static func next(_ bytes: Span<UInt8>, _ packet: inout PacketCursor) -> NextLayer {
        guard packet.available >= 4 else { return .stop(.truncated(.gre)) }
        let flags = bytes.bigEndianUInt16(at: packet.offset)
        let etherType = bytes.bigEndianUInt16(at: packet.offset + 2)
        var length = 4
        if flags & 0xC000 != 0, flags & 0x7 == 0 { length += 4 }
        if flags & 0x2000 != 0 { length += 4 }
        if flags & 0x1000 != 0 { length += 4 }
        if flags & 0x7 == 1, flags & 0x0080 != 0 { length += 4 }
        guard packet.available >= length else { return .stop(.truncated(.gre)) }
        noteKey(flags, bytes, &packet)
        packet.offset += length
        switch etherType {
        case 0x880B: return .ppp
        // Aruba's controllers tunnel the frames of wireless LANs so.
        case 0x8200...0x83FF: return .wirelessLAN
        case 0x88BE:
            // Type I has no header of its own and no sequence number in GRE; type II has both.
            if flags & 0x1000 != 0 { packet.offset += 8 }
            return .ethernet
        case 0x22EB:
            guard packet.available >= 12 else { return .stop(.truncated(.gre)) }
            let hasSubheader = bytes[packet.offset + 11] & 1 == 1
            packet.offset += hasSubheader ? 20 : 12
            return .ethernet
        default: return .etherType(etherType)
        }
    }

    /// The key stands behind the checksum; version 1 has a payload length and the call in its place.
    private static func noteKey(
        _ flags: UInt16,
        _ bytes: Span<UInt8>,
        _ packet: inout PacketCursor
    ) {
        guard flags & 0x2000 != 0 else { return }
        if flags & 0x7 == 1 {
            let call = bytes.bigEndianUInt16(at: packet.offset + 6)
            packet.network.enter(.tunnelEnd, UInt32(call))
        } else {
            let place = packet.offset + (flags & 0xC000 != 0 && flags & 0x7 == 0 ? 8 : 4)
            packet.network.enter(.key, bytes.bigEndianUInt32(at: place))
        }
    }
}
