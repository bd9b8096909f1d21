import Packets
import Support

// The rarer link layers and tunnels, all around the same segment.
extension SamplePackets {
    private static func zeros(_ count: Int) -> [UInt8] { Array(repeating: 0, count: count) }

    private static let snap: [UInt8] = [0xAA, 0xAA, 3, 0, 0, 0, 8, 0]

    static let linkFrames: [String: (type: LinkType, bytes: [UInt8])] = [
        "token ring": (.tokenRing, [0x10, 0x40] + zeros(12) + snap + packet()),
        "token ring with routing": (
            .tokenRing,
            [0x10, 0x40] + zeros(6) + [0x80] + zeros(5) + [6, 0, 1, 2, 3, 4] + snap + packet()
        ),
        "FDDI": (.fddi, [0x50] + zeros(12) + snap + packet()),
        "ATM": (.atm, snap + packet()),
        "SunATM": (.sunATM, [2, 0, 0, 1] + snap + packet()),
        "Fibre Channel": (.fibreChannel, zeros(16) + snap + packet()),
        "Frame Relay": (.frameRelay, [0x18, 0x41, 3, 0xCC] + packet()),
        "Frame Relay with SNAP": (
            .frameRelay, [0x18, 0x41, 3, 0, 0x80, 0, 0, 0, 0x86, 0xDD] + packet(isVersion6: true)
        ),
        "Frame Relay of Cisco": (.frameRelay, [0x18, 0x41, 8, 0] + packet()),
        "ARCNET": (.arcnetBSD, [1, 2, 212, 0, 0, 1] + packet()),
        "ARCNET exception": (.arcnetBSD, [1, 2, 212, 0xFF, 0, 0, 212, 0, 0, 1] + packet()),
        "ARCNET of RFC 1051": (.arcnetBSD, [1, 2, 240] + packet()),
        "ARCNET on Linux": (.arcnetLinux, [1, 2, 0, 0, 212, 0, 0, 1] + packet()),
        "SLIP": (.slip, zeros(16) + packet()),
        "enc": (.decryptedIPsec, zeros(12) + packet(isVersion6: true)),
        "pflog": (.packetFilterLog, [61, 2, 0, 0] + zeros(60) + packet()),
        "Prism": (.prism, [0, 0, 0, 0x44, 0, 0, 0, 144] + zeros(136) + wireless + packet()),
        "Prism little": (.prism, [0x44, 0, 0, 0, 144, 0, 0, 0] + zeros(136) + wireless + packet()),
        "AVS": (.prism, [0x80, 0x21, 0x10, 1, 0, 0, 0, 64] + zeros(56) + wireless + packet()),
        "PPI": (
            .perPacketInformation, [0, 0, 8, 0, 1, 0, 0, 0] + ethernet(0x0800, packet())
        ),
        "ERF": (
            .extensibleRecord,
            zeros(8) + [0x82] + zeros(7) + zeros(8) + [0, 0] + ethernet(0x0800, packet())
        ),
        "MPLS link": (.mpls, [0, 2, 1, 64] + packet()),
        "ipnet": (.ipnet, [1, 2] + zeros(22) + packet()),
        "netANALYZER": (.netAnalyzer, zeros(4) + ethernet(0x0800, packet())),
        "netANALYZER transparent": (
            .netAnalyzerWithPreamble, zeros(12) + ethernet(0x0800, packet())
        ),
        "pktap": (
            .packetTap,
            [16, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0] + zeros(4) + ethernet(0x0800, packet())
        ),
        "802.3br": (.ethernetWithPreamble, zeros(8) + ethernet(0x0800, packet())),
        "switch tag": (.switchTagMarvell, zeros(16) + [8, 0] + packet()),
        "long switch tag": (.switchTagMarvellLong, zeros(20) + [8, 0] + packet()),
        "FireWire": (.appleFireWire, zeros(16) + [8, 0] + packet()),
        "PPPoE link": (.pppOverEthernet, [0x11, 0, 0, 1, 0, 47, 0, 0x21] + packet()),
        "pppd": (.pppDaemon, [0, 0xFF, 3, 0, 0x21] + packet()),
    ]

    static let tunnelFrames: [String: (type: LinkType, bytes: [UInt8])] = [
        "802.1ah": (.ethernet, ethernet(0x88E7, [0, 0, 0, 5] + ethernet(0x0800, packet()))),
        "FabricPath": (.ethernet, ethernet(0x8903, [0, 5] + ethernet(0x0800, packet()))),
        "VN-Tag": (.ethernet, ethernet(0x8926, [0, 0, 0, 5, 8, 0] + packet())),
        "HSR": (.ethernet, ethernet(0x892F, [0, 60, 0, 5, 8, 0] + packet())),
        "Cisco metadata": (.ethernet, ethernet(0x8909, [1, 1, 0, 1, 0, 9, 8, 0] + packet())),
        "MACsec without encryption": (
            .ethernet, ethernet(0x88E5, [0, 0, 0, 0, 0, 1, 8, 0] + packet() + zeros(16))
        ),
        "NSH": (.ethernet, ethernet(0x894F, [0, 2, 2, 1, 0, 0, 0, 1] + packet())),
        "TRILL": (.ethernet, ethernet(0x22F3, zeros(6) + ethernet(0x0800, packet()))),
        "EtherIP": (.raw, version4(97, [0x30, 0] + ethernet(0x0800, packet()))),
        "IPv4 authentication": (.raw, version4(51, [6, 4] + zeros(22) + segment)),
        "MPLS in IP": (.raw, version4(137, [0, 2, 1, 64] + packet())),
        "MPLS in UDP": (.raw, version4(17, udp(to: 6635, [0, 2, 1, 64] + packet()))),
        "GRE in UDP": (.raw, version4(17, udp(to: 4754, [0, 0, 8, 0] + packet()))),
        "LISP": (.raw, version4(17, udp(to: 4341, zeros(8) + packet()))),
        "Teredo": (.raw, version4(17, udp(to: 3544, packet(isVersion6: true)))),
        "Teredo with indications": (
            .raw,
            version4(
                17,
                udp(to: 3544, [0, 1, 0, 0] + zeros(9) + zeros(8) + packet(isVersion6: true))
            )
        ),
        "L2TP": (
            .raw,
            version4(17, udp(to: 1701, [0x40, 2, 0, 99, 0, 1, 0, 2, 0xFF, 3, 0, 0x21] + packet()))
        ),
        "GUE": (.raw, version4(17, udp(to: 6080, [0, 4, 0, 0] + packet()))),
        "TZSP": (
            .raw,
            version4(17, udp(to: 37008, [1, 0, 0, 1, 0, 10, 1, 9, 1] + ethernet(0x0800, packet())))
        ),
        "CAPWAP": (
            .raw,
            version4(17, udp(to: 5247, [0, 0x10, 2, 0] + zeros(4) + ethernet(0x0800, packet())))
        ),
    ]
}
