import Findings
import Packets
import Support
import Testing
import Trace

/// How long exchanges and connections are kept.
struct LifetimeTests {
    @Test func `exchanges come in the order in which they ended`() {
        var one = conversation([], isClosed: false)
        let endpoint = Endpoint(address: IPAddress(version4: 9), port: 9)
        var two = ConversationBuilder(client: endpoint)
        two.handshake()
        one.ask("/slow")
        two.exchange("/fast")
        two.exchange("/next")
        let tail = one.frames.count
        one.answer("slow")
        let frames = Array(one.frames[..<tail]) + two.frames + Array(one.frames[tail...])
        #expect(Traced(frames).pairs == ["GET /fast 200", "GET /next 200", "GET /slow 200"])
    }

    @Test func `stray bytes are told with the message in front of them`() {
        var builder = conversation(["/a"], isClosed: false)
        builder.send("rubbish\r\n", from: .server)
        builder.exchange("/b")
        let traced = Traced(builder)
        #expect(traced.exchanges.map(\.codes) == [[.contentAfterMessage], []])
        #expect(traced.summary.ledger.unclaimed == 9)
    }

    @Test func `a finished exchange is held for 50 ms and no longer`() {
        var builder = conversation(["/a"], isClosed: false)
        var tracer = Tracer()
        var count = 0
        let answered = builder.frames.count
        builder.wait(nanoseconds: 60_000_000)
        builder.acknowledge(from: .client)
        for (index, frame) in builder.frames.enumerated() {
            tracer.process(frame.frame(number: index + 1), frame.bytes.span)
            tracer.takeFinished { _ in count += 1 }
            #expect(count == (index < answered ? 0 : 1))
        }
    }

    @Test(arguments: [0, -1_000_000])
    func `a clock that stands still or runs backwards holds nothing for ever`(interval: Int64) {
        var silent = conversation([], isClosed: false)
        silent.interval = interval
        silent.exchange("/silent")
        var tracer = Tracer()
        var (number, finished, most) = (0, 0, 0)
        var frames = silent.frames
        for port in 1...6000 as ClosedRange<UInt16> {
            let client = Endpoint(address: IPAddress(version4: 77), port: port)
            var builder = ConversationBuilder(client: client, start: silent.time)
            builder.interval = interval
            builder.handshake()
            builder.exchange("/")
            frames += builder.frames
        }
        var ended = -1
        for frame in frames {
            number += 1
            tracer.process(frame.frame(number: number), frame.bytes.span)
            tracer.takeFinished { _ in finished += 1 }
            ended = tracer.summary.exchanges
            most = max(most, ended - finished)
        }
        #expect(ended == 6001)
        #expect(most <= 5000)
    }

    @Test func `bytes after the close are counted and open nothing`() {
        var builder = conversation(["/a"])
        builder.send("late", from: .server)
        builder.send("later", from: .client)
        let traced = Traced(builder)
        #expect(traced.pairs == ["GET /a 200"])
        #expect(traced.summary.ledger.unclaimed == 9)
        #expect(traced.summary.otherStreams.isEmpty)
    }

    @Test func `a forged reset does not end the numbering of exchanges`() {
        var builder = conversation(["/a"], isClosed: false)
        builder.append(
            TCPFrameBuilder.Segment(sequence: builder.nextSequence(of: .client), flags: .rst),
            from: .client
        )
        builder.exchange("/b")
        builder.exchange("/c")
        let traced = Traced(builder)
        #expect(traced.pairs == ["GET /a 200", "GET /b 200", "GET /c 200"])
        #expect(traced.exchanges.map(\.index) == [0, 1, 2])
        #expect(traced.summary.streams == 1)
    }

    @Test(arguments: [true, false])
    func `many connections do not stay`(isRefused: Bool) {
        var options = TracerOptions()
        if !isRefused { options.memoryLimit = 2 << 20 }
        var tracer = Tracer(options: options)
        var most = 0
        let count = 10_000
        for number in 0..<count {
            let address = IPAddress(version4: UInt32(number / 60_000))
            let client = Endpoint(address: address, port: UInt16(number % 60_000))
            let time = Timestamp(nanoseconds: Int64(number) * 100_000_000)
            var builder = ConversationBuilder(client: client, start: time)
            builder.append(from: .client, flags: .syn)
            if isRefused { builder.reset(from: .server) }
            for frame in builder.frames {
                tracer.process(frame.frame(number: number + 1), frame.bytes.span)
            }
            most = max(most, tracer.connectionCount)
        }
        #expect(most <= (isRefused ? 2000 : 5500))
        tracer.finish()
        #expect(tracer.summary.streams == count)
        let outcome = isRefused ? "connection refused" : "connection not answered"
        #expect(tracer.summary.otherStreams == [outcome: count])
    }

