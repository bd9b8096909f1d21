import Packets
import Reassembly
import Support
import Testing

/// Segments that a receiver drops: beyond its window, or with an acknowledgement of what it never sent.
struct UnacceptableTests {
    private static let sides = [ConversationBuilder.Side.client, .server]

    private static func ask(_ builder: inout ConversationBuilder, _ rounds: Range<Int>) {
        for round in rounds {
            builder.send("ask \(round) ", from: .client)
            builder.send("say \(round) ", from: .server)
            builder.acknowledge(from: .client)
        }
    }

    /// Three rounds with a forged segment in front of one of them, in which the numbers are as far
    /// ahead as told.
    private static func forged(
        _ side: ConversationBuilder.Side,
        round: Int,
        ahead: UInt32 = 0,
        acknowledgingAhead: UInt32 = 0,
        text: String = "evil"
    ) -> ConversationBuilder {
        var builder = ConversationBuilder()
        builder.handshake()
        ask(&builder, 0..<round)
        if side == .server { builder.send("ask \(round) ", from: .client) }
        let segment = TCPFrameBuilder.Segment(
            sequence: builder.nextSequence(of: side) &+ ahead,
            acknowledgement: builder.nextSequence(of: side.peer) &+ acknowledgingAhead,
            flags: text.isEmpty ? .ack : [.psh, .ack],
            payload: Array(text.utf8)
        )
        builder.append(segment, from: side)
        if side == .server {
            builder.send("say \(round) ", from: .server)
            builder.acknowledge(from: .client)
        }
        ask(&builder, (side == .server ? round + 1 : round)..<3)
        builder.close()
        return builder
    }

    private static func expectAllRight(_ result: Reassembled, refused: Int) {
        #expect(result.forward.text == "ask 0 ask 1 ask 2 " && result.forward.gaps.isEmpty)
        #expect(result.backward.text == "say 0 say 1 say 2 " && result.backward.gaps.isEmpty)
        #expect(result.forward.hasEnded && result.backward.hasEnded)
        #expect(result.duplicates == 0 && result.refused == refused)
        #expect(result.oddities == (refused > 0 ? [.ignoredSegment] : []))
    }

    @Test(arguments: sides, 0...2)
    func `data far beyond the window is not taken`(side: ConversationBuilder.Side, round: Int) {
        for ahead in [70_000, 300_000, 1_000_000_000] as [UInt32] {
            let builder = Self.forged(side, round: round, ahead: ahead)
            Self.expectAllRight(Reassembled(builder.frames), refused: 4)
        }
    }

    @Test(arguments: sides, 0...2)
    func `what acknowledges bytes that were never sent is not taken`(
        side: ConversationBuilder.Side,
        round: Int
    ) {
        for ahead in [100, 100_000, 1 << 24] as [UInt32] {
            for text in ["evil", "x", "as much as two rounds say"] {
                let builder = Self.forged(
                    side,
                    round: round,
                    acknowledgingAhead: ahead,
                    text: text
                )
                Self.expectAllRight(Reassembled(builder.frames), refused: text.utf8.count)
            }
            let bare = Self.forged(side, round: round, acknowledgingAhead: ahead, text: "")
            Self.expectAllRight(Reassembled(bare.frames), refused: 0)
        }
    }

    @Test func `what was lost on a window's far side is a gap`() {
        var builder = ConversationBuilder()
        builder.handshake()
        builder.send("ask", from: .client)
        let first = builder.frames.count
        for _ in 0..<60 { builder.send([UInt8](repeating: 1, count: 1460), from: .server) }
        builder.acknowledge(from: .client)
        let last = builder.frames.count
        builder.send("end", from: .server)
        builder.acknowledge(from: .client)
        builder.close()
        let result = Reassembled(
            Array(builder.frames[..<first]) + builder.frames[last...]
        )
        #expect(result.backward.text == "end")
        #expect(result.backward.gaps == [60 * 1460])
        #expect(result.refused == 0)
    }
}
