import Bytes
import Packets
import Support
import Testing
import Trace
import TraceOutput

/// However many shards the connections are divided into, and whenever these are worked off, the
/// trace is the same.
@Suite struct ShardTests {
    /// What the tracer is asked for, with limits that are never reached and some that are.
    private static let options: [TracerOptions] = [
        TracerOptions(),
        {
            var options = TracerOptions()
            (options.memoryLimit, options.contentLimit) = (4000, 1000)
            return options
        }(),
        {
            var options = TracerOptions()
            options.memoryLimit = 40_000
            options.holdsSwitched = false
            return options
        }(),
    ]

    @Test(arguments: options, 0..<6)
    func `any number of shards gives the same trace`(options: TracerOptions, seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        let frames = Self.traffic(using: &generator)
        let expected = Self.render(frames, options)
        #expect(expected.contains(#""status":404"#))
        if seed == 4, options != TracerOptions() {
            #expect(expected.contains("memory-limit-reached"))
        }
        for count in 1...3 {
            let shards = InlineShards(count, options)
            var tracer = ShardedTracer(options: options, workers: shards)
            for (index, built) in frames.enumerated() {
                tracer.process(built.frame(number: index + 1), built.bytes.span)
                if Int.random(in: 0..<8, using: &generator) == 0 { tracer.flush() }
            }
            tracer.finish()
            let results = shards.results(tracer)
            #expect(results.isInOrder)
            #expect(Self.text(results.exchanges, results.summary) == expected)
        }
    }

    /// The same with one tracer.
    private static func render(_ frames: [BuiltFrame], _ options: TracerOptions) -> String {
        var tracer = Tracer(options: options)
        var exchanges: [Exchange] = []
        for (index, built) in frames.enumerated() {
            tracer.process(built.frame(number: index + 1), built.bytes.span)
            tracer.takeFinished { exchanges.append($0) }
        }
        tracer.finish()
        tracer.takeFinished { exchanges.append($0) }
        return text(exchanges, tracer.summary)
    }

    private static func text(_ exchanges: [Exchange], _ summary: TraceSummary) -> String {
        var output = OutputOptions()
        output.includesSummaryLine = true
        var renderer = ExchangeRenderer(format: .json, options: output)
        var buffer = OutputBuffer()
        for exchange in exchanges { renderer.render(exchange, into: &buffer) }
        renderer.summary(summary, into: &buffer)
        return buffer.withBytes { String(decoding: [UInt8](copying: $0), as: UTF8.self) }
    }

    /// Conversations whose frames are mixed, with some lost, some repeated, some late, and a clock
    /// that runs back now and then.
    private static func traffic(using generator: inout SeededGenerator) -> [BuiltFrame] {
        var queues = (0..<9).map { number in
            conversation(number, using: &generator).frames[...]
        }
        var frames: [BuiltFrame] = []
        while !queues.isEmpty {
            let index = Int.random(in: queues.indices, using: &generator)
            guard let frame = queues[index].popFirst() else {
                queues.remove(at: index)
                continue
            }
            switch Int.random(in: 0..<20, using: &generator) {
            case 0: break
            case 1: frames += [frame, frame]
            case 2: frames.insert(frame, at: max(0, frames.count - 2))
            default: frames.append(frame)
            }
        }
        return frames
    }

    private static func conversation(
        _ number: Int,
        using generator: inout SeededGenerator
    ) -> ConversationBuilder {
        let client = Endpoint(
            address: IPAddress(version4: 0x0A00_0001),
            port: UInt16(4000 + number % 7)
        )
        var builder = ConversationBuilder(client: client)
        builder.handshake()
        for _ in 0..<Int.random(in: 20...60, using: &generator) {
            builder.wait(nanoseconds: Int64.random(in: -20_000_000...90_000_000, using: &generator))
            switch Int.random(in: 0..<8, using: &generator) {
            case 0:
                builder.send(
                    "POST / HTTP/1.1\nHost: h\r\nContent-Length: 4000\r\n\r\n",
                    from: .client
                )
                builder.send([UInt8](repeating: 0x61, count: 4000), from: .client)
                builder.send("HTTP/1.1 404 No\r\nContent-Length: 2\r\n\r\nno", from: .server)
            case 1:
                builder.send(
                    "GET / HTTP/1.1\r\nHost: h\r\n\r\nGET /2 HTTP/1.1\r\nHost: h\r\n\r\n",
                    from: .client
                )
                builder.send("HTTP/1.1 204 N\r\n\r\nstray", from: .server)
                builder.send("HTTP/1.1 100 C\r\n\r\nHTTP/1.1 304 N\r\n\r\n", from: .server)
            case 2:
                builder.send(
                    "GET /\(String(repeating: "x", count: 3000)) HTTP/1.1\r\n",
                    from: .client
                )
                builder.send("Host: h\r\n\r\n", from: .client)
                builder.send("HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n", from: .server)
            case 3:
                builder.send("GET /long HTTP/1.1\r\nHost: h\r\n\r\n", from: .client)
                builder.send("HTTP/1.1 200 OK\r\nContent-Length: 40000\r\n\r\n", from: .server)
                builder.send([UInt8](repeating: 0x47, count: 40_000), from: .server)
            case 5:
                // Somebody else's reset, in the middle of content, and it goes on.
                builder.send("GET /forged HTTP/1.1\r\nHost: h\r\n\r\n", from: .client)
                builder.send("HTTP/1.1 200 OK\r\nContent-Length: 30000\r\n\r\n", from: .server)
                builder.send([UInt8](repeating: 0x48, count: 20_000), from: .server)
                let forged = TCPFrameBuilder.Segment(
                    sequence: builder.nextSequence(of: .client),
                    flags: .rst
                )
                builder.append(forged, from: .client)
                builder.send([UInt8](repeating: 0x48, count: 10_000), from: .server)
            case 4: builder.send("nothing of HTTP\r\n", from: .server)
            default:
                builder.send("GET /last HTTP/1.1\r\nHost: h\r\n\r\n", from: .client)
                builder.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", from: .server)
            }
        }
        switch number % 4 {
        case 0: builder.close()
        case 1: builder.reset(from: .client)
        case 2:
            builder.send("GET / HTTP/1.1\r\nHost: h\r\nUpgrade: \(number)\r\n\r\n", from: .client)
            builder.send("HTTP/1.1 101 S\r\nUpgrade: \(number)\r\n\r\nbytes", from: .server)
        default:
            // A line that only the end of the stream ends.
            builder.send("GET / HTTP/1.1\r\nHost: h\r\nOpen: line", from: .client)
            builder.finish(from: .client)
        }
        return builder
    }
}
