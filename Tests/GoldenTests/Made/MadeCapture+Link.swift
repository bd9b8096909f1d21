import Packets
import Support

extension MadeCapture {
    /// One exchange in each link layer, tag and tunnel.
    static let link: [MadeCapture] = encapsulated + [aggregates]

    private static let encapsulated: [MadeCapture] = Encapsulation.all.map { headers in
        let conversation = ordinary(isVersion6: headers.isVersion6, linkType: .raw)
        let frames = conversation.frames.map { frame in
            BuiltFrame(
                bytes: headers.wrap(frame.bytes),
                timestamp: frame.timestamp,
                linkType: headers.linkType
            )
        }
        return MadeCapture("link/" + fileName(headers.name), headers.name, frames)
    }

    private static let aggregates: MadeCapture = {
        let frames = ordinary(linkType: .raw).frames
        // The handshake's last packet goes out together with the request.
        let groups = [[0], [1], [2, 3]] + (4..<frames.count).map { [$0] }
        let aggregated = groups.map { group in
            BuiltFrame(
                bytes: Encapsulation.aggregate(group.map { frames[$0].bytes }),
                timestamp: frames[group[0]].timestamp,
                linkType: .wirelessLAN
            )
        }
        return MadeCapture(
            "link/802.11-aggregates",
            "802.11 aggregates (A-MSDU), of one packet and of two",
            aggregated
        )
    }()

    /// One exchange over IPv4 or IPv6.
    static func ordinary(
        isVersion6: Bool = false,
        linkType: LinkType = .ethernet
    ) -> ConversationBuilder {
        func address(_ number: UInt64) -> IPAddress {
            isVersion6
                ? IPAddress(high: 0x2001_0DB8 << 32, low: number)
                : IPAddress(version4: 0x0A00_0000 | UInt32(number))
        }
        var builder = ConversationBuilder(
            client: Endpoint(address: address(1), port: 50_000),
            server: Endpoint(address: address(2), port: 80),
            linkType: linkType
        )
        builder.handshake()
        return .ordinary(builder)
    }

    private static func fileName(_ name: String) -> String {
        String(name.lowercased().map { $0.isLetter || $0.isNumber || $0 == "." ? $0 : "-" })
    }
}
