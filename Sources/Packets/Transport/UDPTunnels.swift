import Bytes

/// The rarer tunnels over UDP.
enum UDPTunnels {
    /// What is behind the UDP header at the cursor, by the ports.
    @inline(never)
    static func next(
        port: UInt16,
        source: UInt16,
        _ bytes: Span<UInt8>,
        _ packet: inout PacketCursor
    ) -> NextLayer {
        let tunnel = self.tunnel(port) ?? (isSymmetric(source) ? self.tunnel(source) : nil)
        guard let tunnel else { return .stop(.notTCP(protocolNumber: 17)) }
        packet.offset += 8
        switch tunnel {
        case .gre: return .transport(47)
        case .mpls: return .mpls
        case .lisp: return nextInLISP(bytes, &packet)
        case .teredo: return nextInTeredo(bytes, &packet)
        case .l2tp: return nextInL2TP(bytes, &packet)
        case .genericUDP: return nextInGenericUDP(bytes, &packet)
        case .tzsp: return nextInTZSP(bytes, &packet)
        case .capwap: return nextInCAPWAP(bytes, &packet)
        }
    }

    private enum Tunnel {
        /// RFC 8086.
        case gre
        /// RFC 7510.
        case mpls
        /// RFC 9300 §5.3.
        case lisp
        /// RFC 4380.
        case teredo
        /// RFC 2661.
        case l2tp
        /// draft-ietf-intarea-gue.
        case genericUDP
        /// TaZmen Sniffer Protocol.
        case tzsp
        /// RFC 5415.
        case capwap
    }

    private static func tunnel(_ port: UInt16) -> Tunnel? {
        switch port {
        case 4754: .gre
        case 6635: .mpls
        case 4341: .lisp
        case 3544: .teredo
        case 1701: .l2tp
        case 6080: .genericUDP
        case 37008: .tzsp
        case 5247: .capwap
        default: nil
        }
    }

    /// Whether answers come from the known port to any other.
    private static func isSymmetric(_ port: UInt16) -> Bool {
        port == 3544 || port == 1701 || port == 5247
    }

    private static var notOurs: NextLayer { .stop(.notTCP(protocolNumber: 17)) }

    /// A header of eight bytes, whose flag I says that it has the instance's identifier (§5.3).
    private static func nextInLISP(
        _ bytes: Span<UInt8>,
        _ packet: inout PacketCursor
    ) -> NextLayer {
        guard packet.available >= 8 else { return .stop(.truncated(.tunnel)) }
        if bytes[packet.offset] & 0x08 != 0 {
            let instance = bytes.bigEndianUInt32(at: packet.offset + 4) >> 8
            packet.network.enter(.virtualNetwork, instance)
        }
        packet.offset += 8
        return .ip
    }

    /// Authentication and origin indications may stand in front of the IPv6 packet (§5.1.1).
    private static func nextInTeredo(
        _ bytes: Span<UInt8>,
        _ packet: inout PacketCursor
    ) -> NextLayer {
        if packet.available >= 4, bytes.bigEndianUInt16(at: packet.offset) == 1 {
            let lengths =
                Int(bytes[packet.offset + 2]) + Int(bytes[packet.offset + 3])
            if let stop = packet.skip(13 + lengths, .tunnel) { return stop }
        }
        if packet.available >= 8, bytes.bigEndianUInt16(at: packet.offset) == 0 {
            packet.offset += 8
        }
        guard packet.available >= 1, bytes[packet.offset] >> 4 == 6 else { return notOurs }
        return .ipv6
    }

    /// Data messages of version 2, with the optional fields that their flags announce (§3.1).
    private static func nextInL2TP(
        _ bytes: Span<UInt8>,
        _ packet: inout PacketCursor
    ) -> NextLayer {
        guard packet.available >= 6 else { return notOurs }
        let flags = bytes.bigEndianUInt16(at: packet.offset)
        guard flags & 0x800F == 0x0002 else { return notOurs }
        var length = 6
        if flags & 0x4000 != 0 { length += 2 }
        guard packet.available >= length else { return .stop(.truncated(.tunnel)) }
        // The identifiers of tunnel and session stand behind the length.
        let session = bytes.bigEndianUInt32(at: packet.offset + length - 4)
        packet.network.enter(.tunnelEnd, session)
        if flags & 0x0800 != 0 { length += 4 }
        if flags & 0x0200 != 0 {
            guard packet.available >= length + 2 else { return .stop(.truncated(.tunnel)) }
            length += 2 + Int(bytes.bigEndianUInt16(at: packet.offset + length))
        }
        return packet.skip(length, .tunnel) ?? .ppp
    }

    /// Version 0 has a header with an IP protocol number; version 1 is the IP packet itself.
    private static func nextInGenericUDP(
        _ bytes: Span<UInt8>,
        _ packet: inout PacketCursor
    ) -> NextLayer {
        guard packet.available >= 4 else { return notOurs }
        let first = bytes[packet.offset]
        guard first >> 6 == 0 else { return .ip }
        guard first & 0x20 == 0 else { return notOurs }
        let next = bytes[packet.offset + 1]
        return packet.skip(4 + Int(first & 0x1F) * 4, .tunnel) ?? .transport(next)
    }

    /// Tagged fields up to an end tag, then a frame of the encapsulated protocol.
    private static func nextInTZSP(
        _ bytes: Span<UInt8>,
        _ packet: inout PacketCursor
    ) -> NextLayer {
        guard packet.available >= 5, bytes[packet.offset] == 1 else { return notOurs }
        let encapsulated = bytes.bigEndianUInt16(at: packet.offset + 2)
        packet.offset += 4
        while packet.available >= 1, bytes[packet.offset] != 1 {
            // A padding tag is a byte alone.
            guard bytes[packet.offset] != 0 else {
                packet.offset += 1
                continue
            }
            guard packet.available >= 2 else { return .stop(.truncated(.tunnel)) }
            let length = 2 + Int(bytes[packet.offset + 1])
            if let stop = packet.skip(length, .tunnel) { return stop }
        }
        if let stop = packet.skip(1, .tunnel) { return stop }
        switch encapsulated {
        case 1: return .ethernet
        case 18: return .wirelessLAN
        default: return .stop(.opaque(.tunnel))
        }
    }

    /// A header whose length it tells in units of four bytes, then an Ethernet or a wireless frame
    /// (§4.3).
    private static func nextInCAPWAP(
        _ bytes: Span<UInt8>,
        _ packet: inout PacketCursor
    ) -> NextLayer {
        guard packet.available >= 8 else { return notOurs }
        // The type in the lower half of the first byte is 1 where DTLS follows.
        guard bytes[packet.offset] == 0 else { return .stop(.opaque(.tunnel)) }
        let length = Int(bytes[packet.offset + 1] >> 3) * 4
        let isNative = bytes[packet.offset + 2] & 0x01 != 0
        guard length >= 8 else { return notOurs }
        return packet.skip(length, .tunnel) ?? (isNative ? .wirelessLAN : .ethernet)
    }
}
