import Bytes
import Packets
import Support
import Testing
import Trace

/// Every captured byte is accounted for, whatever the capture holds.
struct LedgerTests {
    private static var built: [BuiltFrame] {
        var builder = conversation(["/a", "/b"], isClosed: false)
        builder.segmentSize = 30
        builder.ask("/c", method: "POST", content: String(repeating: "content ", count: 20))
        builder.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n", from: .server)
        builder.send("hello\r\n0\r\n\r\nrubbish\r\n", from: .server)
        builder.ask("/d")
        builder.answer(String(repeating: "d", count: 200))
        builder.close()
        return builder.frames
    }

    private func check(_ frames: [BuiltFrame], _ options: TracerOptions = TracerOptions()) {
        let traced = Traced(frames, options: options)
        let ledger = traced.summary.ledger
        #expect(ledger.imbalance == 0)
        #expect(
            min(ledger.message, ledger.duplicate, ledger.notHTTP, ledger.unclaimed, ledger.gap) >= 0
        )
        #expect(traced.summary.exchanges == traced.exchanges.count)
        #expect(traced.summary.frames == frames.count)
        let places = traced.exchanges.map { "\($0.stream) \($0.index)" }
        #expect(Set(places).count == places.count)
    }

    @Test func `the ledger adds up without any one frame, and with any one doubled or cut`() {
        let frames = Self.built
        check(frames)
        for index in frames.indices {
            check(frames.dropping(index))
            check(frames.duplicating(index))
            check(frames.moving(index, to: frames.count - 1))
            check(frames.moving(index, to: 0))
            var cut = frames
            cut[index] = frames[index].cut(to: 60)
            check(cut)
            check(Array(frames[index...]))
            check(Array(frames[..<index]))
        }
    }

    @Test(arguments: 0..<300)
    func `the ledger adds up for any damage`(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        var frames = Self.built
        for _ in 0...Int.random(in: 0...20, using: &generator) {
            let index = Int.random(in: frames.indices, using: &generator)
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: frames = frames.dropping(index)
            case 1: frames = frames.duplicating(index)
            case 2: frames[index] = frames[index].cut(to: Int.random(in: 0...90, using: &generator))
            case 3: frames.swapAt(index, Int.random(in: frames.indices, using: &generator))
            default:
                let place = Int.random(in: 14...70, using: &generator)
                guard place < frames[index].bytes.count else { continue }
                frames[index].bytes[place] = UInt8.random(in: .min ... .max, using: &generator)
            }
            if frames.count < 2 { break }
        }
        check(frames)
    }

    @Test(arguments: 0..<300)
    func `the ledger adds up for segments made by chance`(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        var random = RandomFrames()
        random.spread = [UInt32.max, 1 << 31, 300, 5000][seed % 4]
        random.hasCuts = seed % 3 == 0
        random.payload = Array(
            "GET / HTTP/1.1\r\nHost: h\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc".utf8
        )
        var options = TracerOptions()
        if seed % 2 == 0 { options.memoryLimit = 1000 }
        check(random.frames(300, using: &generator), options)
    }
}
