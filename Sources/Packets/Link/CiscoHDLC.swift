import Bytes

/// Cisco's HDLC (`LINKTYPE_C_HDLC`): an address, a control byte, and an EtherType.
enum CiscoHDLC {
    static func next(_ bytes: Span<UInt8>, _ packet: inout PacketCursor) -> NextLayer {
        guard packet.available >= 4 else { return .stop(.truncated(.ciscoHDLC)) }
        let etherType = bytes.bigEndianUInt16(at: packet.offset + 2)
        packet.offset += 4
        return .etherType(etherType)
    }
}