    @Test func `thousands of unanswered requests take no quadratic time`() {
        let count = 20_000
        var builder = conversation([], isClosed: false)
        for _ in 0..<count { builder.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n", from: .client) }
        builder.segmentSize = 60_000
        let answer = Array("HTTP/1.1 204 N\r\n\r\n".utf8)
        builder.send(Array((0..<count).map { _ in answer }.joined()), from: .server)
        let traced = Traced(builder)
        #expect(traced.summary.exchanges >= count)
        #expect(traced.summary.ledger.imbalance == 0)
    }

    @Test func `the limit on memory gives up a hole and says so`() {
        var options = TracerOptions()
        options.memoryLimit = 10_000
        var builder = conversation([], isClosed: false)
        builder.ask("/a")
        builder.send("HTTP/1.1 200 OK\r\nContent-Length: 2000000\r\n\r\n", from: .server)
        builder.sendUnseen(100, from: .server)
        for _ in 0..<1200 { builder.send(String(repeating: "x", count: 1000), from: .server) }
        let traced = Traced(builder, options: options)
        #expect(traced.pairs == ["GET /a 200"])
        #expect(traced.codes.contains(.memoryLimitReached))
    }

    @Test func `the limit on memory gives up what is open and silent longest, and says so`() {
        var options = TracerOptions()
        options.memoryLimit = 1_500_000
        var frames: [BuiltFrame] = []
        for number in 0..<2000 {
            let endpoint = Endpoint(address: IPAddress(version4: 9), port: UInt16(1000 + number))
            var builder = ConversationBuilder(client: endpoint)
            builder.handshake()
            // A third waits for its answer, a third is not over, a third is answered at once.
            builder.send("GET /\(number) HTTP/1.1\r\nHost: h\r\nX: ", from: .client)
            if number % 3 > 0 {
                builder.send(String(repeating: "x", count: 500) + "\r\n\r\n", from: .client)
            }
            if number % 3 > 1 { builder.answer("hello") }
            frames += builder.frames
        }
        let traced = Traced(frames, options: options)
        #expect(traced.summary.ledger.imbalance == 0)
        #expect(traced.exchanges.count == 2000)
        let targets = Set(traced.exchanges.map { $0.request?.target })
        #expect(targets == Set((0..<2000).map { "/\($0)" }))
        // What goes first is what came first; what came last has its answer or waits for it.
        let givenUp = traced.exchanges.filter { $0.codes.contains(.memoryLimitReached) }
        #expect(200...1900 ~= givenUp.count)
        #expect(givenUp.allSatisfy { $0.response == nil })
        #expect(traced.exchanges.last?.codes.contains(.memoryLimitReached) == false)
        #expect(traced.exchanges.count { $0.response != nil } == 666)
    }

    @Test func `no more content is kept than is asked for`() {
        var options = TracerOptions()
        options.contentLimit = 5
        let traced = Traced(conversation(["/abcdefgh"]), options: options)
        #expect(traced.exchanges.first?.response?.content == Array("/abcd".utf8))
        #expect(traced.exchanges.first?.response?.contentLength == 9)
    }

    @Test func `frames and times are those of the first and the last byte`() {
        var builder = conversation([], isClosed: false)
        builder.segmentSize = 20
        builder.ask("/a")
        builder.answer("0123456789012345678901234567890123456789")
        let frames = builder.frames
        let plain = Traced(frames).exchanges[0]
        #expect(plain.request?.firstFrame == 4)
        #expect(plain.request?.lastFrame == 5)
        #expect(plain.response?.firstFrame == 6)
        #expect(plain.response?.lastFrame == frames.count)
        #expect(plain.timing.connect == 2_000_000)
        #expect(plain.timing.firstByte == 2_000_000)
        #expect(plain.timing.total == Int64(frames.count - 4) * 1_000_000)
        // The first frame of the response comes last: it fills the hole and completes all.
        let late = Traced(frames.moving(5, to: frames.count - 1)).exchanges[0]
        #expect(late.response?.firstFrame == frames.count)
        #expect(late.response?.lastFrame == frames.count)
    }
}
