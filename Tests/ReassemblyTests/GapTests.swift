import Packets
import Reassembly
import Support
import Testing

struct GapTests {
    private static var opened: ConversationBuilder {
        var builder = ConversationBuilder()
        builder.handshake()
        return builder
    }

    @Test func `a hole that the other side has acknowledged is a gap after 64 frames`() {
        var builder = Self.opened
        builder.interval = 1000
        builder.sendUnseen(7, from: .client)
        builder.send("abc", from: .client)
        builder.acknowledge(from: .server)
        let held = Reassembled(builder.frames, flushing: false)
        #expect(held.events.isEmpty)
        for _ in 0..<TCPConnection.framesToWait { builder.acknowledge(from: .client) }
        let result = Reassembled(builder.frames, flushing: false)
        #expect(result.events == [.gap(.forward, 7), .data(.forward, "abc")])
    }

    @Test func `a hole that the other side has acknowledged is a gap after a second`() {
        var builder = Self.opened
        builder.sendUnseen(7, from: .client)
        builder.send("abc", from: .client)
        builder.acknowledge(from: .server)
        builder.wait(nanoseconds: TCPConnection.nanosecondsToWait)
        builder.acknowledge(from: .client)
        let result = Reassembled(builder.frames, flushing: false)
        #expect(result.events == [.gap(.forward, 7), .data(.forward, "abc")])
    }

    /// A segment without the ACK flag, of which nothing tells whether it is its sender's first.
    private static func alone(_ sequence: UInt32, _ text: String) -> TCPFrameBuilder.Segment {
        .init(sequence: sequence, acknowledgement: 0, flags: [], payload: Array(text.utf8))
    }

    @Test func `a hole behind the first segment is one, where a refusal acknowledges more`() {
        var builder = ConversationBuilder()
        let refusal = TCPFrameBuilder.Segment(
            sequence: 500,
            acknowledgement: 1024,
            flags: [.syn, .rst, .ack],
            payload: []
        )
        builder.append(Self.alone(1000, "a"), from: .client)
        builder.append(refusal, from: .server)
        builder.append(Self.alone(1042, "b"), from: .client)
        #expect(
            Reassembled(builder.frames).events == [
                .data(.forward, "a"), .gap(.forward, 41), .data(.forward, "b"), .reset(.backward),
            ]
        )
    }

    @Test func `a hole behind the first segment is one, where a reset counts meanwhile`() {
        var builder = ConversationBuilder()
        let reset = TCPFrameBuilder.Segment(
            sequence: 1000,
            acknowledgement: 5000,
            flags: [.rst, .ack],
            payload: []
        )
        builder.append(reset, from: .client)
        builder.wait(nanoseconds: 4_000_000_000)
        builder.append(Self.alone(5018, "a"), from: .server)
        builder.append(Self.alone(5031, "b"), from: .server)
        let stream = Reassembled(builder.frames).backward
        #expect(stream.text == "ab")
        #expect(stream.gaps.last == 12)
    }

    @Test func `a hole that nothing proves is waited for`() {
        var builder = Self.opened
        builder.sendUnseen(7, from: .client)
        builder.send("abc", from: .client)
        builder.wait(nanoseconds: 10 * TCPConnection.nanosecondsToWait)
        for _ in 0..<200 { builder.send("d", from: .client) }
        #expect(Reassembled(builder.frames, flushing: false).events.isEmpty)
        #expect(Reassembled(builder.frames).forward.gaps == [7])
    }

    @Test func `a hole that nothing proves does not stop the other direction`() {
        var builder = Self.opened
        let acknowledged = builder.nextSequence(of: .client)
        builder.sendUnseen(7, from: .client)
        builder.send("abc", from: .client)
        // The server's hole is proven; what it acknowledges is from before the client's.
        let start = builder.nextSequence(of: .server)
        builder.append(
            TCPFrameBuilder.Segment(
                sequence: start &+ 5,
                acknowledgement: acknowledged,
                payload: Array("xyz".utf8)
            ),
            from: .server
        )
        for _ in 0...TCPConnection.framesToWait + 1 {
            builder.append(
                TCPFrameBuilder.Segment(
                    sequence: builder.nextSequence(of: .client),
                    acknowledgement: start &+ 8,
                    flags: .ack
                ),
                from: .client
            )
        }
        let result = Reassembled(builder.frames, flushing: false)
        #expect(result.events == [.gap(.backward, 5), .data(.backward, "xyz")])
    }

    @Test func `a frame that the snap length cut leaves a gap of what is missing`() {
        var builder = Self.opened
        builder.segmentSize = 10
        builder.send("abcdefghijklmnopqrst", from: .client)
        let header = builder.frames[3].bytes.count - 10
        let frames = builder.frames.enumerated().map { index, frame in
            index < 3 ? frame : frame.cut(to: header + 4)
        }
        let result = Reassembled(frames)
        #expect(
            result.events == [
                .data(.forward, "abcd"), .gap(.forward, 6), .data(.forward, "klmn"),
                .gap(.forward, 6),
            ]
        )
        let turned = Reassembled(frames.swapping(3, 4))
        #expect(turned.events == result.events)
    }

    @Test func `so much behind a hole that memory would grow gives the hole up`() {
        var builder = Self.opened
        builder.segmentSize = 60_000
        builder.sendUnseen(1, from: .client)
        var options = ReassemblyOptions()
        options.bytesToHold = 1 << 20
        builder.send([UInt8](repeating: 0x61, count: (1 << 20) + 60_000), from: .client)
        let result = Reassembled(builder.frames, flushing: false, options: options)
        #expect(result.forward.gaps == [1])
        #expect(result.forward.bytes.count >= 1 << 20)
    }

    @Test func `tiny segments behind a hole are not kept without limit`() {
        var builder = Self.opened
        let start = builder.nextSequence(of: .client)
        // In falling order, each goes in front of all others.
        for index in (1...20_000).reversed() {
            builder.append(
                TCPFrameBuilder.Segment(sequence: start &+ UInt32(index), payload: [0x61]),
                from: .client
            )
        }
        var options = ReassemblyOptions()
        options.bytesToHold = 1 << 20
        let result = Reassembled(builder.frames, flushing: false, options: options)
        #expect(!result.forward.bytes.isEmpty)
        #expect(result.captured > result.delivered)
    }

    @Test(arguments: [3, 4, 5] as [UInt64])
    func `thousands of segments in any order give the stream`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var builder = Self.opened
        builder.segmentSize = 7
        let bytes = (0..<20_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let before = builder.frames.count
        builder.send(bytes, from: .client)
        let frames =
            builder.frames[..<before] + builder.frames[before...].shuffled(using: &generator)
        let result = Reassembled(Array(frames))
        #expect(result.forward.bytes == bytes)
        #expect(result.forward.gaps == [])
    }
}
