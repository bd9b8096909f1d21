import Packets
import Support
import Testing
import Trace

/// Every captured payload byte is counted once, whatever the capture holds.
struct LedgerTests {
    private static let conversations: [ConversationBuilder] = {
        var posts = conversation([], isClosed: false)
        posts.segmentSize = 7
        for number in 0..<4 {
            posts.ask("/\(number)", method: "POST", content: "some content \(number)")
            posts.answer(String(repeating: "x", count: 50 * number))
        }
        posts.close()
        var loose = conversation([], isClosed: false)
        loose.send("POST / HTTP/1.1\r\nHost: h\r\n", from: .client)
        loose.answer("", status: 204)
        loose.send("garbage\r\n\u{1}\u{2}", from: .server)
        var foreign = conversation([], isClosed: false)
        foreign.send("SSH-2.0-a\r\n", from: .server)
        foreign.send([0, 1, 2, 3, 4], from: .client)
        return [conversation(["/a", "/b", "/c"]), posts, loose, foreign]
    }()

    @Test(arguments: conversations.indices, 0..<25)
    func `the ledger adds up however frames are lost, moved, doubled and cut`(
        index: Int,
        seed: Int
    ) {
        var generator = SeededGenerator(seed: UInt64(seed))
        var frames = Self.conversations[index].frames
        frames.removeAll { _ in seed % 3 == 1 && Int.random(in: 0..<8, using: &generator) == 0 }
        frames = frames.disturbed(window: seed % 6, doubling: 0.2, using: &generator)
        if seed % 4 == 3 { frames = frames.map { $0.cut(to: 60) } }
        let ledger = Traced(frames).summary.ledger
        #expect(ledger.imbalance == 0)
        #expect(ledger.payload >= 0 && ledger.message >= 0 && ledger.duplicate >= 0)
        #expect(ledger.notHTTP >= 0 && ledger.unclaimed >= 0 && ledger.gap >= 0)
    }

    @Test(arguments: 0..<20)
    func `the ledger adds up for segments that make no sense`(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        let texts = ["GET / HTTP/1.1\r\n\r\n", "HTTP/1.1 200 OK\r\n", "\r\n", "x", "", "A: b\r\n"]
        let ends = [1, 2].map { Endpoint(address: IPAddress(version4: 9), port: $0) }
        let frames = (0..<400).map { _ in
            let isFirst = Bool.random(using: &generator)
            let builder = TCPFrameBuilder(
                from: ends[isFirst ? 0 : 1],
                to: ends[isFirst ? 1 : 0],
                linkType: .raw
            )
            let text = texts.randomElement(using: &generator) ?? ""
            let segment = TCPFrameBuilder.Segment(
                sequence: UInt32.random(in: 0..<60, using: &generator) &- 20,
                acknowledgement: UInt32.random(in: 0..<60, using: &generator) &- 20,
                flags: .init(rawValue: UInt8.random(in: 0..<64, using: &generator)),
                payload: Array(text.utf8)
            )
            return builder.frame(segment, at: Timestamp(nanoseconds: 0))
        }
        #expect(Traced(frames).summary.ledger.imbalance == 0)
    }

    @Test func `a gap is counted by the bytes that the capture lacks`() {
        let whole = conversation(["/a", "/b"])
        // The second request: SYN, SYN-ACK, ACK, and the first exchange's two frames before it.
        let traced = Traced(whole.frames.dropping(5))
        #expect(traced.pairs == ["GET /a 200", "- 200"])
        #expect(traced.summary.ledger.gap == "GET /b HTTP/1.1\r\nHost: h\r\n\r\n".utf8.count)
    }
}
