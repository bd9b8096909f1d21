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
        Encapsulation.ethernet(etherType, content)
    }

    /// Frames of every kind, all with the segment, by what is around it.
    static let frames = Encapsulation.all.reduce(into: insideFrames) { frames, headers in
        let bytes = headers.wrap(packet(isVersion6: headers.isVersion6))
        frames[headers.name] = (headers.linkType, bytes)
    }

    /// Those in which something stands between the addresses and the segment.
    private static let insideFrames: [String: (type: LinkType, bytes: [UInt8])] = [
        "IPv4 authentication": (
            .raw, Encapsulation.version4(51, [6, 4] + Encapsulation.zeros(22) + segment)
        ),
        "IPv4 options": (.raw, Encapsulation.version4(6, segment, options: [7, 3, 4, 0])),
        "IPv4 length 0": (.raw, Encapsulation.version4(6, segment, totalLength: 0)),
        "TCP options": (.raw, packet(options: [2, 4, 5, 0xB4])),
        "IPv6 extensions": (
            .raw,
            Encapsulation.version6(
                0,
                [60, 0] + Array(repeating: 0, count: 6) + [43, 1] + Array(repeating: 0, count: 14)
                    + [6, 0] + Array(repeating: 0, count: 6) + segment
            )
        ),
        "IPv6 authentication": (
            .raw, Encapsulation.version6(51, [6, 4] + Array(repeating: 0, count: 22) + segment)
        ),
        "IPv6 atomic fragment": (
            .raw, Encapsulation.version6(44, [6, 0, 0, 0, 0, 0, 0, 1] + segment)
        ),
    ]
}
