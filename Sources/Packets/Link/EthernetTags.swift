import Bytes

/// The rarer tags and carriers that an EtherType announces.
enum EthernetTags {
    @inline(never)
    static func next(
        etherType: UInt16,
        _ bytes: Span<UInt8>,
        _ packet: inout PacketCursor
    ) -> NextLayer {
        switch etherType {
        // IEEE 802.1ah: a service identifier, then the customer's frame from its addresses on.
        case 0x88E7: nextInBackbone(bytes, &packet)
        // Cisco FabricPath: a forwarding tag, then the frame.
        case 0x8903: packet.skip(2, .vlan) ?? .ethernet
        // IEEE 802.1BR's forerunner VN-Tag, and HSR (IEC 62439-3): the type behind four bytes.
        case 0x8926, 0x892F: nextType(at: 4, bytes, &packet)
        // Cisco metadata: the type behind version, length, option and group tag.
        case 0x8909: nextType(at: 6, bytes, &packet)
        case 0x88E5: nextInMACSecurity(bytes, &packet)
        case 0x894F: nextInServiceChain(bytes, &packet)
        case 0x22F3: nextInTRILL(bytes, &packet)
        default: .stop(.notIP(etherType: etherType))
        }
    }

    private static func nextInBackbone(
        _ bytes: Span<UInt8>,
        _ packet: inout PacketCursor
    ) -> NextLayer {
        guard packet.available >= 4 else { return .stop(.truncated(.vlan)) }
        packet.network.enter(.service, bytes.bigEndianUInt32(at: packet.offset) & 0xFF_FFFF)
        packet.offset += 4
        return .ethernet
    }

    private static func nextType(
        at distance: Int,
        _ bytes: Span<UInt8>,
        _ packet: inout PacketCursor
    ) -> NextLayer {
        guard packet.available >= distance + 2 else { return .stop(.truncated(.vlan)) }
        let etherType = bytes.bigEndianUInt16(at: packet.offset + distance)
        packet.offset += distance + 2
        return .etherType(etherType)
    }

    /// MACsec (IEEE 802.1AE §9): readable where it only authenticates.
    private static func nextInMACSecurity(
        _ bytes: Span<UInt8>,
        _ packet: inout PacketCursor
    ) -> NextLayer {
        guard packet.available >= 6 else { return .stop(.truncated(.macSecurity)) }
        let control = bytes[packet.offset]
        guard control & 0x0C == 0 else { return .stop(.opaque(.macSecurity)) }
        return nextType(at: control & 0x20 == 0 ? 6 : 14, bytes, &packet)
    }

    /// The Network Service Header (RFC 8300 §2).
    private static func nextInServiceChain(
        _ bytes: Span<UInt8>,
        _ packet: inout PacketCursor
    ) -> NextLayer {
        guard packet.available >= 8 else { return .stop(.truncated(.tunnel)) }
        let length = Int(bytes[packet.offset + 1] & 0x3F) * 4
        let next = bytes[packet.offset + 3]
        guard length >= 8 else { return .stop(.malformed(.tunnel)) }
        packet.network.enter(.virtualNetwork, bytes.bigEndianUInt32(at: packet.offset + 4) >> 8)
        if let stop = packet.skip(length, .tunnel) { return stop }
        switch next {
        case 1: return .ipv4
        case 2: return .ipv6
        case 3: return .ethernet
        case 5: return .mpls
        default: return .stop(.opaque(.tunnel))
        }
    }

    /// TRILL (RFC 6325 §3.2): options in units of four bytes, then the frame.
    private static func nextInTRILL(
        _ bytes: Span<UInt8>,
        _ packet: inout PacketCursor
    ) -> NextLayer {
        guard packet.available >= 6 else { return .stop(.truncated(.tunnel)) }
        let options = Int(bytes.bigEndianUInt16(at: packet.offset) >> 6 & 0x1F) * 4
        return packet.skip(6 + options, .tunnel) ?? .ethernet
    }
}

/// EtherIP (RFC 3378): two bytes, then the frame.
enum EthernetInIP {
    static func next(_ bytes: Span<UInt8>, _ packet: inout PacketCursor) -> NextLayer {
        packet.skip(2, .tunnel) ?? .ethernet
    }
}
