import Packets
import Support

/// Headers to put around a TCP segment whose payload is `hello`.
enum SamplePackets {
    static let client = Endpoint(address: IPAddress(version4: 0x0A00_0001), port: 50_000)
    static let server = Endpoint(address: IPAddress(version4: 0x0A00_0002), port: 80)
    static let client6 = Endpoint(address: IPAddress(high: 1, low: 1), port: 50_000)
    static let server6 = Endpoint(address: IPAddress(high: 1, low: 2), port: 80)
    static let payload = Array("hello".utf8)

    /// An IP packet with the segment.
    static func packet(isVersion6: Bool = false, options: [UInt8] = []) -> [UInt8] {
        let builder =
            isVersion6
            ? TCPFrameBuilder(from: client6, to: server6, linkType: .raw)
            : TCPFrameBuilder(from: client, to: server, linkType: .raw)
        let segment = TCPFrameBuilder.Segment(sequence: 7, options: options, payload: payload)
        return builder.frame(segment, at: Timestamp(nanoseconds: 0)).bytes
    }

    /// The segment without its IP header.
    static var segment: [UInt8] { Array(packet().dropFirst(20)) }

    static func ethernet(_ etherType: UInt16, _ content: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = [2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1]
        bytes.appendBigEndian(etherType)
        return bytes + content
    }

    /// An IPv4 header in front of anything.
    static func version4(
        _ protocolNumber: UInt8,
        _ content: [UInt8],
        options: [UInt8] = [],
        fragmentation: UInt16 = 0,
        totalLength: Int? = nil
    ) -> [UInt8] {
        var bytes: [UInt8] = [UInt8(0x45 + options.count / 4), 0]
        bytes.appendBigEndian(UInt16(totalLength ?? 20 + options.count + content.count))
        bytes += [0, 9]
        bytes.appendBigEndian(fragmentation)
        bytes += [64, protocolNumber, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2]
        return bytes + options + content
    }

    /// An IPv6 header in front of anything.
    static func version6(_ nextHeader: UInt8, _ content: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = [0x60, 0, 0, 0]
        bytes.appendBigEndian(UInt16(content.count))
        bytes += [nextHeader, 64]
        for value: UInt64 in [1, 1, 1, 2] { bytes.appendBigEndian(value) }
        return bytes + content
    }

    static func udp(to port: UInt16, _ content: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = [0xC0, 0]
        bytes.appendBigEndian(port)
        bytes.appendBigEndian(UInt16(8 + content.count))
        return bytes + [0, 0] + content
    }

    /// Frames of every kind, all with the segment, by what is around it.
    static let frames = commonFrames.merging(linkFrames) { one, _ in one }
        .merging(tunnelFrames) { one, _ in one }

