import Bytes

/// ARCNET: a protocol number behind the addresses, with (RFC 1201) or without (RFC 1051) a header
/// for pieces of packets, of which the whole ones are read.
enum ARCNET {
    /// As BSD captures it: the kernel's exception packets have the header twice.
    static func next(_ bytes: Span<UInt8>, _ packet: inout PacketCursor) -> NextLayer {
        guard packet.available >= 6 else { return .stop(.truncated(.arcnet)) }
        let type = bytes[packet.offset + 2]
        if isSimple(type) { return packet.skip(3, .arcnet) ?? layer(type) }
        let isException = bytes[packet.offset + 3] == 0xFF
        guard packet.available >= 10 else { return .stop(.truncated(.arcnet)) }
        let flag = bytes[packet.offset + (isException ? 7 : 3)]
        guard flag == 0 else { return .stop(.opaque(.arcnet)) }
        return packet.skip(isException ? 10 : 6, .arcnet) ?? layer(type)
    }

    /// As Linux captures it.
    static func nextOnLinux(_ bytes: Span<UInt8>, _ packet: inout PacketCursor) -> NextLayer {
        guard packet.available >= 8 else { return .stop(.truncated(.arcnet)) }
        let type = bytes[packet.offset + 4]
        if isSimple(type) { return packet.skip(5, .arcnet) ?? layer(type) }
        guard bytes[packet.offset + 5] == 0 else { return .stop(.opaque(.arcnet)) }
        return packet.skip(8, .arcnet) ?? layer(type)
    }

    private static func isSimple(_ type: UInt8) -> Bool { type == 240 || type == 241 }

    private static func layer(_ type: UInt8) -> NextLayer {
        switch type {
        case 212, 240: .ipv4
        case 196: .ipv6
        case 213, 241: .stop(.notIP(etherType: 0x0806))
        case 214: .stop(.notIP(etherType: 0x8035))
        default: .stop(.opaque(.arcnet))
        }
    }
}
