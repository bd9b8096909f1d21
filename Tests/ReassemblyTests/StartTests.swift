import Packets
import Reassembly
import Support
import Testing

struct StartTests {
    private static func append(
        _ builder: inout ConversationBuilder,
        _ sequence: UInt32,
        _ text: String,
        acknowledging acknowledgement: UInt32 = 0,
        flags: TCPFrameBuilder.Flags = [.psh, .ack],
        from side: ConversationBuilder.Side
    ) {
        builder.append(
            TCPFrameBuilder.Segment(
                sequence: sequence,
                acknowledgement: acknowledgement,
                flags: flags,
                payload: Array(text.utf8)
            ),
            from: side
        )
    }

    @Test func `data in the SYN is the first of the stream`() {
        var builder = ConversationBuilder()
        builder.append(from: .client, flags: .syn, payload: Array("abc".utf8))
        builder.append(from: .server, flags: [.syn, .ack], payload: Array("xyz".utf8))
        builder.send("def", from: .client)
        let result = Reassembled(builder.frames)
        #expect(result.forward == .init(bytes: Array("abcdef".utf8)))
        #expect(result.backward == .init(bytes: Array("xyz".utf8)))
    }

    @Test func `data in a SYN that the server refuses is sent again and counted once`() {
        var builder = ConversationBuilder()
        Self.append(&builder, 1000, "abc", flags: .syn, from: .client)
        Self.append(&builder, 5000, "", acknowledging: 1001, flags: [.syn, .ack], from: .server)
        Self.append(&builder, 1001, "abc", acknowledging: 5001, from: .client)
        let result = Reassembled(builder.frames)
        #expect(result.forward.text == "abc")
        #expect(result.duplicates == 3)
    }

    @Test func `keep-alive probes with a byte of rubbish count as duplicates only`() {
        var builder = ConversationBuilder()
        builder.handshake()
        builder.send("abc", from: .client)
        let next = builder.nextSequence(of: .client)
        for _ in 0..<3 {
            Self.append(
                &builder,
                next &- 1,
                "\0",
                acknowledging: builder.nextSequence(of: .server),
                flags: .ack,
                from: .client
            )
            builder.acknowledge(from: .server)
        }
        builder.send("def", from: .client)
        let result = Reassembled(builder.frames)
        #expect(result.forward.text == "abcdef")
        #expect(result.duplicates == 3)
    }

    @Test func `a probe of a closed window is told and its byte counts once`() {
        var builder = ConversationBuilder()
        builder.handshake()
        builder.send("abc", from: .client)
        builder.append(
            TCPFrameBuilder.Segment(
                sequence: builder.nextSequence(of: .server),
                acknowledgement: builder.nextSequence(of: .client),
                flags: .ack,
                window: 0
            ),
            from: .server
        )
        let next = builder.nextSequence(of: .client)
        Self.append(&builder, next, "d", acknowledging: 5001, from: .client)
        Self.append(&builder, next, "def", acknowledging: 5001, from: .client)
        let result = Reassembled(builder.frames)
        #expect(result.forward.text == "abcdef")
        #expect(result.oddities.contains(.zeroWindow))
    }

    @Test func `a connection joined in the middle starts with what comes first`() {
        let result = Reassembled(Array(conversation.frames[4...]))
        #expect(result.forward.text == "wo three")
        #expect(result.backward.text == "answer it")
        #expect(result.forward.gaps.isEmpty && result.backward.gaps.isEmpty)
    }

    @Test(arguments: [ConversationBuilder.Side.client, .server])
    func `one direction alone is delivered at once`(side: ConversationBuilder.Side) {
        var builder = ConversationBuilder()
        for round in 0..<3 {
            if side == .client { builder.send("ask \(round) ", from: .client) }
            if side == .client { builder.sendUnseen(100, from: .server) }
            if side == .server { builder.sendUnseen(100, from: .client) }
            if side == .server { builder.send("say \(round) ", from: .server) }
        }
        let result = Reassembled(builder.frames, flushing: false)
        #expect(result.delivered == result.captured)
        #expect(result.forward.gaps.isEmpty)
        #expect(result.forward.bytes.count == 18)
    }

    @Test(arguments: [0, 0x8000_0000, 0xFFFF_0000] as [UInt32])
    func `acknowledgement numbers that mean nothing do no harm`(number: UInt32) {
        var builder = ConversationBuilder()
        Self.append(&builder, 1000, "abc", acknowledging: number, from: .client)
        Self.append(&builder, 0x4000_0000, "xyz", acknowledging: number, from: .server)
        Self.append(&builder, 1003, "def", acknowledging: number, from: .client)
        Self.append(&builder, 0x4000_0003, "uvw", acknowledging: number, from: .server)
        let result = Reassembled(builder.frames, flushing: false)
        #expect(result.forward.text == "abcdef")
        #expect(result.backward.text == "xyzuvw")
        #expect(result.backward.gaps.isEmpty && result.forward.gaps.isEmpty)
    }

    @Test func `segments without acknowledgement flag are delivered in order`() {
        var builder = ConversationBuilder()
        Self.append(&builder, 1000, "abc", flags: .psh, from: .client)
        Self.append(&builder, 9000, "xyz", flags: .psh, from: .server)
        Self.append(&builder, 1003, "def", flags: .psh, from: .client)
        let result = Reassembled(builder.frames, flushing: false)
        #expect(result.forward.text == "abcdef")
        #expect(result.backward.text == "xyz")
    }

    @Test func `a segment without acknowledgement flag is dropped where its sender sets it`() {
        var builder = ConversationBuilder()
        builder.handshake()
        let forged = TCPFrameBuilder.Segment(
            sequence: builder.nextSequence(of: .server),
            flags: [.psh, .fin],
            payload: Array("evil".utf8)
        )
        builder.append(forged, from: .server)
        builder.send("true", from: .server)
        let result = Reassembled(builder.frames)
        #expect(result.events == [.data(.backward, "true")])
        #expect(result.oddities == [.missingAcknowledgement])
        #expect(result.refused == 4)
    }

    @Test func `both ends may open at the same time`() {
        var builder = ConversationBuilder()
        Self.append(&builder, 1000, "", flags: .syn, from: .client)
        Self.append(&builder, 5000, "", flags: .syn, from: .server)
        Self.append(&builder, 1000, "", acknowledging: 5001, flags: [.syn, .ack], from: .client)
        Self.append(&builder, 5000, "", acknowledging: 1001, flags: [.syn, .ack], from: .server)
        Self.append(&builder, 1001, "abc", acknowledging: 5001, from: .client)
        Self.append(&builder, 5001, "xyz", acknowledging: 1004, from: .server)
        let result = Reassembled(builder.frames)
        #expect(result.count == 1)
        #expect(result.forward == .init(bytes: Array("abc".utf8)))
        #expect(result.backward == .init(bytes: Array("xyz".utf8)))
    }

    @Test func `a SYN-ACK captured before its SYN opens the same connection`() {
        let result = Reassembled(conversation.frames.swapping(0, 1))
        #expect(result.count == 1)
        #expect(result.backward.text == "one two three")
        #expect(result.forward.text == "answer it")
    }
}
