import Bytes

// The tunnels that most traffic over UDP runs in: VXLAN (RFC 7348) and its generic form
// (draft-ietf-nvo3-vxlan-gpe), Geneve (RFC 8926), GTP-U (3GPP TS 29.281), and AYIYA
// (draft-massar-v6ops-ayiya). The cursor is behind the UDP header.
extension Tunnel {
    static func nextInVXLAN(_ bytes: Span<UInt8>, _ packet: inout PacketCursor) -> NextLayer {
        guard packet.available >= 8 else { return .stop(.truncated(.tunnel)) }
        enterVirtualNetwork(at: packet.offset + 4, bytes, &packet)
        packet.offset += 8
        return .ethernet
    }

    /// The identifier has 24 bits, and a reserved byte behind it.
    private static func enterVirtualNetwork(
        at offset: Int,
        _ bytes: Span<UInt8>,
        _ packet: inout PacketCursor
    ) {
        packet.network.enter(.virtualNetwork, bytes.bigEndianUInt32(at: offset) >> 8)
    }

    static func nextInGenericVXLAN(
        _ bytes: Span<UInt8>,
        _ packet: inout PacketCursor
    ) -> NextLayer {
        guard packet.available >= 8 else { return .stop(.truncated(.tunnel)) }
        let next = bytes[packet.offset + 3]
        enterVirtualNetwork(at: packet.offset + 4, bytes, &packet)
        packet.offset += 8
        switch next {
        case 1: return .ipv4
        case 2: return .ipv6
        case 3: return .ethernet
        default: return .stop(.notTCP(protocolNumber: 17))
        }
    }

    static func nextInAYIYA(
        _ bytes: Span<UInt8>,
        _ packet: inout PacketCursor
    ) -> NextLayer {
        guard packet.available >= 8 else { return .stop(.truncated(.tunnel)) }
        let header = packet.offset
        // The identity's length is a power of two, the signature's counts units of four bytes.
        let identity = 1 << Int(bytes[header] >> 4)
        let signature = Int(bytes[header + 1] >> 4) * 4
        let isForwarded = bytes[header + 2] & 0xF == 1
        let next = bytes[header + 3]
        guard isForwarded, next == 4 || next == 41 else {
            return .stop(.notTCP(protocolNumber: 17))
        }
        packet.offset = header + 8 + identity + signature
        return .transport(next)
    }

    static func nextInGeneve(
        _ bytes: Span<UInt8>,
        _ packet: inout PacketCursor
    ) -> NextLayer {
        guard packet.available >= 8 else { return .stop(.truncated(.tunnel)) }
        let header = packet.offset
        let etherType = bytes.bigEndianUInt16(at: header + 2)
        enterVirtualNetwork(at: header + 4, bytes, &packet)
        packet.offset = header + 8 + Int(bytes[header] & 0x3F) * 4
        return .etherType(etherType)
    }

    static func nextInGTP(
        _ bytes: Span<UInt8>,
        _ packet: inout PacketCursor
    ) -> NextLayer {
        guard packet.available >= 8 else { return .stop(.truncated(.tunnel)) }
        let header = packet.offset
        let flags = bytes[header]
        // Version 1, and a G-PDU: a user's packet.
        guard flags >> 5 == 1, bytes[header + 1] == 0xFF else {
            return .stop(.notTCP(protocolNumber: 17))
        }
        packet.network.enter(.tunnelEnd, bytes.bigEndianUInt32(at: header + 4))
        packet.offset = header + 8
        guard flags & 0x07 != 0 else { return .ip }
        guard packet.available >= 4 else { return .stop(.truncated(.tunnel)) }
        var kind = flags & 0x04 == 0 ? 0 : bytes[packet.offset + 3]
        packet.offset += 4
        while kind != 0 {
            guard packet.available >= 4, bytes[packet.offset] > 0 else {
                return .stop(.truncated(.tunnel))
            }
            let length = Int(bytes[packet.offset]) * 4
            guard packet.available >= length else { return .stop(.truncated(.tunnel)) }
            kind = bytes[packet.offset + length - 1]
            packet.offset += length
        }
        return .ip
    }
}
