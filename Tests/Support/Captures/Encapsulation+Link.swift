import Packets

extension Encapsulation {
    static let linkLayers = [
        Encapsulation("raw", .raw) { $0 },
        Encapsulation("raw IPv6", .raw, isVersion6: true) { $0 },
        Encapsulation("IPv4 link", .ipv4) { $0 },
        Encapsulation("IPv6 link", .ipv6, isVersion6: true) { $0 },
        Encapsulation("Ethernet", .ethernet) { ethernet(0x0800, $0) },
        Encapsulation("Ethernet padding", .ethernet) { ethernet(0x0800, $0 + [0, 0, 0, 0, 0, 0]) },
        Encapsulation("802.1Q", .ethernet) { ethernet(0x8100, [0, 5, 8, 0] + $0) },
        Encapsulation("802.1ad", .ethernet, isVersion6: true) {
            ethernet(0x88A8, [0, 5, 0x81, 0, 0, 6, 0x86, 0xDD] + $0)
        },
        Encapsulation("PPPoE", .ethernet) {
            ethernet(0x8864, [0x11, 0, 0, 1, 0, 47, 0, 0x21] + $0)
        },
        Encapsulation("SNAP", .ethernet) { ethernet(53, [0xAA, 0xAA, 3, 0, 0, 0, 8, 0] + $0) },
        Encapsulation("NULL little", .null) { [2, 0, 0, 0] + $0 },
        Encapsulation("NULL big", .null) { [0, 0, 0, 2] + $0 },
        Encapsulation("NULL IPv6 of macOS", .null, isVersion6: true) { [30, 0, 0, 0] + $0 },
        Encapsulation("LOOP", .loop, isVersion6: true) { [0, 0, 0, 24] + $0 },
        Encapsulation("SLL", .linuxCooked) { [UInt8](repeating: 0, count: 14) + [8, 0] + $0 },
        Encapsulation("SLL2", .linuxCooked2) { [8, 0] + [UInt8](repeating: 0, count: 18) + $0 },
        Encapsulation("PPP", .ppp) { [0, 0x21] + $0 },
        Encapsulation("PPP compressed", .ppp) { [0x21] + $0 },
        Encapsulation("PPP in HDLC", .hdlcPPP, isVersion6: true) { [0xFF, 3, 0, 0x57] + $0 },
        Encapsulation("PPP with direction", .pppWithDirection) { [1, 0xFF, 3, 0, 0x21] + $0 },
        Encapsulation("LLC", .ethernet) { ethernet(48, [6, 6, 3] + $0) },
        Encapsulation("Cisco HDLC", .ciscoHDLC) { [0x0F, 0, 8, 0] + $0 },
        Encapsulation("802.11", .wirelessLAN) { wireless + $0 },
        Encapsulation("radiotap", .radiotap) { [0, 0, 9, 0, 0, 0, 0, 0, 0] + wireless + $0 },
        Encapsulation("802.11 padded", .wirelessLAN) {
            wireless.prefix(26) + [0, 0] + wireless.suffix(8) + $0
        },
        Encapsulation("NFLOG", .netfilterLog) {
            [2, 0, 0, 0, 6, 0, 10, 0, 0, 1, 0, 0, 64, 0, 9, 0] + $0
        },
        Encapsulation("NFLOG big", .netfilterLog) {
            [2, 0, 0, 0, 0, 5, 0, 10, 0, 0, 0, 0, 0, 64, 0, 9] + $0
        },
    ]

