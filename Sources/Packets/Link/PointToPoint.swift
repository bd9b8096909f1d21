import Bytes

/// PPP (RFC 1661), with HDLC-like framing where it is there (RFC 1662).
enum PointToPoint {
    static func next(_ bytes: Span<UInt8>, _ packet: inout PacketCursor) -> NextLayer {
        if packet.available >= 1, bytes[packet.offset] < 2 {
            // The direction byte of LINKTYPE_PPP_WITH_DIR.
            if packet.available >= 2, bytes[packet.offset + 1] == 0xFF { packet.offset += 1 }
        }
        if packet.available >= 2, bytes[packet.offset] == 0xFF, bytes[packet.offset + 1] == 0x03 {
            packet.offset += 2
        }
        guard packet.available >= 2 else { return .stop(.truncated(.ppp)) }
        if bytes[packet.offset] & 1 == 1 {
            // A compressed protocol field has one byte, and an odd value.
            let number = bytes[packet.offset]
            packet.offset += 1
            return number == 0x21 ? .ipv4 : number == 0x57 ? .ipv6 : unknown(UInt16(number))
        }
        let number = bytes.bigEndianUInt16(at: packet.offset)
        packet.offset += 2
        switch number {
        case 0x0021: return .ipv4
        case 0x0057: return .ipv6
        default: return unknown(number)
        }
    }

    private static func unknown(_ number: UInt16) -> NextLayer {
        .stop(.notIPFamily(UInt32(number)))
    }
}
