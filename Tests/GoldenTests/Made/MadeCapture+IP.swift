import Packets
import Support

extension MadeCapture {
    /// What IP does to a packet: the request of an exchange in each of these forms.
    static let ip: [MadeCapture] = version4 + version6

    private static let version4: [MadeCapture] = [
        changed("options", "IPv4 options") { packet in
            [
                Encapsulation.version4(
                    6,
                    Array(packet.dropFirst(20)),
                    options: [7, 7, 4, 10, 0, 0, 9, 0]
                )
            ]
        },
        changed("fragments", "three fragments in order") { fragments(of: $0, [0..<24, 24..<40]) },
        changed("fragments-out-of-order", "the last fragment first") {
            fragments(of: $0, [0..<24, 24..<40]).reversed()
        },
        changed("fragments-overlapping", "fragments that overlap, and agree") {
            fragments(of: $0, [0..<32, 16..<40])
        },
        changed("fragments-missing", "the middle fragment is missing: the request is lost") {
            let all = fragments(of: $0, [0..<24, 24..<40])
            return [all[0], all[2]]
        },
        changed("padding", "Ethernet padding behind the packet") { [$0 + [0, 0, 0, 0, 0, 0]] },
        changed("length-0", "total length 0, as segmentation offload leaves it") { packet in
            var packet = packet
            packet.replaceSubrange(2..<4, with: [0, 0])
            return [packet]
        },
        MadeCapture(
            "ip/fragments-expired",
            "a fragment without its rest, and a minute later a whole packet of the same number",
            expired
        ),
    ]

    private static let version6: [MadeCapture] = [
        changed("ipv6", "IPv6", isVersion6: true) { [$0] },
        changed("ipv6-extensions", "hop-by-hop and destination options", isVersion6: true) {
            [extended($0, [(0, [1, 4, 0, 0, 0, 0]), (60, [1, 4, 0, 0, 0, 0])])]
        },
        changed("ipv6-fragments", "two fragments", isVersion6: true) { fragments6(of: $0) },
        changed("ipv6-length-0", "payload length 0, as large packets have it", isVersion6: true) {
            var packet = $0
            packet.replaceSubrange(4..<6, with: [0, 0])
            return [packet]
        },
    ]

    /// The ordinary exchange with the request's packet in other forms.
    private static func changed(
        _ name: String,
        _ what: String,
        isVersion6: Bool = false,
        _ change: ([UInt8]) -> [[UInt8]]
    ) -> MadeCapture {
        let frames = ordinary(isVersion6: isVersion6).frames
        let request = frames[3]
        let replaced = change(Array(request.bytes.dropFirst(14))).map { packet in
            var frame = request
            frame.bytes = request.bytes.prefix(14) + packet
            frame.originalLength = frame.bytes.count
            return frame
        }
        return MadeCapture("ip/" + name, what, frames[..<3] + replaced + frames[4...])
    }

    /// Pieces of an IPv4 packet: those parts of its payload, and what is behind the last.
    private static func fragments(of packet: [UInt8], _ parts: [Range<Int>]) -> [[UInt8]] {
        let payload = Array(packet.dropFirst(20))
        let last = (parts.map(\.upperBound).max() ?? 0)..<payload.count
        return (parts + [last]).map { part in
            let more: UInt16 = part.upperBound < payload.count ? 0x2000 : 0
            return Encapsulation.version4(
                6,
                Array(payload[part]),
                fragmentation: UInt16(part.lowerBound / 8) | more
            )
        }
    }

    private static func fragments6(of packet: [UInt8]) -> [[UInt8]] {
        let payload = Array(packet.dropFirst(40))
        return [0..<32, 32..<payload.count].map { part in
            let more: UInt8 = part.upperBound < payload.count ? 1 : 0
            let header: [UInt8] = [6, 0, 0, UInt8(part.lowerBound) | more, 0, 0, 0, 9]
            return rebuilt(packet, next: 44, header + payload[part])
        }
    }

    /// An IPv6 packet with extension headers of eight bytes each, by number and content.
    private static func extended(_ packet: [UInt8], _ headers: [(UInt8, [UInt8])]) -> [UInt8] {
        var content = Array(packet.dropFirst(40))
        var next: UInt8 = 6
        for (number, options) in headers.reversed() {
            content = [next, 0] + options + content
            next = number
        }
        return rebuilt(packet, next: next, content)
    }

    /// An IPv6 packet with the addresses of another.
    private static func rebuilt(_ packet: [UInt8], next: UInt8, _ content: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = [0x60, 0, 0, 0]
        bytes.appendBigEndian(UInt16(content.count))
        return bytes + [next, 64] + packet[8..<40] + content
    }

    private static let expired: [BuiltFrame] = {
        let frames = ordinary().frames
        var early = frames[3]
        early.bytes =
            early.bytes.prefix(14)
            + Encapsulation.version4(6, Array(repeating: 0x58, count: 24), fragmentation: 0x2000)
        early.originalLength = early.bytes.count
        early.timestamp.nanoseconds -= 61_000_000_000
        let pieces = fragments(of: Array(frames[3].bytes.dropFirst(14)), [0..<24])
            .map { packet in
                var frame = frames[3]
                frame.bytes = frames[3].bytes.prefix(14) + packet
                frame.originalLength = frame.bytes.count
                return frame
            }
        return [early] + frames[..<3] + pieces + frames[4...]
    }()
}
