import Bytes

extension PacketDecoder {
    /// The names of a frame's layers from the outside in, addresses with those of IP, as far as they
    /// can be told; the TCP header is left to whoever knows its connection.
    ///
    /// For who explains one frame: it walks through the frame once more.
    package static func layers(
        of bytes: Span<UInt8>,
        linkType: LinkType,
        originalLength: Int,
        _ options: DecodingOptions = DecodingOptions()
    ) -> [String] {
        var packet = PacketCursor(
            captured: bytes.count,
            original: max(originalLength, bytes.count)
        )
        var names: [String] = []
        var layer = NextLayer.link(linkType)
        for _ in 0..<depthLimit {
            let start = packet.offset
            if let ruled = options.layer(insteadOf: layer, bytes, &packet) {
                // The only header that a rule passes over.
                if packet.offset > start { names.append("UDP") }
                layer = ruled
            }
            let next = step(layer, bytes, &packet)
            if let name = layer.name(in: packet, before: next) { names.append(name) }
            switch next {
            case .fragment:
                names.append("fragment")
                return names
            case .aggregate(let aggregate):
                names.append("A-MSDU")
                packet.enter(aggregate.packets[0])
                layer = .logicalLinkControl
            case .segment, .stop: return names
            default: layer = next
            }
        }
        return names
    }
}

extension NextLayer {
    /// What people call the layer, once it was read into `packet`; `nil` where it has no header of
    /// its own, or where it could not be read.
    fileprivate func name(in packet: PacketCursor, before next: NextLayer) -> String? {
        switch self {
        case .link: nil
        case .ethernet, .ethernetPreamble: "Ethernet"
        case .etherType(let type): Self.name(ofEtherType: type)
        case .null: "NULL/LOOP"
        case .linuxCooked: "Linux cooked"
        case .linuxCooked2: "Linux cooked v2"
        case .tokenRing: "Token Ring"
        case .fddi: "FDDI"
        case .mpls: "MPLS"
        case .pppoe: "PPPoE"
        case .ppp: "PPP"
        case .ciscoHDLC: "Cisco HDLC"
        case .wirelessLAN: "802.11"
        case .logicalLinkControl: "LLC"
        case .radiotap: "radiotap"
        case .netfilterLog: "NFLOG"
        case .ip: nil
        case .ipv4: Self.name("IPv4", packet, before: next)
        case .ipv6: Self.name("IPv6", packet, before: next)
        case .transport(let number): Self.name(ofProtocol: number, before: next)
        case .tunnel, .segment, .fragment, .aggregate, .stop: nil
        }
    }

    private static func name(
        _ name: String,
        _ packet: PacketCursor,
        before next: NextLayer
    ) -> String {
        switch next {
        case .stop(.truncated(.ipv4)), .stop(.truncated(.ipv6)), .stop(.malformed(.ipv4)),
            .stop(.malformed(.ipv6)):
            name
        default: "\(name) \(packet.source) → \(packet.destination)"
        }
    }

    private static func name(ofEtherType type: UInt16) -> String? {
        switch type {
        case 0x8100, 0x9100, 0x9200: "802.1Q"
        case 0x88A8: "802.1ad"
        case 0x8847, 0x8848: "MPLS"
        case 0x8864: "PPPoE"
        default: nil
        }
    }

    private static func name(ofProtocol number: UInt8, before next: NextLayer) -> String? {
        if case .segment = next { return nil }
        switch number {
        case 17: return "UDP"
        case 47: return "GRE"
        default: return nil
        }
    }
}
