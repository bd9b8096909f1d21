import Bytes
import Packets
import Support
import Testing

/// Traffic of which somebody says what it is.
struct DecodeAsTests {
    private static let packet = SamplePackets.packet()
    private static let ethernet = SamplePackets.ethernet(0x0800, packet)
    private static let vxlan: [UInt8] = [8, 0, 0, 0, 0, 0, 1, 0] + ethernet

    private static func datagram(
        from source: UInt16,
        to destination: UInt16,
        _ content: [UInt8]
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.appendBigEndian(source)
        bytes.appendBigEndian(destination)
        bytes.appendBigEndian(UInt16(8 + content.count))
        return bytes + [0, 0] + content
    }

    private static func udp(
        from source: UInt16 = 9,
        to destination: UInt16,
        _ content: [UInt8]
    ) -> [UInt8] {
        Encapsulation.version4(17, datagram(from: source, to: destination, content))
    }

    private func decode(
        _ bytes: [UInt8],
        _ type: LinkType,
        _ texts: [String]
    ) throws -> PacketDecoder.Outcome {
        PacketDecoder.decode(
            bytes.span,
            linkType: type,
            originalLength: bytes.count,
            try options(texts)
        )
    }

    private func options(_ texts: [String]) throws -> DecodingOptions {
        let rules = try texts.map { text in
            guard case .layer(let rule) = try DecodeAs(text) else { throw NoRule() }
            return rule
        }
        return DecodingOptions(rules: rules)
    }

    private struct NoRule: Error {}

    @Test(
        arguments: [
            (.raw, udp(to: 4790, vxlan), ["udp.port==4790,vxlan"]),
            (.raw, udp(from: 4790, to: 7, vxlan), ["udp.port==4790,vxlan"]),
            (.raw, udp(to: 4799, vxlan), ["udp.port == 4780-4800, VXLAN"]),
            // Of two rules the later holds.
            (.raw, udp(to: 7, vxlan), ["udp.port==7,ip", "udp.port==0x7,vxlan"]),
            (.raw, udp(to: 7, packet), ["udp.port==7,ip"]),
            (.raw, udp(to: 4789, packet), ["udp.port==4789,ip"]),
            (.raw, udp(to: 7, ethernet), ["udp.port==7,eth"]),
            (.raw, udp(to: 7, [0, 0x21] + packet), ["udp.port==7,ppp"]),
            (.raw, udp(to: 7, [0, 0, 8, 0] + packet), ["udp.port==7,gre"]),
            (.raw, udp(to: 7, SamplePackets.segment), ["udp.port==7,tcp"]),
            (.raw, Encapsulation.version4(99, [0, 0, 8, 0] + packet), ["ip.proto==99,gre"]),
            (.raw, Encapsulation.version4(99, SamplePackets.segment), ["ip.proto==99,tcp"]),
            (
                .raw, Encapsulation.version4(99, datagram(from: 1, to: 4789, vxlan)),
                ["ip.proto==99,udp"]
            ),
            (
                .raw, Encapsulation.version4(99, datagram(from: 1, to: 7, vxlan)),
                ["ip.proto==99,udp", "udp.port==7,vxlan"]
            ),
            (.ethernet, SamplePackets.ethernet(0x9999, packet), ["ethertype==0x9999,ip"]),
            (.ethernet, SamplePackets.ethernet(0x9999, packet), ["EtherType==39321,IP"]),
            (
                .ethernet, SamplePackets.ethernet(0x9999, [0, 5, 8, 0] + packet),
                ["ethertype==0x9999,vlan"]
            ),
            (
                .linuxCooked,
                [0, 0, 0, 1, 0, 6] + Encapsulation.zeros(8) + [0x99, 0x99] + packet,
                ["ethertype==0x9999,ip"]
            ),
        ] as [(LinkType, [UInt8], [String])]
    )
    func `a rule finds the segment that nothing else tells of`(
        type: LinkType,
        bytes: [UInt8],
        rules: [String]
    ) throws {
        guard case .segment(let segment) = try decode(bytes, type, rules) else {
            Issue.record("no segment with \(rules)")
            return
        }
        #expect(segment.source.port == 50_000)
        #expect(Array(bytes[segment.payload]) == SamplePackets.payload)
        guard case .stop = try decode(bytes, type, []) else {
            Issue.record("a segment without a rule")
            return
        }
    }

    @Test func `a rule changes nothing of what it does not name`() throws {
        let rules = ["udp.port==7,vxlan", "ethertype==0x9999,ip", "ip.proto==99,gre"]
        for (name, sample) in SamplePackets.frames {
            let ruled = try decode(sample.bytes, sample.type, rules)
            let unruled = try decode(sample.bytes, sample.type, [])
            switch (ruled, unruled) {
            case (.segment(let one), .segment(let other)):
                #expect(one.source == other.source, "\(name)")
                #expect(one.payload == other.payload, "\(name)")
            case (.segment, _), (.fragment, _), (.aggregate, _), (.stop, _):
                Issue.record("\(name): \(ruled) and \(unruled)")
            }
        }
    }

