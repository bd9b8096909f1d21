import Bytes

/// IEEE 802.5 token ring: access and frame control, two addresses, routing information where the
/// source address says so, LLC.
enum TokenRing {
    static func next(_ bytes: Span<UInt8>, _ packet: inout PacketCursor) -> NextLayer {
        guard packet.available >= 16 else { return .stop(.truncated(.tokenRing)) }
        let hasRouting = bytes[packet.offset + 8] & 0x80 != 0
        let routing = hasRouting ? Int(bytes[packet.offset + 14] & 0x1F) : 0
        return packet.skip(14 + routing, .tokenRing) ?? .logicalLinkControl
    }
}

/// FDDI (ISO 9314-2): frame control, two addresses, LLC.
enum FDDI {
    static func next(_ bytes: Span<UInt8>, _ packet: inout PacketCursor) -> NextLayer {
        packet.skip(13, .fddi) ?? .logicalLinkControl
    }
}