    static let rarerLinkLayers = [
        Encapsulation("token ring", .tokenRing) { [0x10, 0x40] + zeros(12) + snap + $0 },
        Encapsulation("token ring with routing", .tokenRing) {
            [0x10, 0x40] + zeros(6) + [0x80] + zeros(5) + [6, 0, 1, 2, 3, 4] + snap + $0
        },
        Encapsulation("FDDI", .fddi) { [0x50] + zeros(12) + snap + $0 },
        Encapsulation("ATM", .atm) { snap + $0 },
        Encapsulation("SunATM", .sunATM) { [2, 0, 0, 1] + snap + $0 },
        Encapsulation("Fibre Channel", .fibreChannel) { zeros(16) + snap + $0 },
        Encapsulation("Frame Relay", .frameRelay) { [0x18, 0x41, 3, 0xCC] + $0 },
        Encapsulation("Frame Relay with SNAP", .frameRelay, isVersion6: true) {
            [0x18, 0x41, 3, 0, 0x80, 0, 0, 0, 0x86, 0xDD] + $0
        },
        Encapsulation("Frame Relay of Cisco", .frameRelay) { [0x18, 0x41, 8, 0] + $0 },
        Encapsulation("ARCNET", .arcnetBSD) { [1, 2, 212, 0, 0, 1] + $0 },
        Encapsulation("ARCNET exception", .arcnetBSD) {
            [1, 2, 212, 0xFF, 0, 0, 212, 0, 0, 1] + $0
        },
        Encapsulation("ARCNET of RFC 1051", .arcnetBSD) { [1, 2, 240] + $0 },
        Encapsulation("ARCNET on Linux", .arcnetLinux) { [1, 2, 0, 0, 212, 0, 0, 1] + $0 },
        Encapsulation("SLIP", .slip) { zeros(16) + $0 },
        Encapsulation("enc", .decryptedIPsec, isVersion6: true) { zeros(12) + $0 },
        Encapsulation("pflog", .packetFilterLog) { [61, 2, 0, 0] + zeros(60) + $0 },
        Encapsulation("Prism", .prism) {
            [0, 0, 0, 0x44, 0, 0, 0, 144] + zeros(136) + wireless + $0
        },
        Encapsulation("Prism little", .prism) {
            [0x44, 0, 0, 0, 144, 0, 0, 0] + zeros(136) + wireless + $0
        },
        Encapsulation("AVS", .prism) {
            [0x80, 0x21, 0x10, 1, 0, 0, 0, 64] + zeros(56) + wireless + $0
        },
        Encapsulation("PPI", .perPacketInformation) {
            [0, 0, 8, 0, 1, 0, 0, 0] + ethernet(0x0800, $0)
        },
        Encapsulation("ERF", .extensibleRecord) {
            zeros(8) + [0x82] + zeros(7) + zeros(8) + [0, 0] + ethernet(0x0800, $0)
        },
        Encapsulation("MPLS link", .mpls) { [0, 2, 1, 64] + $0 },
        Encapsulation("ipnet", .ipnet) { [1, 2] + zeros(22) + $0 },
        Encapsulation("netANALYZER", .netAnalyzer) { zeros(4) + ethernet(0x0800, $0) },
        Encapsulation("netANALYZER transparent", .netAnalyzerWithPreamble) {
            zeros(12) + ethernet(0x0800, $0)
        },
        Encapsulation("pktap", .packetTap) {
            [16, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0] + zeros(4) + ethernet(0x0800, $0)
        },
        Encapsulation("pktap by a private number", LinkType(rawValue: 149)) {
            [48, 0, 0, 0, 1, 0, 0, 0, 12, 0, 0, 0] + Array("utun3".utf8) + zeros(31) + $0
        },
        Encapsulation("802.3br", .ethernetWithPreamble) { zeros(8) + ethernet(0x0800, $0) },
        Encapsulation("switch tag", .switchTagMarvell) { zeros(16) + [8, 0] + $0 },
        Encapsulation("long switch tag", .switchTagMarvellLong) { zeros(20) + [8, 0] + $0 },
        Encapsulation("FireWire", .appleFireWire) { zeros(16) + [8, 0] + $0 },
        Encapsulation("PPPoE link", .pppOverEthernet) { [0x11, 0, 0, 1, 0, 47, 0, 0x21] + $0 },
        Encapsulation("pppd", .pppDaemon) { [0, 0xFF, 3, 0, 0x21] + $0 },
    ]
}
