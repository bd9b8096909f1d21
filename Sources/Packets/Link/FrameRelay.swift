import Bytes

/// Frame Relay (RFC 2427): an address, then a network protocol by its identifier, or an EtherType
/// as Cisco writes it.
enum FrameRelay {
    static func next(_ bytes: Span<UInt8>, _ packet: inout PacketCursor) -> NextLayer {
        // The last byte of an address has its lowest bit set.
        repeat {
            guard packet.available >= 4 else { return .stop(.truncated(.frameRelay)) }
            // What is not the circuit in it tells of congestion.
            let isFirst = packet.network.isPlain
            let part = bytes[packet.offset] & (isFirst ? 0xFC : 0xF0)
            packet.network.enter(.circuit, UInt32(part))
            packet.offset += 1
        } while bytes[packet.offset - 1] & 1 == 0
        guard bytes[packet.offset] == 0x03 else {
            let etherType = bytes.bigEndianUInt16(at: packet.offset)
            packet.offset += 2
            return .etherType(etherType)
        }
        packet.offset += 1
        if bytes[packet.offset] == 0 { packet.offset += 1 }
        guard packet.available >= 1 else { return .stop(.truncated(.frameRelay)) }
        let identifier = bytes[packet.offset]
        packet.offset += 1
        switch identifier {
        case 0xCC: return .ipv4
        case 0x8E: return .ipv6
        case 0xCF: return .ppp
        case 0x80:
            guard packet.available >= 5 else { return .stop(.truncated(.frameRelay)) }
            let etherType = bytes.bigEndianUInt16(at: packet.offset + 3)
            packet.offset += 5
            return .etherType(etherType)
        default: return .stop(.opaque(.frameRelay))
        }
    }
}
