import Packets
import Reassembly
import Support
import Testing

/// Segments that a receiver does not take as they stand, or of which it is not known yet.
struct DoubtTests {
    private static var opened: ConversationBuilder {
        var builder = ConversationBuilder()
        builder.handshake()
        builder.send("abc", from: .client)
        builder.send("xyz", from: .server)
        return builder
    }

    private static func goOn(_ builder: inout ConversationBuilder) {
        builder.send("def", from: .client)
        builder.send("uvw", from: .server)
        builder.acknowledge(from: .client)
    }

    @Test(
        arguments: [5, 0x1234_5678, 0xF000_0000] as [UInt32],
        [
            ConversationBuilder.Side.client, .server,
        ]
    )
    func `a SYN that nobody takes up opens nothing`(
        ahead: UInt32,
        side: ConversationBuilder.Side
    ) {
        var builder = Self.opened
        let forged = TCPFrameBuilder.Segment(
            sequence: builder.nextSequence(of: side) &+ ahead,
            acknowledgement: side == .server ? builder.nextSequence(of: .client) : 0,
            flags: side == .server ? [.syn, .ack] : .syn
        )
        builder.append(forged, from: side)
        Self.goOn(&builder)
        let result = Reassembled(builder.frames)
        #expect(result.count == 1)
        #expect(result.forward.text == "abcdef")
        #expect(result.backward.text == "xyzuvw")
        #expect(result.duplicates == 0)
        #expect(result.oddities == [.ignoredSYN])
    }

    @Test func `a SYN that is answered makes a live connection history`() {
        var builder = Self.opened
        var next = ConversationBuilder(clientSequence: 90_000, serverSequence: 70_000)
        next.handshake()
        next.send("new", from: .client)
        builder.append(next.frames)
        let result = Reassembled(builder.frames)
        #expect(result.streams.map { $0[.forward]?.text } == ["abc", "new"])
    }

    @Test func `of two SYN-ACKs the one counts that the client acknowledges`() {
        for isSecondTaken in [false, true] {
            var builder = ConversationBuilder()
            builder.append(from: .client, flags: .syn)
            for number in [5000, 880_000] as [UInt32] {
                builder.append(
                    TCPFrameBuilder.Segment(
                        sequence: number,
                        acknowledgement: 1001,
                        flags: [.syn, .ack]
                    ),
                    from: .server
                )
            }
            let start: UInt32 = isSecondTaken ? 880_001 : 5001
            let ask = TCPFrameBuilder.Segment(
                sequence: 1001,
                acknowledgement: start,
                payload: Array("ask".utf8)
            )
            builder.append(ask, from: .client)
            let answer = TCPFrameBuilder.Segment(
                sequence: start,
                acknowledgement: 1004,
                payload: Array("answer".utf8)
            )
            builder.append(answer, from: .server)
            let result = Reassembled(builder.frames)
            #expect(result.count == 1)
            #expect(result.forward.text == "ask")
            #expect(result.backward == .init(bytes: Array("answer".utf8)))
        }
    }

    @Test(
        arguments: [0, 1000, 1_000_000] as [UInt32],
        [
            ConversationBuilder.Side.client, .server,
        ]
    )
    func `a reset behind which its sender goes on ends nothing`(
        ahead: UInt32,
        side: ConversationBuilder.Side
    ) {
        var builder = Self.opened
        let forged = TCPFrameBuilder.Segment(
            sequence: builder.nextSequence(of: side) &+ ahead,
            flags: .rst
        )
        builder.append(forged, from: side)
        Self.goOn(&builder)
        Self.goOn(&builder)
        let result = Reassembled(builder.frames)
        #expect(result.forward.text == "abcdefdef")
        #expect(result.backward.text == "xyzuvwuvw")
        #expect(!result.events.contains { if case .reset = $0 { true } else { false } })
        #expect(result.oddities == [.ignoredReset])
    }

    @Test func `what was sent before its sender heard of the reset is delivered`() {
        var builder = Self.opened
        builder.append(from: .client, flags: .rst)
        builder.send("uvw", from: .server)
        builder.append(from: .client, flags: .rst)
        let result = Reassembled(builder.frames)
        #expect(result.backward.text == "xyzuvw")
        #expect(result.events.last == .reset(.forward))
        #expect(result.oddities == [.dataAfterReset])
    }

    @Test(arguments: [true, false], 1...6)
    func `zeros are padding unless the other end takes them`(isPadding: Bool, count: Int) {
        var builder = Self.opened
        let zeros = [UInt8](repeating: 0, count: count)
        if isPadding {
            let padded = TCPFrameBuilder.Segment(
                sequence: builder.nextSequence(of: .client),
                acknowledgement: builder.nextSequence(of: .server),
                flags: .ack,
                payload: zeros
            )
            builder.append(padded, from: .client)
        } else {
            builder.append(from: .client, flags: .ack, payload: zeros)
        }
        Self.goOn(&builder)
        let result = Reassembled(builder.frames)
        #expect(
            result.forward.bytes == Array("abc".utf8) + (isPadding ? [] : zeros) + Array("def".utf8)
        )
        #expect(result.oddities == (isPadding ? [.paddedSegment] : []))
        #expect(result.captured == result.delivered + result.duplicates + result.refused)
    }

    @Test func `the last byte waits for, and a FIN that was not captured does not`() {
        var builder = Self.opened
        builder.send("d", from: .client)
        builder.send("answer", from: .server)
        let late = Reassembled(builder.frames.swapping(5, 6))
        #expect(late.forward.text == "abcd")
        #expect(late.events.last == .data(.backward, "answer"))
        builder = Self.opened
        builder.finish(from: .client)
        builder.send("answer", from: .server)
        let unseen = Reassembled(builder.frames.dropping(5))
        #expect(unseen.backward.text == "xyzanswer")
        #expect(unseen.forward.gaps.isEmpty)
    }
}
