import Bytes

/// IPv6 and its extension headers (RFC 8200).
enum IPv6 {
    static func next(_ bytes: Span<UInt8>, _ packet: inout PacketCursor) -> NextLayer {
        let start = packet.offset
        guard packet.available >= 40 else { return .stop(.truncated(.ipv6)) }
        guard bytes[start] >> 4 == 6 else { return .stop(.malformed(.ipv6)) }
        let payloadLength = Int(bytes.bigEndianUInt16(at: start + 4))
        // Length 0 is a jumbogram (RFC 2675), or segmentation offload: the frame's length holds.
        if payloadLength > 0 { packet.limit(to: 40 + payloadLength) }
        packet.take(
            source: address(bytes, at: start + 8),
            destination: address(bytes, at: start + 24)
        )
        packet.identification = 0
        packet.hopLimit = bytes[start + 7]
        let number = bytes[start + 6]
        packet.offset += 40
        return nextBehindExtensions(number, bytes, &packet)
    }

    private static func address(_ bytes: Span<UInt8>, at offset: Int) -> IPAddress {
        IPAddress(
            high: bytes.bigEndianUInt64(at: offset),
            low: bytes.bigEndianUInt64(at: offset + 8)
        )
    }

    private static func nextBehindExtensions(
        _ first: UInt8,
        _ bytes: Span<UInt8>,
        _ packet: inout PacketCursor
    ) -> NextLayer {
        var number = first
        while true {
            switch number {
            // Hop-by-hop options, routing, destination options, mobility, HIP, Shim6.
            case 0, 43, 60, 135, 139, 140:
                guard packet.available >= 8 else { return .stop(.truncated(.ipv6)) }
                number = bytes[packet.offset]
                packet.offset += (Int(bytes[packet.offset + 1]) + 1) * 8
            // The authentication header counts in units of four bytes (RFC 4302).
            case 51:
                guard packet.available >= 8 else { return .stop(.truncated(.ipv6)) }
                number = bytes[packet.offset]
                packet.offset += (Int(bytes[packet.offset + 1]) + 2) * 4
            case 44:
                guard packet.available >= 8 else { return .stop(.truncated(.ipv6)) }
                guard let fragment = fragment(bytes, &packet) else {
                    number = bytes[packet.offset - 8]
                    continue
                }
                return .fragment(fragment)
            default:
                guard packet.available >= 0 else { return .stop(.truncated(.ipv6)) }
                return .transport(number)
            }
        }
    }

    /// Reads a fragment header; `nil` where it makes the whole packet one fragment (RFC 6946).
    private static func fragment(
        _ bytes: Span<UInt8>,
        _ packet: inout PacketCursor
    ) -> Fragment? {
        let start = packet.offset
        let field = bytes.bigEndianUInt16(at: start + 2)
        packet.offset += 8
        guard field & 0xFFF9 != 0 else { return nil }
        return Fragment(
            packet,
            protocolNumber: bytes[start],
            identification: bytes.bigEndianUInt32(at: start + 4),
            position: Int(field & 0xFFF8),
            hasMore: field & 1 == 1
        )
    }
}
