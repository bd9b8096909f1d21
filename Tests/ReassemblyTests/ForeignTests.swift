import Packets
import Reassembly
import Support
import Testing

/// Segments whose numbers are not those of the connection: forged, old, or of another connection
/// between the same ports whose beginning was not captured.
struct ForeignTests {
    private static let sides = [ConversationBuilder.Side.client, .server]
    private static let families = [false, true]

    private static func builder(
        _ isVersion6: Bool,
        _ client: UInt32 = 3_000_000_000,
        _ server: UInt32 = 1_500_000_000
    ) -> ConversationBuilder {
        func endpoint(_ number: UInt32, _ port: UInt16) -> Endpoint {
            let address =
                isVersion6
                ? IPAddress(high: 0x2001_0DB8 << 32, low: UInt64(number))
                : IPAddress(version4: 0x0A00_0000 | number)
            return Endpoint(address: address, port: port)
        }
        return ConversationBuilder(
            client: endpoint(1, 50_000),
            server: endpoint(2, 80),
            clientSequence: client,
            serverSequence: server
        )
    }

    private static func ask(_ builder: inout ConversationBuilder, _ round: Int) {
        builder.send("ask \(round) ", from: .client)
        builder.send("say \(round) ", from: .server)
        builder.acknowledge(from: .client)
    }

    private static func forge(
        _ builder: inout ConversationBuilder,
        _ side: ConversationBuilder.Side,
        _ flags: TCPFrameBuilder.Flags,
        _ sequence: UInt32,
        _ acknowledgement: UInt32,
        _ text: String = ""
    ) {
        let segment = TCPFrameBuilder.Segment(
            sequence: sequence,
            acknowledgement: acknowledgement,
            flags: flags,
            payload: Array(text.utf8)
        )
        builder.append(segment, from: side)
    }

    @Test(arguments: [0, 1, 2], families)
    func `a forged SYN and its forged answer open nothing`(rounds: Int, isVersion6: Bool) {
        for (client, server) in [(777, 888), (3_500_000_000, 888)] as [(UInt32, UInt32)] {
            var builder = Self.builder(isVersion6)
            builder.handshake()
            for round in 0..<rounds { Self.ask(&builder, round) }
            Self.forge(&builder, .client, .syn, client, 0)
            Self.forge(&builder, .server, [.syn, .ack], server, client &+ 1)
            for round in rounds..<3 { Self.ask(&builder, round) }
            builder.close()
            let result = Reassembled(builder.frames)
            #expect(result.count == 1)
            #expect(result.forward.text == "ask 0 ask 1 ask 2 ")
            #expect(result.backward.text == "say 0 say 1 say 2 ")
            #expect(result.duplicates == 0 && result.refused == 0)
            #expect(result.oddities == [.ignoredSYN, .ignoredSYN])
        }
    }

    @Test(arguments: 1...2)
    func `a forged SYN before the answer of the true one opens nothing`(place: Int) {
        var forged = Self.builder(false)
        Self.forge(&forged, .client, .syn, 777, 0)
        var builder = Self.builder(false)
        builder.handshake()
        Self.ask(&builder, 0)
        var frames = builder.frames
        frames.insert(forged.frames[0], at: place)
        let result = Reassembled(frames)
        #expect(result.count == 1)
        #expect(result.forward.text == "ask 0 ")
        #expect(result.oddities == [.ignoredSYN])
    }

    /// The first numbers of a second connection between the same ports.
    private static let seconds: [(UInt32, UInt32)] = [
        (2_900_000_000, 1_400_000_000), (3_100_000_000, 1_600_000_000),
        (3_100_000_000, 1_400_000_000), (1000, 4_000_000_000),
    ]

    @Test(arguments: seconds.indices, families)
    func `two ends that agree on other numbers have opened another connection`(
        index: Int,
        isVersion6: Bool
    ) {
        for (hasHandshake, isHalfClosed, isReset) in [
            (true, false, false), (false, false, false), (true, true, false), (true, false, true),
        ] {
            var builder = Self.builder(isVersion6)
            if hasHandshake { builder.handshake() }
            Self.ask(&builder, 0)
            if isHalfClosed { builder.finish(from: .server) }
            if isReset { builder.reset(from: .client) }
            var next = Self.builder(isVersion6, Self.seconds[index].0, Self.seconds[index].1)
            next.time = builder.time
            next.wait(nanoseconds: 600_000_000_000)
            next.segmentSize = 4
            for round in 1...2 { Self.ask(&next, round) }
            next.close()
            builder.append(next.frames)
            let result = Reassembled(builder.frames)
            #expect(result.streams.map { $0[.forward]?.text } == ["ask 0 ", "ask 1 ask 2 "])
            #expect(result.streams.map { $0[.backward]?.text } == ["say 0 ", "say 1 say 2 "])
            #expect(result.duplicates == 0 && result.refused == 0)
            #expect(!result.oddities.contains(.retransmission))
        }
    }

    @Test(arguments: sides, [0, 1, 3])
    func `a segment with other numbers is kept out and told`(
        side: ConversationBuilder.Side,
        rounds: Int
    ) {
        for (own, other) in [(777, 888), (2_999_999_000, nil), (2_100_000_000, 400)]
            as [(UInt32, UInt32?)]
        {
            var builder = Self.builder(false, 3_000_000_000, 3_000_000_000)
            builder.handshake()
            for round in 0..<rounds { Self.ask(&builder, round) }
            let acknowledged = other ?? builder.nextSequence(of: side.peer)
            Self.forge(&builder, side, [.psh, .ack], own, acknowledged, "evil")
            for round in rounds..<3 { Self.ask(&builder, round) }
            builder.close()
            let result = Reassembled(builder.frames)
            #expect(result.forward.text == "ask 0 ask 1 ask 2 ")
            #expect(result.backward.text == "say 0 say 1 say 2 ")
            #expect(result.duplicates == 0 && result.refused == 4)
            #expect(result.oddities == [.ignoredSegment])
        }
    }

    @Test func `bytes that come when their place was passed are no retransmission`() {
        var builder = Self.builder(false)
        builder.handshake()
        builder.send("one", from: .client)
        builder.send("two", from: .client)
        builder.send("three", from: .client)
        builder.send("answer", from: .server)
        builder.wait(nanoseconds: 2_000_000_000)
        Self.ask(&builder, 0)
        var frames = builder.frames
        let late = frames.remove(at: 4)
        let whole = Reassembled(frames + [frames[3]])
        #expect(whole.oddities == [.retransmission])
        let result = Reassembled(frames + [late])
        #expect(result.forward.text == "onethreeask 0 ")
        #expect(result.forward.gaps == [3])
        #expect(result.duplicates == 0 && result.refused == 3)
        #expect(result.oddities == [.ignoredSegment])
    }
}
