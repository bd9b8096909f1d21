import Bytes

/// Ethernet II with any stack of 802.1Q and MPLS tags, and PPPoE (IEEE 802.3, 802.1Q, RFC 3032,
/// RFC 2516).
enum Ethernet {
    static func next(_ bytes: Span<UInt8>, _ packet: inout PacketCursor) -> NextLayer {
        guard packet.available >= 14 else { return .stop(.truncated(.ethernet)) }
        let etherType = bytes.bigEndianUInt16(at: packet.offset + 12)
        packet.offset += 14
        return .etherType(etherType)
    }

    static func next(
        etherType: UInt16,
        _ bytes: Span<UInt8>,
        _ packet: inout PacketCursor
    ) -> NextLayer {
        switch etherType {
        case 0x0800: return .ipv4
        case 0x86DD: return .ipv6
        case 0x8100, 0x88A8, 0x9100, 0x9200: return nextBehindTag(bytes, &packet)
        case 0x8847, 0x8848: return .mpls
        case 0x8864: return .pppoe
        case 0x6558: return .ethernet
        case ..<0x0600: return LogicalLinkControl.next(bytes, &packet)
        default: return EthernetTags.next(etherType: etherType, bytes, &packet)
        }
    }

    /// Ethernet with its preamble and start of frame in front (IEEE 802.3 §3.1.1).
    static func nextBehindPreamble(
        _ bytes: Span<UInt8>,
        _ packet: inout PacketCursor
    ) -> NextLayer {
        packet.skip(8, .ethernet) ?? .ethernet
    }

    private static func nextBehindTag(
        _ bytes: Span<UInt8>,
        _ packet: inout PacketCursor
    ) -> NextLayer {
        guard packet.available >= 4 else { return .stop(.truncated(.vlan)) }
        // The identifier 0 only gives a priority (IEEE 802.1Q §9.6).
        let identifier = bytes.bigEndianUInt16(at: packet.offset) & 0x0FFF
        if identifier != 0 { packet.network.enter(.vlan, UInt32(identifier)) }
        let etherType = bytes.bigEndianUInt16(at: packet.offset + 2)
        packet.offset += 4
        return .etherType(etherType)
    }

    /// MPLS labels up to the bottom of the stack; what follows is IP, or a pseudowire's Ethernet.
    static func nextBehindLabels(
        _ bytes: Span<UInt8>,
        _ packet: inout PacketCursor
    ) -> NextLayer {
        while packet.available >= 4 {
            let entry = bytes.bigEndianUInt32(at: packet.offset)
            packet.network.enter(.label, entry >> 12)
            let isBottom = entry & 0x100 != 0
            packet.offset += 4
            guard isBottom else { continue }
            guard packet.available >= 4 else { return .stop(.truncated(.mpls)) }
            switch bytes[packet.offset] >> 4 {
            case 4, 6: return .ip
            case 0:
                // A pseudowire's control word (RFC 4385).
                packet.offset += 4
                return .ethernet
            default: return .ethernet
            }
        }
        return .stop(.truncated(.mpls))
    }

    static func nextInSession(
        _ bytes: Span<UInt8>,
        _ packet: inout PacketCursor
    ) -> NextLayer {
        guard packet.available >= 8 else { return .stop(.truncated(.ppp)) }
        packet.network.enter(.session, UInt32(bytes.bigEndianUInt16(at: packet.offset + 2)))
        packet.offset += 6
        return .ppp
    }
}
