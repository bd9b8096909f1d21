import Bytes

/// How frames are decoded, beyond what they say themselves.
package struct DecodingOptions: Sendable, Hashable {
    /// Whether the checksums of IPv4 and TCP are looked at.
    package var verifiesChecksums = false

    /// What is decoded otherwise than its number or port tells; of two rules for the same the later
    /// holds.
    package var rules: [DecodingRule] = []

    package init(verifiesChecksums: Bool = false, rules: [DecodingRule] = []) {
        self.verifiesChecksums = verifiesChecksums
        self.rules = rules
    }

    /// Whether every frame is decoded as it says itself, and nothing more is asked of it.
    var isOrdinary: Bool { !verifiesChecksums && rules.isEmpty }
}

extension DecodingOptions {
    /// What `layer` is decoded as where a rule says so.
    @inline(__always)
    func layer(
        insteadOf layer: NextLayer,
        _ bytes: Span<UInt8>,
        _ packet: inout PacketCursor
    ) -> NextLayer? {
        rules.isEmpty ? nil : ruledLayer(insteadOf: layer, bytes, &packet)
    }

    @inline(never)
    private func ruledLayer(
        insteadOf layer: NextLayer,
        _ bytes: Span<UInt8>,
        _ packet: inout PacketCursor
    ) -> NextLayer? {
        switch layer {
        case .etherType(let type): return content(of: .etherType, type)?.layer
        case .transport(let number):
            let ruled = content(of: .protocolNumber, UInt16(number))
            guard ruled == .udp || ruled == nil && number == 17 else { return ruled?.layer }
            return layerInDatagram(bytes, &packet) ?? ruled?.layer
        case .link, .ethernet, .ethernetPreamble, .tokenRing, .fddi, .mpls, .pppoe, .null,
            .linuxCooked, .linuxCooked2, .ppp, .ciscoHDLC, .wirelessLAN, .logicalLinkControl,
            .radiotap, .netfilterLog, .ip, .ipv4, .ipv6, .tunnel, .segment, .fragment, .aggregate,
            .stop:
            return nil
        }
    }

    /// What a rule says of the ports of a UDP datagram, whose header it passes over then.
    private func layerInDatagram(
        _ bytes: Span<UInt8>,
        _ packet: inout PacketCursor
    ) -> NextLayer? {
        guard packet.available >= 8 else { return nil }
        let source = bytes.bigEndianUInt16(at: packet.offset)
        let destination = bytes.bigEndianUInt16(at: packet.offset + 2)
        guard let content = content(of: .udpPort, destination) ?? content(of: .udpPort, source)
        else { return nil }
        packet.offset += 8
        return content.layer
    }

    private func content(of layer: DecodingRule.Layer, _ number: UInt16) -> DecodingRule.Content? {
        rules.last { $0.layer == layer && $0.numbers.contains(number) }?.content
    }
}
