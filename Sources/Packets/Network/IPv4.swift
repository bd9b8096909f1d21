import Bytes

/// IPv4 (RFC 791).
enum IPv4 {
    static func next(_ bytes: Span<UInt8>, _ packet: inout PacketCursor) -> NextLayer {
        let start = packet.offset
        guard packet.available >= 20 else { return .stop(.truncated(.ipv4)) }
        guard bytes[start] >> 4 == 4 else { return .stop(.malformed(.ipv4)) }
        let headerLength = Int(bytes[start] & 0xF) * 4
        let totalLength = Int(bytes.bigEndianUInt16(at: start + 2))
        guard headerLength >= 20 else { return .stop(.malformed(.ipv4)) }
        // Length 0 is what segmentation offload leaves in packets above 64 KiB: the frame's own
        // length holds then.
        if totalLength > 0 {
            guard totalLength >= headerLength else { return .stop(.malformed(.ipv4)) }
            packet.limit(to: totalLength)
        }
        guard packet.available >= headerLength else { return .stop(.truncated(.ipv4)) }
        if packet.verifiesChecksums,
            !InternetChecksum.isRight(version4Header: start..<start + headerLength, bytes)
        {
            return .stop(.wrongChecksum(.ipv4))
        }
        packet.take(
            source: IPAddress(version4: bytes.bigEndianUInt32(at: start + 12)),
            destination: IPAddress(version4: bytes.bigEndianUInt32(at: start + 16))
        )
        packet.identification = bytes.bigEndianUInt16(at: start + 4)
        packet.hopLimit = bytes[start + 8]
        let number = bytes[start + 9]
        let fragmentation = bytes.bigEndianUInt16(at: start + 6)
        packet.offset += headerLength
        if fragmentation & 0x3FFF != 0 {
            return .fragment(
                Fragment(
                    packet,
                    protocolNumber: number,
                    identification: UInt32(bytes.bigEndianUInt16(at: start + 4)),
                    position: Int(fragmentation & 0x1FFF) * 8,
                    hasMore: fragmentation & 0x2000 != 0
                )
            )
        }
        return .transport(number)
    }

    /// The authentication header, which counts in units of four bytes (RFC 4302 §2.2).
    static func nextBehindAuthentication(
        _ bytes: Span<UInt8>,
        _ packet: inout PacketCursor
    ) -> NextLayer {
        guard packet.available >= 12 else { return .stop(.truncated(.ipv4)) }
        let number = bytes[packet.offset]
        let length = (Int(bytes[packet.offset + 1]) + 2) * 4
        return packet.skip(length, .ipv4) ?? .transport(number)
    }
}
