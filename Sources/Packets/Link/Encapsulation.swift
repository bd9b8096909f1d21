import Bytes

/// Headers that capturing programs put in front of a frame.
///
/// Their layouts are those of the tcpdump group's registry (<https://www.tcpdump.org/linktypes.html>).
enum Encapsulation {
    /// A switch's tag between the addresses and the EtherType.
    static func nextBehindSwitchTag(
        length: Int,
        _ bytes: Span<UInt8>,
        _ packet: inout PacketCursor
    ) -> NextLayer {
        guard packet.available >= 14 + length else { return .stop(.truncated(.ethernet)) }
        let etherType = bytes.bigEndianUInt16(at: packet.offset + 12 + length)
        packet.offset += 14 + length
        return .etherType(etherType)
    }

    /// Two addresses of eight bytes and an EtherType.
    static func nextInFireWire(
        _ bytes: Span<UInt8>,
        _ packet: inout PacketCursor
    ) -> NextLayer {
        guard packet.available >= 18 else { return .stop(.truncated(.encapsulation)) }
        let etherType = bytes.bigEndianUInt16(at: packet.offset + 16)
        packet.offset += 18
        return .etherType(etherType)
    }

    /// A header whose first byte tells its length, without the padding to four bytes.
    static func nextInPacketFilterLog(
        _ bytes: Span<UInt8>,
        _ packet: inout PacketCursor
    ) -> NextLayer {
        guard packet.available >= 4 else { return .stop(.truncated(.encapsulation)) }
        let length = (Int(bytes[packet.offset]) + 3) & ~3
        return packet.skip(max(length, 4), .encapsulation) ?? .ip
    }

    /// Prism's header, which tells its length in the order of the machine that captured; AVS's,
    /// which some drivers put in its place, in network byte order.
    static func nextBehindPrism(
        _ bytes: Span<UInt8>,
        _ packet: inout PacketCursor
    ) -> NextLayer {
        guard packet.available >= 8 else { return .stop(.truncated(.encapsulation)) }
        let isAVS = bytes.bigEndianUInt32(at: packet.offset) & 0xFFFF_F000 == 0x8021_1000
        let big = bytes.bigEndianUInt32(at: packet.offset + 4)
        let length = isAVS ? big : min(big, big.byteSwapped)
        guard length >= 8 else { return .stop(.malformed(.encapsulation)) }
        return packet.skip(Int(length), .encapsulation) ?? .wirelessLAN
    }

    /// A length and a link type, in little-endian order.
    static func nextInPerPacketInformation(
        _ bytes: Span<UInt8>,
        _ packet: inout PacketCursor
    ) -> NextLayer {
        guard packet.available >= 8 else { return .stop(.truncated(.encapsulation)) }
        let length = Int(bytes.littleEndianUInt16(at: packet.offset + 2))
        let type = bytes.littleEndianUInt32(at: packet.offset + 4)
        guard length >= 8 else { return .stop(.malformed(.encapsulation)) }
        return packet.skip(length, .encapsulation) ?? .link(LinkType(truncating: type))
    }

    /// A length, a kind of record, and a link type, in little-endian order.
    static func nextInPacketTap(
        _ bytes: Span<UInt8>,
        _ packet: inout PacketCursor
    ) -> NextLayer {
        guard packet.available >= 12 else { return .stop(.truncated(.encapsulation)) }
        let length = Int(bytes.littleEndianUInt32(at: packet.offset))
        let type = bytes.littleEndianUInt32(at: packet.offset + 8)
        guard length >= 12 else { return .stop(.malformed(.encapsulation)) }
        return packet.skip(length, .encapsulation) ?? .link(LinkType(truncating: type))
    }

    /// A type for private use, whose bytes alone can tell what it is: Apple's systems write pktap's
    /// header under one (their `DLT_USER2`).
    static func nextInPrivateType(
        _ type: LinkType,
        _ bytes: Span<UInt8>,
        _ packet: inout PacketCursor
    ) -> NextLayer {
        seemsToBePacketTap(bytes, packet)
            ? nextInPacketTap(bytes, &packet) : .stop(.unknownLinkType(type))
    }

    /// Whether there is a length, the kind of record that has a packet, a link type with a public
    /// number, and the name of an interface, padded to 24 bytes with zeros.
    private static func seemsToBePacketTap(_ bytes: Span<UInt8>, _ packet: PacketCursor) -> Bool {
        let start = packet.offset
        guard packet.available >= 36 else { return false }
        let type = bytes.littleEndianUInt32(at: start + 8)
        guard 36...1024 ~= bytes.littleEndianUInt32(at: start),
            bytes.littleEndianUInt32(at: start + 4) == 1, type <= UInt16.max,
            !LinkType.privateNumbers.contains(UInt16(truncatingIfNeeded: type))
        else { return false }
        let name = start + 12
        guard let end = (name..<name + 24).first(where: { bytes[$0] == 0 }), end > name else {
            return false
        }
        return (name..<end).allSatisfy { 0x21...0x7E ~= bytes[$0] }
            && (end..<name + 24).allSatisfy { bytes[$0] == 0 }
    }

    /// Endace's record: 16 bytes, extension headers of eight, and for Ethernet two of padding.
    static func nextInExtensibleRecord(
        _ bytes: Span<UInt8>,
        _ packet: inout PacketCursor
    ) -> NextLayer {
        guard packet.available >= 16 else { return .stop(.truncated(.encapsulation)) }
        let type = bytes[packet.offset + 8]
        var hasExtension = type & 0x80 != 0
        packet.offset += 16
        while hasExtension {
            guard packet.available >= 8 else { return .stop(.truncated(.encapsulation)) }
            hasExtension = bytes[packet.offset] & 0x80 != 0
            packet.offset += 8
        }
        switch type & 0x7F {
        case 2, 11, 16, 20: return packet.skip(2, .encapsulation) ?? .ethernet
        case 22, 23: return .ip
        default: return .stop(.opaque(.encapsulation))
        }
    }
}

extension LinkType {
    /// The type of a number that is written with 32 bits.
    fileprivate init(truncating number: UInt32) {
        self.init(rawValue: UInt16(truncatingIfNeeded: number))
    }
}
