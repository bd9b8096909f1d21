import Packets
import Support
import Testing
import Trace

/// The same addresses and ports in several networks of one capture.
struct NetworkTests {
    /// What a capture shows around the packets of one network, told apart by a number.
    struct Marking: Sendable, CustomTestStringConvertible {
        let name: String
        let wrap: @Sendable (_ packet: [UInt8], _ number: UInt8) -> [UInt8]
        var testDescription: String { name }

        init(_ name: String, _ wrap: @escaping @Sendable ([UInt8], UInt8) -> [UInt8]) {
            self.name = name
            self.wrap = wrap
        }
    }

    static let markings: [Marking] = [
        Marking("VLAN") { frame(0x8100, [0, $1, 8, 0] + $0) },
        Marking("inner VLAN") { frame(0x88A8, [0, 9, 0x81, 0, 0, $1, 8, 0] + $0) },
        Marking("backbone service") { frame(0x88E7, [0, 0, 0, $1] + frame(0x0800, $0)) },
        Marking("MPLS label") { frame(0x8847, [0, 1, 0, 64, 0, $1, 1, 64] + $0) },
        Marking("PPPoE session") { frame(0x8864, [0x11, 0, 0, $1, 0, 0, 0, 0x21] + $0) },
        Marking("VXLAN") { inUDP(4789, [8, 0, 0, 0, 0, 0, $1, 0] + frame(0x0800, $0)) },
        Marking("Geneve") { inUDP(6081, [0, 0, 8, 0, 0, 0, $1, 0] + $0) },
        Marking("GTP-U") { inUDP(2152, [0x30, 0xFF, 0, 0, 0, 0, 0, $1] + $0) },
        Marking("L2TP") { inUDP(1701, [0, 2, 0, $1, 0, 1, 0xFF, 3, 0, 0x21] + $0) },
        Marking("GRE key") { inIP(47, [0x20, 0, 8, 0, 0, 0, 0, $1] + $0) },
        Marking("GRE key behind a checksum") {
            inIP(47, [0xA0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, $1] + $0)
        },
        Marking("outer address") { packet, number in
            var outer = inIP(4, packet)
            outer[14 + 15] = number
            return outer
        },
    ]

    private static func frame(_ etherType: UInt16, _ content: [UInt8]) -> [UInt8] {
        Encapsulation.ethernet(etherType, content)
    }

    private static func inIP(_ number: UInt8, _ content: [UInt8]) -> [UInt8] {
        frame(0x0800, Encapsulation.version4(number, content))
    }

    private static func inUDP(_ port: UInt16, _ content: [UInt8]) -> [UInt8] {
        inIP(17, Encapsulation.udp(to: port, content))
    }

    /// A conversation of which `mark` says what is around each packet, in either direction.
    private static func frames(
        _ targets: [String],
        sequence: UInt32 = 1000,
        delay: Int64 = 0,
        _ mark: (_ packet: [UInt8], _ isAnswer: Bool) -> [UInt8]
    ) -> [BuiltFrame] {
        var builder = ConversationBuilder(
            linkType: .raw,
            start: Timestamp(nanoseconds: 1_700_000_000_000_000_000 + delay),
            clientSequence: sequence,
            serverSequence: sequence &* 3
        )
        builder.handshake()
        for target in targets { builder.exchange(target) }
        builder.close()
        return builder.frames.map { frame in
            let isAnswer = frame.bytes[15] == 2
            return BuiltFrame(bytes: mark(frame.bytes, isAnswer), timestamp: frame.timestamp)
        }
    }

    private static func inOrder(_ frames: [BuiltFrame]) -> [BuiltFrame] {
        frames.sorted { $0.timestamp.nanoseconds < $1.timestamp.nanoseconds }
    }

    @Test(arguments: markings, [true, false])
    func `connections in two networks are two`(marking: Marking, isJoined: Bool) {
        let one = Self.frames(["/a", "/b"]) { packet, _ in marking.wrap(packet, 10) }
        let two = Self.frames(["/c", "/d"], sequence: 9_000, delay: 100_000) { packet, _ in
            marking.wrap(packet, 20)
        }
        let frames = isJoined ? Array(one[3...] + two[3...]) : one + two
        let traced = Traced(Self.inOrder(frames))
        #expect(traced.pairs.sorted() == ["GET /a 200", "GET /b 200", "GET /c 200", "GET /d 200"])
        #expect(traced.summary.streams == 2)
        #expect(traced.codes == (isJoined ? [.missingHandshake] : []))
        #expect(traced.summary.ledger.imbalance == 0)
    }

