import Bytes

// The rarer tunnels over UDP. The cursor is behind the UDP header.
extension Tunnel {
    private static var notOurs: NextLayer { .stop(.notTCP(protocolNumber: 17)) }

    /// A header of eight bytes, whose flag I says that it has the instance's identifier (§5.3).
    static func nextInLISP(
        _ bytes: Span<UInt8>,
        _ packet: inout PacketCursor
    ) -> NextLayer {
        guard packet.available >= 8 else { return .stop(.truncated(.tunnel)) }
        if bytes[packet.offset] & 0x08 != 0 {
            let instance = bytes.bigEndianUInt32(at: packet.offset + 4) >> 8
            packet.network.enter(.virtualNetwork, instance)
        }
        packet.offset += 8
        return .ip
    }

    /// Authentication and origin indications may stand in front of the IPv6 packet (§5.1.1).
    static func nextInTeredo(
        _ bytes: Span<UInt8>,
        _ packet: inout PacketCursor
    ) -> NextLayer {
        if packet.available >= 4, bytes.bigEndianUInt16(at: packet.offset) == 1 {
            let lengths =
                Int(bytes[packet.offset + 2]) + Int(bytes[packet.offset + 3])
            if let stop = packet.skip(13 + lengths, .tunnel) { return stop }
        }
        if packet.available >= 8, bytes.bigEndianUInt16(at: packet.offset) == 0 {
            packet.offset += 8
        }
        guard packet.available >= 1, bytes[packet.offset] >> 4 == 6 else { return notOurs }
        return .ipv6
    }

    /// Data messages of version 2, with the optional fields that their flags announce (§3.1).
    static func nextInL2TP(
        _ bytes: Span<UInt8>,
        _ packet: inout PacketCursor
    ) -> NextLayer {
        guard packet.available >= 6 else { return notOurs }
        let flags = bytes.bigEndianUInt16(at: packet.offset)
        guard flags & 0x800F == 0x0002 else { return notOurs }
        var length = 6
        if flags & 0x4000 != 0 { length += 2 }
        guard packet.available >= length else { return .stop(.truncated(.tunnel)) }
        // The identifiers of tunnel and session stand behind the length.
        let session = bytes.bigEndianUInt32(at: packet.offset + length - 4)
        packet.network.enter(.tunnelEnd, session)
        if flags & 0x0800 != 0 { length += 4 }
        if flags & 0x0200 != 0 {
            guard packet.available >= length + 2 else { return .stop(.truncated(.tunnel)) }
            length += 2 + Int(bytes.bigEndianUInt16(at: packet.offset + length))
        }
        return packet.skip(length, .tunnel) ?? .ppp
    }

    /// Version 0 has a header with an IP protocol number; version 1 is the IP packet itself.
    static func nextInGenericUDP(
        _ bytes: Span<UInt8>,
        _ packet: inout PacketCursor
    ) -> NextLayer {
        guard packet.available >= 4 else { return notOurs }
        let first = bytes[packet.offset]
        guard first >> 6 == 0 else { return .ip }
        guard first & 0x20 == 0 else { return notOurs }
        let next = bytes[packet.offset + 1]
        return packet.skip(4 + Int(first & 0x1F) * 4, .tunnel) ?? .transport(next)
    }

    /// Tagged fields up to an end tag, then a frame of the encapsulated protocol.
    static func nextInTZSP(
        _ bytes: Span<UInt8>,
        _ packet: inout PacketCursor
    ) -> NextLayer {
        guard packet.available >= 5, bytes[packet.offset] == 1 else { return notOurs }
        let encapsulated = bytes.bigEndianUInt16(at: packet.offset + 2)
        packet.offset += 4
        while packet.available >= 1, bytes[packet.offset] != 1 {
            // A padding tag is a byte alone.
            guard bytes[packet.offset] != 0 else {
                packet.offset += 1
                continue
            }
            guard packet.available >= 2 else { return .stop(.truncated(.tunnel)) }
            let length = 2 + Int(bytes[packet.offset + 1])
            if let stop = packet.skip(length, .tunnel) { return stop }
        }
        if let stop = packet.skip(1, .tunnel) { return stop }
        switch encapsulated {
        case 1: return .ethernet
        case 18: return .wirelessLAN
        default: return .stop(.opaque(.tunnel))
        }
    }

    /// A header whose length it tells in units of four bytes, then an Ethernet or a wireless frame
    /// (§4.3).
    static func nextInCAPWAP(
        _ bytes: Span<UInt8>,
        _ packet: inout PacketCursor
    ) -> NextLayer {
        guard packet.available >= 8 else { return notOurs }
        // The type in the lower half of the first byte is 1 where DTLS follows.
        guard bytes[packet.offset] == 0 else { return .stop(.opaque(.tunnel)) }
        let length = Int(bytes[packet.offset + 1] >> 3) * 4
        let isNative = bytes[packet.offset + 2] & 0x01 != 0
        guard length >= 8 else { return notOurs }
        return packet.skip(length, .tunnel) ?? (isNative ? .wirelessLAN : .ethernet)
    }
}
