import Bytes

/// BSD loopback (`DLT_NULL`, `DLT_LOOP`): an address family in the byte order of the machine that
/// captured, or in network byte order.
enum NullLoopback {
    static func next(_ bytes: Span<UInt8>, _ packet: inout PacketCursor) -> NextLayer {
        guard packet.available >= 4 else { return .stop(.truncated(.null)) }
        let raw = bytes.bigEndianUInt32(at: packet.offset)
        let family = raw > 0xFFFF ? raw.byteSwapped : raw
        packet.offset += 4
        switch family {
        // AF_INET; AF_INET6 on Linux, on NetBSD and OpenBSD, on FreeBSD, on macOS, on Windows.
        case 2, 10, 24, 28, 30, 23: return .ip
        // A few writers put an EtherType there.
        case 0x0800, 0x86DD: return .ip
        default: return .stop(.notIPFamily(family))
        }
    }
}
