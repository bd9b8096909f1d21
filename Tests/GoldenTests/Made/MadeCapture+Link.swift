import Packets
import Support

extension MadeCapture {
    /// One exchange in each link layer, tag and tunnel.
    static let link: [MadeCapture] = Encapsulation.all.map { headers in
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
