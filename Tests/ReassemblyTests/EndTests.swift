import Reassembly
import Support
import Testing

struct EndTests {
    private static var opened: ConversationBuilder {
        var builder = ConversationBuilder()
        builder.handshake()
        return builder
    }

    @Test func `a FIN captured before the data ends the stream after it`() {
        var builder = Self.opened
        builder.send("abc", from: .client)
        builder.finish(from: .client)
        let result = Reassembled(builder.frames.swapping(3, 4), flushing: false)
        #expect(result.events == [.data(.forward, "abc"), .end(.forward)])
    }

    @Test func `a FIN whose data never comes ends the stream after a gap`() {
        var builder = Self.opened
        builder.send("abc", from: .client)
        builder.finish(from: .client)
        let result = Reassembled(builder.frames.dropping(3))
        #expect(result.events == [.gap(.forward, 3), .end(.forward)])
    }

    @Test func `what waits for a FIN that was not captured, and for bytes too, is not kept back`() {
        var builder = Self.opened
        builder.send("abc", from: .client)
        builder.finish(from: .client)
        builder.sendUnseen(3, from: .server)
        builder.send("def", from: .server)
        let result = Reassembled(builder.frames.dropping(4))
        #expect(
            result.events == [.data(.forward, "abc"), .gap(.backward, 3), .data(.backward, "def")]
        )
    }

    @Test func `data after a FIN follows the end without a gap`() {
        var builder = Self.opened
        builder.send("abc", from: .client)
        builder.finish(from: .client)
        builder.send("def", from: .client)
        let result = Reassembled(builder.frames)
        #expect(
            result.events == [.data(.forward, "abc"), .end(.forward), .data(.forward, "def")]
        )
        let late = Reassembled(builder.frames.swapping(4, 5))
        #expect(late.events == result.events)
    }

    @Test func `a forged FIN far ahead does not hide the true one`() {
        var builder = Self.opened
        builder.send("abc", from: .client)
        builder.append(
            TCPFrameBuilder.Segment(
                sequence: builder.nextSequence(of: .client) &+ 1_000_000_000,
                flags: [.fin, .ack]
            ),
            from: .client
        )
        builder.send("def", from: .client)
        builder.finish(from: .client)
        let result = Reassembled(builder.frames, flushing: false)
        #expect(
            result.events == [.data(.forward, "abc"), .data(.forward, "def"), .end(.forward)]
        )
    }

    @Test func `a reset comes after the data that was sent before it`() {
        var builder = Self.opened
        builder.send("abc", from: .client)
        builder.reset(from: .server)
        let result = Reassembled(builder.frames)
        #expect(result.events == [.data(.forward, "abc"), .reset(.backward)])
    }

    @Test(arguments: [-100_000, 2_000_000])
    func `a forged reset outside the window counts for nothing`(distance: Int) {
        var builder = Self.opened
        builder.send("abc", from: .client)
        builder.send("xyz", from: .server)
        builder.append(
            TCPFrameBuilder.Segment(
                sequence: builder.nextSequence(of: .server)
                    &+ UInt32(truncatingIfNeeded: distance),
                flags: .rst
            ),
            from: .server
        )
        builder.send("def", from: .client)
        let result = Reassembled(builder.frames)
        #expect(result.forward.text == "abcdef")
        #expect(!result.events.contains(.reset(.backward)))
    }

    @Test func `a reset beyond a hole gives up the hole`() {
        var builder = Self.opened
        builder.sendUnseen(10, from: .client)
        builder.send("abc", from: .client)
        builder.reset(from: .client)
        let result = Reassembled(builder.frames)
        #expect(
            result.events == [.gap(.forward, 10), .data(.forward, "abc"), .reset(.forward)]
        )
    }

    @Test func `a connection that is refused and then accepted is not closed`() {
        var builder = ConversationBuilder()
        builder.append(from: .client, flags: .syn)
        let number = builder.nextSequence(of: .client)
        builder.append(
            TCPFrameBuilder.Segment(
                sequence: 0,
                acknowledgement: number,
                flags: [.rst, .ack]
            ),
            from: .server
        )
        builder.append(
            TCPFrameBuilder.Segment(sequence: number &- 1, flags: .syn),
            from: .client
        )
        builder.append(from: .server, flags: [.syn, .ack])
        builder.acknowledge(from: .client)
        builder.send("abc", from: .client)
        builder.send("xyz", from: .server)
        let result = Reassembled(builder.frames)
        #expect(result.count == 1)
        #expect(result.forward.text == "abc")
        #expect(result.backward.text == "xyz")
        #expect(result.backward.gaps.isEmpty)
    }
}