    @Test func `a rule for TCP's own number hides the segment`() throws {
        guard case .stop = try decode(Self.packet, .raw, ["ip.proto==6,gre"]) else {
            Issue.record("a segment")
            return
        }
    }

    @Test(arguments: ["ethertype==0x8100,vlan", "ip.proto==4,ip", "udp.port==0-65535,udp"])
    func `a rule that leads to itself comes to an end`(text: String) throws {
        let content = (0..<400).map { _ in [0x81, 0, 0, 17] as [UInt8] }.joined()
        let frames = [
            SamplePackets.ethernet(0x8100, Array(content)),
            SamplePackets.ethernet(0x0800, Encapsulation.version4(17, Array(content))),
        ]
        for bytes in frames {
            guard case .stop(let stop) = try decode(bytes, .ethernet, [text]) else {
                Issue.record("a segment")
                continue
            }
            #expect(!stop.description.isEmpty)
        }
    }

    @Test func `every cut and damage under a rule stays within the bytes`() throws {
        let bytes = Self.udp(to: 7, Self.vxlan)
        var generator = SeededGenerator(seed: 11)
        let texts = DecodingRule.Content.allCases.map { "udp.port==7,\($0.rawValue)" }
        for text in texts {
            let options = try options([text])
            for length in 0...bytes.count {
                var cut = Array(bytes.prefix(length))
                if let index = cut.indices.dropFirst(28).randomElement(using: &generator) {
                    cut[index] = UInt8.random(in: 0...255, using: &generator)
                }
                let outcome = PacketDecoder.decode(
                    cut.span,
                    linkType: .raw,
                    originalLength: bytes.count,
                    options
                )
                guard case .segment(let segment) = outcome else { continue }
                #expect(segment.payload.upperBound <= length)
            }
        }
    }

    @Test func `the layers of a frame are told as the rule has them`() throws {
        let bytes = Self.udp(to: 7, Self.vxlan)
        let layers = PacketDecoder.layers(
            of: bytes.span,
            linkType: .raw,
            originalLength: bytes.count,
            try options(["udp.port==7,vxlan"])
        )
        let addresses = "IPv4 10.0.0.1 → 10.0.0.2"
        #expect(layers == [addresses, "UDP", "Ethernet", addresses])
    }

    @Test(arguments: [("tcp.port==8888,http", 8888...8888), ("tcp.port==80-0x51,HTTP", 80...81)])
    func `connections are wished for by their server's port`(
        text: String,
        ports: ClosedRange<UInt16>
    ) throws {
        #expect(try DecodeAs(text) == .http(ports: ports))
    }

    @Test(
        arguments: [
            ("", .noRule("")), ("udp.port", .noRule("udp.port")),
            ("udp.port=7,ip", .noRule("udp.port=7,ip")),
            ("udp.port==7", .noRule("udp.port==7")),
            ("udp.port==7,ip,ip", .noRule("udp.port==7,ip,ip")),
            ("udp.port===7,ip", .noRule("udp.port===7,ip")),
            ("sctp.port==7,ip", .unknownLayer("sctp.port")),
            ("udp.port==,ip", .noNumber("", layer: "udp.port", limit: 65535)),
            ("udp.port==65536,ip", .noNumber("65536", layer: "udp.port", limit: 65535)),
            ("udp.port==+7,ip", .noNumber("+7", layer: "udp.port", limit: 65535)),
            ("udp.port==-7,ip", .noNumber("-7", layer: "udp.port", limit: 65535)),
            ("udp.port==7-,ip", .noNumber("7-", layer: "udp.port", limit: 65535)),
            ("udp.port==9-7,ip", .noNumber("9-7", layer: "udp.port", limit: 65535)),
            ("udp.port==1-2-3,ip", .noNumber("1-2-3", layer: "udp.port", limit: 65535)),
            ("udp.port==0x,ip", .noNumber("0x", layer: "udp.port", limit: 65535)),
            ("udp.port==7f,ip", .noNumber("7f", layer: "udp.port", limit: 65535)),
            ("ip.proto==256,ip", .noNumber("256", layer: "ip.proto", limit: 255)),
            ("udp.port==7,http", .unknownProtocol("http", layer: "udp.port")),
            ("udp.port==7,", .unknownProtocol("", layer: "udp.port")),
            ("tcp.port==7,vxlan", .unknownProtocol("vxlan", layer: "tcp.port")),
        ] as [(String, DecodeAs.Fault)]
    )
    func `what is wrong with a wish is told, and what there is`(
        text: String,
        fault: DecodeAs.Fault
    ) {
        #expect(throws: fault) { try DecodeAs(text) }
        #expect(!fault.description.hasSuffix(".") && !fault.description.contains("\n"))
    }
}
