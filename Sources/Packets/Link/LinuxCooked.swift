import Bytes

/// Linux "cooked" captures, which the `any` interface gives (`LINKTYPE_LINUX_SLL`, `_SLL2`).
enum LinuxCooked {
    static func next(_ bytes: Span<UInt8>, _ packet: inout PacketCursor) -> NextLayer {
        guard packet.available >= 16 else { return .stop(.truncated(.linuxCooked)) }
        let etherType = bytes.bigEndianUInt16(at: packet.offset + 14)
        packet.offset += 16
        return .etherType(etherType)
    }

    static func nextVersion2(_ bytes: Span<UInt8>, _ packet: inout PacketCursor) -> NextLayer {
        guard packet.available >= 20 else { return .stop(.truncated(.linuxCooked)) }
        let etherType = bytes.bigEndianUInt16(at: packet.offset)
        packet.network.enter(.interface, bytes.bigEndianUInt32(at: packet.offset + 4))
        packet.offset += 20
        return .etherType(etherType)
    }
}
