import Packets
import Reassembly
import Support
import Testing

/// Bytes for a place that was delivered before: the same or others, sent or captured again.
struct CopyTests {
    private static func again(
        _ text: String,
        at place: UInt32 = 0,
        behind nanoseconds: Int64,
        first: String = "abcdefghijklmnopqrstuvwxyzabcdefghijklmnop"
    ) -> [SegmentOddity] {
        var builder = ConversationBuilder()
        builder.handshake()
        builder.interval = 0
        let start = builder.nextSequence(of: .server)
        builder.send(first, from: .server)
        builder.wait(nanoseconds: nanoseconds)
        builder.append(
            TCPFrameBuilder.Segment(
                sequence: start &+ place,
                acknowledgement: builder.nextSequence(of: .client),
                payload: Array(text.utf8)
            ),
            from: .server
        )
        return Reassembled(builder.frames).oddities
    }

    @Test(
        arguments: [
            ("Abcdefghijklmnopqrstuvwxyzabcdefghijklmnop", 0),
            ("abcdefghijklmnopqrstuvwxyzabcdefghijklmnoP", 0),
            ("abcX", 0), ("cX", 2), ("xbcdefghijklmnopqrstuvwxyzabcdefghijklmnop, and more", 0),
        ] as [(String, UInt32)],
        [100_000, 5_000_000, 400_000_000] as [Int64]
    )
    func `other bytes are a conflict, however soon and however cut`(
        example: (text: String, place: UInt32),
        delay: Int64
    ) {
        let oddities = Self.again(example.text, at: example.place, behind: delay)
        #expect(oddities == [.conflictingOverlap])
    }

    @Test func `the same bytes were captured again or sent again`() {
        let text = "abcdefghijklmnopqrstuvwxyzabcdefghijklmnop"
        #expect(Self.again(text, behind: 100_000) == [.duplicateFrame])
        #expect(Self.again(String(text.prefix(9)), behind: 100_000) == [.duplicateFrame])
        #expect(Self.again(text, behind: 300_000_000) == [.retransmission])
        #expect(Self.again("cde", at: 2, behind: 300_000_000) == [.retransmission])
    }

    @Test func `a merged frame behind its parts is a copy of them`() {
        var builder = ConversationBuilder()
        builder.handshake()
        builder.interval = 2_000
        builder.segmentSize = 100
        let start = builder.nextSequence(of: .server)
        let text = String(repeating: "0123456789", count: 60)
        builder.send(text, from: .server)
        builder.append(
            TCPFrameBuilder.Segment(
                sequence: start,
                acknowledgement: builder.nextSequence(of: .client),
                payload: Array(text.utf8)
            ),
            from: .server
        )
        let result = Reassembled(builder.frames)
        #expect(result.backward.text == text)
        #expect(result.oddities == [.duplicateFrame])
    }

    @Test(
        arguments: [(10_000, .outOfOrder), (300_000_000, .resentAfterLoss)]
            as [(Int64, SegmentOddity)]
    )
    func `what fills a hole late was lost`(delay: Int64, oddity: SegmentOddity) {
        var builder = ConversationBuilder()
        builder.handshake()
        builder.interval = 0
        let start = builder.nextSequence(of: .server)
        for (place, text) in [(3, "def"), (6, "ghi"), (0, "abc")] as [(UInt32, String)] {
            if place == 0 { builder.wait(nanoseconds: delay) }
            builder.append(
                TCPFrameBuilder.Segment(
                    sequence: start &+ place,
                    acknowledgement: builder.nextSequence(of: .client),
                    payload: Array(text.utf8)
                ),
                from: .server
            )
        }
        let result = Reassembled(builder.frames)
        #expect(result.backward.text == "abcdefghi")
        #expect(result.oddities == [oddity])
    }

    @Test(arguments: [0, 1] as [UInt32])
    func `numbers that stand still leave the order of capture`(number: UInt32) {
        var builder = ConversationBuilder()
        for (text, side) in [
            ("GET 1", ConversationBuilder.Side.client), ("OK 1", .server), ("GET 1", .client),
            ("OK two", .server), ("GET three", .client), ("OK 3", .server),
        ] {
            builder.append(
                TCPFrameBuilder.Segment(
                    sequence: number,
                    acknowledgement: number,
                    payload: Array(text.utf8)
                ),
                from: side
            )
        }
        let result = Reassembled(builder.frames)
        #expect(result.forward.text == "GET 1GET 1GET three")
        #expect(result.backward.text == "OK 1OK twoOK 3")
        #expect(result.events.first == .data(.forward, "GET 1"))
        #expect(result.oddities == [.uncountedNumbers])
    }

    @Test func `a SYN that takes no number leaves the first byte where it is`() {
        var builder = ConversationBuilder()
        func append(
            _ sequence: UInt32,
            _ acknowledgement: UInt32,
            _ flags: TCPFrameBuilder.Flags,
            _ text: String,
            _ side: ConversationBuilder.Side
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
        append(1000, 0, .syn, "", .client)
        append(9000, 1000, [.syn, .ack], "", .server)
        append(1000, 9000, .ack, "", .client)
        append(1000, 9000, [.psh, .ack], "ask", .client)
        append(9000, 1003, [.psh, .ack], "answer", .server)
        let result = Reassembled(builder.frames)
        #expect(result.forward == .init(bytes: Array("ask".utf8)))
        #expect(result.backward == .init(bytes: Array("answer".utf8)))
    }

    @Test func `a few segments in any order without a handshake give the same bytes`() {
        var builder = ConversationBuilder()
        builder.handshake()
        builder.segmentSize = 4
        builder.send("ask", from: .client)
        builder.send("answer it", from: .server)
        for order in Array(builder.frames[3...]).permutations {
            let result = Reassembled(order)
            let texts = [result.forward.text, result.backward.text].sorted()
            #expect(texts == ["answer it", "ask"])
            #expect(result.forward.gaps.isEmpty && result.backward.gaps.isEmpty)
        }
    }
}
