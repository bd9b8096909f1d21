import Bytes

extension LinkType {
    /// Whether frames of it can be decoded, at least those whose bytes tell what they are.
    package var isDecodable: Bool {
        let nothing: [UInt8] = []
        var packet = PacketCursor(captured: 0, original: 0)
        guard case .stop(.unknownLinkType) = firstLayer(nothing.span, &packet) else { return true }
        return Self.privateNumbers.contains(rawValue)
    }

    /// What a frame of this type begins with, headers that only a capture has passed over.
    func firstLayer(_ bytes: Span<UInt8>, _ packet: inout PacketCursor) -> NextLayer {
        switch self {
        case .ethernet: .ethernet
        case .null, .loop: .null
        case .raw, .rawBSD, .rawOpenBSD, .ipv4, .ipv6: .ip
        case .linuxCooked: .linuxCooked
        case .linuxCooked2: .linuxCooked2
        case .wirelessLAN: .wirelessLAN
        case .radiotap: .radiotap
        case .netfilterLog: .netfilterLog
        case .ppp, .hdlcPPP, .pppWithDirection, .pppDaemon: .ppp
        case .pppOverEthernet: .pppoe
        case .ciscoHDLC: .ciscoHDLC
        case .mpls: .mpls
        default: rarerLayer(bytes, &packet)
        }
    }

    @inline(never)
    private func rarerLayer(_ bytes: Span<UInt8>, _ packet: inout PacketCursor) -> NextLayer {
        switch self {
        case .tokenRing: .tokenRing
        case .fddi: .fddi
        case .atm: .logicalLinkControl
        case .sunATM: packet.skip(4, .encapsulation) ?? .logicalLinkControl
        case .fibreChannel: packet.skip(16, .encapsulation) ?? .logicalLinkControl
        case .frameRelay: FrameRelay.next(bytes, &packet)
        case .arcnetBSD: ARCNET.next(bytes, &packet)
        case .arcnetLinux: ARCNET.nextOnLinux(bytes, &packet)
        case .slip: packet.skip(16, .encapsulation) ?? .ip
        case .decryptedIPsec: packet.skip(12, .encapsulation) ?? .ip
        case .ipnet: packet.skip(24, .encapsulation) ?? .ip
        case .netAnalyzer: packet.skip(4, .encapsulation) ?? .ethernet
        case .netAnalyzerWithPreamble: packet.skip(4, .encapsulation) ?? .ethernetPreamble
        case .ethernetWithPreamble: .ethernetPreamble
        case .switchTagBroadcom, .switchTagMarvell:
            Encapsulation.nextBehindSwitchTag(length: 4, bytes, &packet)
        case .switchTagMarvellLong:
            Encapsulation.nextBehindSwitchTag(length: 8, bytes, &packet)
        case .appleFireWire: Encapsulation.nextInFireWire(bytes, &packet)
        case .packetFilterLog: Encapsulation.nextInPacketFilterLog(bytes, &packet)
        case .prism, .avs: Encapsulation.nextBehindPrism(bytes, &packet)
        case .perPacketInformation: Encapsulation.nextInPerPacketInformation(bytes, &packet)
        case .packetTap: Encapsulation.nextInPacketTap(bytes, &packet)
        case .extensibleRecord: Encapsulation.nextInExtensibleRecord(bytes, &packet)
        case let type where Self.privateNumbers ~= type.rawValue:
            Encapsulation.nextInPrivateType(self, bytes, &packet)
        default: .stop(.unknownLinkType(self))
        }
    }
}
