import Bytes
import Packets
import Support
import Testing

@Suite struct PacketDecoderTests {
    @Test(arguments: SamplePackets.frames.keys.sorted())
    func `the segment is found whatever is around it`(name: String) throws {
        let sample = try #require(SamplePackets.frames[name])
        let outcome = decode(sample.bytes, sample.type)
        guard case .segment(let segment) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(segment.source.port == 50_000)
        #expect(segment.destination.port == 80)
        #expect(segment.sequence == SequenceNumber(7))
        #expect(Array(sample.bytes[segment.payload]) == SamplePackets.payload)
        #expect(segment.cutLength == 0)
        #expect(segment.source.address.low & 0xFF == 1)
    }

    @Test(arguments: SamplePackets.frames.keys.sorted())
    func `a frame that is cut anywhere gives what is left, or where it ends`(name: String) throws {
        let sample = try #require(SamplePackets.frames[name])
        guard case .segment(let whole) = decode(sample.bytes, sample.type) else { return }
        for length in 0..<sample.bytes.count {
            let cut = Array(sample.bytes.prefix(length))
            switch decode(cut, sample.type, original: sample.bytes.count) {
            case .segment(let segment):
                #expect(segment.source == whole.source)
                #expect(segment.payload.count <= 5)
                #expect(segment.payload.upperBound <= length)
                // Without a length in the IP header, the frame's own length on the wire holds.
                #expect(segment.wireLength == whole.wireLength)
            case .stop(let stop): #expect(!stop.description.isEmpty)
            case .fragment: Issue.record("a fragment of \(length) bytes")
            case .aggregate: Issue.record("an aggregate of \(length) bytes")
            }
        }
    }

    @Test(arguments: SamplePackets.frames.keys.sorted())
    func `damaged frames never lead outside of their bytes`(name: String) throws {
        let sample = try #require(SamplePackets.frames[name])
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<2000 {
            var bytes = sample.bytes
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let index = Int.random(in: bytes.indices, using: &generator)
                bytes[index] = UInt8.random(in: 0...255, using: &generator)
            }
            bytes.removeLast(Int.random(in: 0...2, using: &generator))
            check(decode(bytes, sample.type), bytes)
        }
    }

    @Test func `random bytes of any link type never lead outside of them`() {
        var generator = SeededGenerator(seed: 4)
        for _ in 0..<20_000 {
            let count = Int.random(in: 0...100, using: &generator)
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
            let type = LinkType(rawValue: UInt16.random(in: 0...300, using: &generator))
            check(decode(bytes, type), bytes)
        }
    }

    private func check(_ outcome: PacketDecoder.Outcome, _ bytes: [UInt8]) {
        let isSound =
            switch outcome {
            case .segment(let segment):
                segment.payload.upperBound <= bytes.count && segment.cutLength >= 0
            case .fragment(let fragment): fragment.payload.upperBound <= bytes.count
            case .aggregate(let aggregate):
                aggregate.packets.allSatisfy { $0.lowerBound <= bytes.count }
            case .stop(let stop): !stop.description.isEmpty
            }
        #expect(isSound, "\(outcome) of \(bytes)")
    }

    @Test func `tags and tunnels beyond anything real are given up`() {
        let tags = (0..<60).flatMap { _ in [0, 1, 0x81, 0] as [UInt8] }
        let bytes = SamplePackets.ethernet(0x8100, tags)
        guard case .stop(.tooDeep) = decode(bytes, .ethernet) else {
            Issue.record("not too deep")
            return
        }
    }

    @Test(
        arguments: [
            (SamplePackets.ethernet(0x0806, []), "ARP"),
            (SamplePackets.ethernet(0x1234, []), "EtherType 0x1234"),
            (SamplePackets.ethernet(0x0026, []), "802.3/LLC"),
            (SamplePackets.ethernet(0x0800, []), "cut short in the IPv4 header"),
            (SamplePackets.ethernet(0x8100, []), "cut short in the 802.1Q header"),
            (
                SamplePackets.ethernet(
                    0x0800,
                    Encapsulation.version4(17, Array(repeating: 0, count: 8))
                ), "UDP"
            ),
            (SamplePackets.ethernet(0x0800, Encapsulation.version4(1, [])), "ICMP"),
            (SamplePackets.ethernet(0x0800, Encapsulation.version4(200, [])), "IP protocol 200"),
            (
                SamplePackets.ethernet(0x0800, [UInt8](repeating: 0x44, count: 20)),
                "malformed IPv4 header"
            ),
            (
                SamplePackets.ethernet(
                    0x0800,
                    Encapsulation.version4(6, [UInt8](repeating: 0x10, count: 20))
                ), "malformed TCP header"
            ),
            (
                SamplePackets.ethernet(0x86DD, Encapsulation.version6(59, [])),
                "IPv6 without payload"
            ),
            ([1, 2, 3], "cut short in the Ethernet header"),
        ] as [([UInt8], String)]
    )
    func `what is no segment is named for those who count it`(bytes: [UInt8], text: String) {
        guard case .stop(let stop) = decode(bytes, .ethernet) else {
            Issue.record("a segment")
            return
        }
        #expect(stop.description == text)
    }

    @Test(arguments: [
        // A record without a packet, a name that is none, and a private type inside.
        [48, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0x65, 0x6E],
        [48, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0x6E],
        [48, 0, 0, 0, 1, 0, 0, 0, 149, 0, 0, 0, 0x65, 0x6E],
        [0xDE, 0xAD, 0xBE, 0xEF],
    ])
    func `a private link type is unknown where no header shows it`(bytes: [UInt8]) {
        let frame = bytes + Encapsulation.zeros(48 - bytes.count) + SamplePackets.packet()
        for number: UInt16 in [147, 149, 162] {
            guard case .stop(let stop) = decode(frame, LinkType(rawValue: number)) else {
                Issue.record("a segment")
                continue
            }
            #expect(stop == .unknownLinkType(LinkType(rawValue: number)))
        }
    }

    @Test func `an unknown link type is named by its number`() {
        guard case .stop(let stop) = decode([0], LinkType(rawValue: 147)) else {
            Issue.record("a segment")
            return
        }
        #expect(stop.description == "unknown link type 147")
    }
}

/// Decodes a frame that is whole unless `original` says otherwise.
func decode(
    _ bytes: [UInt8],
    _ type: LinkType,
    original: Int? = nil
) -> PacketDecoder.Outcome {
    PacketDecoder.decode(
        bytes.span,
        linkType: type,
        originalLength: original ?? bytes.count
    )
}