    private static let commonFrames: [String: (type: LinkType, bytes: [UInt8])] = [
        "raw": (.raw, packet()),
        "raw IPv6": (.raw, packet(isVersion6: true)),
        "IPv4 link": (.ipv4, packet()),
        "IPv6 link": (.ipv6, packet(isVersion6: true)),
        "Ethernet": (.ethernet, ethernet(0x0800, packet())),
        "Ethernet padding": (.ethernet, ethernet(0x0800, packet() + [0, 0, 0, 0, 0, 0])),
        "802.1Q": (.ethernet, ethernet(0x8100, [0, 5, 8, 0] + packet())),
        "802.1ad": (
            .ethernet,
            ethernet(0x88A8, [0, 5, 0x81, 0, 0, 6, 0x86, 0xDD] + packet(isVersion6: true))
        ),
        "MPLS": (.ethernet, ethernet(0x8847, [0, 1, 0, 64, 0, 2, 1, 64] + packet())),
        "MPLS pseudowire": (
            .ethernet, ethernet(0x8847, [0, 1, 1, 64, 0, 0, 0, 0] + ethernet(0x0800, packet()))
        ),
        "PPPoE": (.ethernet, ethernet(0x8864, [0x11, 0, 0, 1, 0, 47, 0, 0x21] + packet())),
        "SNAP": (.ethernet, ethernet(53, [0xAA, 0xAA, 3, 0, 0, 0, 8, 0] + packet())),
        "NULL little": (.null, [2, 0, 0, 0] + packet()),
        "NULL big": (.null, [0, 0, 0, 2] + packet()),
        "NULL IPv6 of macOS": (.null, [30, 0, 0, 0] + packet(isVersion6: true)),
        "LOOP": (.loop, [0, 0, 0, 24] + packet(isVersion6: true)),
        "SLL": (.linuxCooked, [UInt8](repeating: 0, count: 14) + [8, 0] + packet()),
        "SLL2": (.linuxCooked2, [8, 0] + [UInt8](repeating: 0, count: 18) + packet()),
        "PPP": (.ppp, [0, 0x21] + packet()),
        "PPP compressed": (.ppp, [0x21] + packet()),
        "PPP in HDLC": (.hdlcPPP, [0xFF, 3, 0, 0x57] + packet(isVersion6: true)),
        "PPP with direction": (.pppWithDirection, [1, 0xFF, 3, 0, 0x21] + packet()),
        "IPv4 options": (.raw, version4(6, segment, options: [7, 3, 4, 0])),
        "IPv4 length 0": (.raw, version4(6, segment, totalLength: 0)),
        "TCP options": (.raw, packet(options: [2, 4, 5, 0xB4])),
        "IPv6 extensions": (
            .raw,
            version6(
                0,
                [60, 0] + Array(repeating: 0, count: 6) + [43, 1] + Array(repeating: 0, count: 14)
                    + [6, 0] + Array(repeating: 0, count: 6) + segment
            )
        ),
        "IPv6 authentication": (
            .raw, version6(51, [6, 4] + Array(repeating: 0, count: 22) + segment)
        ),
        "IPv6 atomic fragment": (.raw, version6(44, [6, 0, 0, 0, 0, 0, 0, 1] + segment)),
        "IP in IP": (.raw, version4(4, packet())),
        "6in4": (.raw, version4(41, packet(isVersion6: true))),
        "GRE": (.raw, version4(47, [0, 0, 8, 0] + packet())),
        "GRE key and sequence": (
            .raw, version4(47, [0x30, 0, 8, 0, 0, 0, 0, 1, 0, 0, 0, 2] + packet())
        ),
        "GRE of PPTP": (
            .raw,
            version4(
                47,
                [0x30, 0x81, 0x88, 0x0B, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0x21] + packet()
            )
        ),
        "ERSPAN II": (
            .raw,
            version4(
                47,
                [0x10, 0, 0x88, 0xBE, 0, 0, 0, 1] + Array(repeating: 0, count: 8)
                    + ethernet(0x0800, packet())
            )
        ),
        "ERSPAN III": (
            .raw,
            version4(
                47,
                [0x10, 0, 0x22, 0xEB, 0, 0, 0, 1] + Array(repeating: 0, count: 12)
                    + ethernet(0x0800, packet())
            )
        ),
        "VXLAN": (
            .raw,
            version4(17, udp(to: 4789, [8, 0, 0, 0, 0, 0, 1, 0] + ethernet(0x0800, packet())))
        ),
        "Geneve": (
            .raw,
            version4(
                17,
                udp(
                    to: 6081,
                    [1, 0, 0x65, 0x58, 0, 0, 1, 0, 0, 0, 0, 0] + ethernet(0x0800, packet())
                )
            )
        ),
        "GTP-U": (
            .raw,
            version4(
                17,
                udp(
                    to: 2152,
                    [0x34, 0xFF, 0, 49, 0, 0, 0, 1, 0, 0, 0, 0x85, 1, 0, 0, 0] + packet()
                )
            )
        ),
        "VXLAN-GPE": (
            .raw,
            version4(17, udp(to: 4790, [0x0C, 0, 0, 3, 0, 0, 0, 0] + ethernet(0x0800, packet())))
        ),
        "AYIYA": (
            .raw,
            version4(
                17,
                udp(
                    to: 5072,
                    [0x41, 0x52, 0x11, 41, 0, 0, 0, 0] + Array(repeating: 0, count: 36)
                        + packet(isVersion6: true)
                )
            )
        ),
        "GRE of Aruba": (.raw, version4(47, [0, 0, 0x82, 0] + wireless + packet())),
        "LLC": (.ethernet, ethernet(48, [6, 6, 3] + packet())),
        "Cisco HDLC": (.ciscoHDLC, [0x0F, 0, 8, 0] + packet()),
        "802.11": (.wirelessLAN, wireless + packet()),
        "radiotap": (.radiotap, [0, 0, 9, 0, 0, 0, 0, 0, 0] + wireless + packet()),
        "802.11 padded": (
            .wirelessLAN, wireless.prefix(26) + [0, 0] + wireless.suffix(8) + packet()
        ),
        "NFLOG": (.netfilterLog, [2, 0, 0, 0, 6, 0, 10, 0, 0, 1, 0, 0, 64, 0, 9, 0] + packet()),
        "NFLOG big": (
            .netfilterLog, [2, 0, 0, 0, 0, 5, 0, 10, 0, 0, 0, 0, 0, 64, 0, 9] + packet()
        ),
    ]

    /// The header of a wireless LAN's data frame with quality of service, and SNAP.
    static let wireless: [UInt8] =
        [0x88, 1] + Array(repeating: 0, count: 24) + [0xAA, 0xAA, 3, 0, 0, 0, 8, 0]
}
