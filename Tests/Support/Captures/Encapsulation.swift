package import Packets

/// Headers around an IP packet, from the link layer inwards.
package struct Encapsulation: Sendable {
    /// What they are called.
    package let name: String
    /// What the first of them is.
    package let linkType: LinkType
    /// Whether the packet inside must be of IPv6.
    package let isVersion6: Bool
    /// Puts them around a packet.
    package let wrap: @Sendable ([UInt8]) -> [UInt8]

    init(
        _ name: String,
        _ linkType: LinkType,
        isVersion6: Bool = false,
        _ wrap: @escaping @Sendable ([UInt8]) -> [UInt8]
    ) {
        self.name = name
        self.linkType = linkType
        self.isVersion6 = isVersion6
        self.wrap = wrap
    }

    /// All of them.
    package static let all = linkLayers + rarerLinkLayers + tags + tunnels

    // MARK: Parts of them

    package static func zeros(_ count: Int) -> [UInt8] { Array(repeating: 0, count: count) }

    static let snap: [UInt8] = [0xAA, 0xAA, 3, 0, 0, 0, 8, 0]

    /// The header of a wireless LAN's data frame with quality of service, and SNAP.
    static let wireless: [UInt8] = [0x88, 1] + zeros(24) + snap

    /// A wireless frame that carries IPv4 packets as an aggregate.
    package static func aggregate(_ packets: [[UInt8]]) -> [UInt8] {
        var frame: [UInt8] = [0x88, 1] + zeros(22) + [0x80, 0]
        for (index, packet) in packets.enumerated() {
            frame += [2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1]
            frame.appendBigEndian(UInt16(snap.count + packet.count))
            frame += snap + packet
            let isLast = index == packets.count - 1
            if !isLast { frame += zeros(-(packet.count + snap.count + 14) & 3) }
        }
        return frame
    }

    package static func ethernet(_ etherType: UInt16, _ content: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = [2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1]
        bytes.appendBigEndian(etherType)
        return bytes + content
    }

    /// An IPv4 header in front of anything.
    package static func version4(
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
    package static func version6(_ nextHeader: UInt8, _ content: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = [0x60, 0, 0, 0]
        bytes.appendBigEndian(UInt16(content.count))
        bytes += [nextHeader, 64]
        for value: UInt64 in [1, 1, 1, 2] { bytes.appendBigEndian(value) }
        return bytes + content
    }

    package static func udp(to port: UInt16, _ content: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = [0xC0, 0]
        bytes.appendBigEndian(port)
        bytes.appendBigEndian(UInt16(8 + content.count))
        return bytes + [0, 0] + content
    }
}
