import Bytes

/// LLC (IEEE 802.2): with a SNAP header (RFC 1042), or IP by its own access point (RFC 948).
enum LogicalLinkControl {
    static func next(_ bytes: Span<UInt8>, _ packet: inout PacketCursor) -> NextLayer {
        guard packet.available >= 8 else { return .stop(.notIP(etherType: 0)) }
        switch (bytes[packet.offset], bytes[packet.offset + 1]) {
        case (0xAA, 0xAA):
            let etherType = bytes.bigEndianUInt16(at: packet.offset + 6)
            guard etherType >= 0x0600 else { return .stop(.notIP(etherType: etherType)) }
            packet.offset += 8
            return .etherType(etherType)
        case (0x06, 0x06):
            packet.offset += 3
            return .ipv4
        default: return .stop(.notIP(etherType: 0))
        }
    }

    /// Whether the access points at `offset` are those of IP or SNAP.
    static func seemsToBegin(at offset: Int, _ bytes: Span<UInt8>) -> Bool {
        bytes[offset] == bytes[offset + 1] && (bytes[offset] == 0xAA || bytes[offset] == 0x06)
    }
}