    @Test(arguments: markings)
    func `a connection of which one direction is marked is one`(marking: Marking) {
        let frames = Self.frames(["/a", "/b"]) { packet, isAnswer in
            isAnswer ? marking.wrap(packet, 10) : Self.frame(0x0800, packet)
        }
        for part in [frames, Array(frames[3...])] {
            let traced = Traced(part)
            #expect(traced.pairs == ["GET /a 200", "GET /b 200"])
            #expect(traced.summary.streams == 1)
        }
    }

    @Test(arguments: markings, [true, false])
    func `frames captured with their mark and without are of one connection`(
        marking: Marking,
        isMarkedFirst: Bool
    ) {
        let plain = Self.frames(["/a", "/b"]) { packet, _ in Self.frame(0x0800, packet) }
        let marked = Self.frames(["/a", "/b"]) { packet, _ in marking.wrap(packet, 10) }
        let twice = zip(plain, marked).flatMap { isMarkedFirst ? [$1, $0] : [$0, $1] }
        let traced = Traced(twice)
        #expect(traced.pairs == ["GET /a 200", "GET /b 200"])
        #expect(traced.summary.streams == 1)
        #expect(traced.summary.ledger.gap == 0)
    }

    @Test func `marks may be exchanged between the directions of two connections`() {
        let one = Self.frames(["/a", "/b"]) { Self.frame(0x8100, [0, $1 ? 20 : 10, 8, 0] + $0) }
        let two = Self.frames(["/c", "/d"], sequence: 9_000, delay: 100_000) {
            Self.frame(0x8100, [0, $1 ? 10 : 20, 8, 0] + $0)
        }
        let traced = Traced(Self.inOrder(one + two))
        #expect(traced.pairs.sorted() == ["GET /a 200", "GET /b 200", "GET /c 200", "GET /d 200"])
        #expect(traced.codes.isEmpty)
    }

    @Test(arguments: [true, false])
    func `interfaces tell connections apart only where the numbers do`(isSame: Bool) {
        let one = Self.frames(["/a"]) { packet, _ in Self.frame(0x0800, packet) }
        var two =
            isSame
            ? one
            : Self.frames(["/b"], sequence: 9_000, delay: 100_000) { packet, _ in
                Self.frame(0x0800, packet)
            }
        for index in two.indices { two[index].interface = 1 }
        let traced = Traced(Self.inOrder(one + two))
        #expect(traced.pairs == (isSame ? ["GET /a 200"] : ["GET /a 200", "GET /b 200"]))
        #expect(traced.summary.streams == (isSame ? 1 : 2))
        #expect(traced.summary.ledger.gap == 0)
    }

    @Test func `the priority in a tag is no network`() {
        let frames = Self.frames(["/a", "/b"]) { packet, isAnswer in
            Self.frame(0x8100, [isAnswer ? 0xE0 : 0x20, 5, 8, 0] + packet)
        }
        #expect(Traced(frames).summary.streams == 1)
    }

    @Test func `a thousand networks with one pair of endpoints stay few`() {
        let frames = (0..<1000).flatMap { number in
            var builder = ConversationBuilder(linkType: .raw, clientSequence: UInt32(number) * 9999)
            builder.append(from: .client, flags: .syn)
            let tag: [UInt8] = [UInt8(number >> 8), UInt8(number & 0xFF), 8, 0]
            return builder.frames.map { BuiltFrame(bytes: Self.frame(0x8100, tag + $0.bytes)) }
        }
        var tracer = Tracer()
        for (index, frame) in frames.enumerated() {
            tracer.process(frame.frame(number: index + 1), frame.bytes.span)
        }
        #expect(tracer.connectionCount <= 64)
        #expect(tracer.summary.streams == 1000)
    }
}
