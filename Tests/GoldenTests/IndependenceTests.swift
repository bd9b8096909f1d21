import Bytes
import CaptureIO
import Packets
import Support
import Testing
import Trace
import TraceOutput

/// What is shown of a connection depends on its own frames, and on no other's.
@Suite struct IndependenceTests {
    @Test(arguments: GoldenCapture.all)
    func `a connection gives the same alone as among all others`(capture: GoldenCapture) {
        expectIndependence(of: Self.frames(of: capture))
    }

    @Test(arguments: 0..<6 as Range<UInt64>)
    func `so it does where frames are lost, late and long awaited`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        expectIndependence(of: Self.traffic(using: &generator))
    }

    private func expectIndependence(of frames: [NumberedFrame]) {
        let connections = frames.map { Connection(of: $0.built) }
        let together = Self.exchanges(in: frames)
        for connection in together.keys {
            let own = zip(frames, connections).filter { $1 == nil || $1 == connection }
            let alone = Self.exchanges(in: own.map(\.0))[connection] ?? []
            let differing = zip(alone, together[connection] ?? []).first { $0 != $1 }
            #expect(differing == nil, "\(connection)")
            #expect(alone.count == together[connection]?.count)
        }
    }

    private struct NumberedFrame: Sendable {
        var number: Int
        var built: BuiltFrame
    }

    /// The two ends of a connection, whichever sends.
    private struct Connection: Hashable, CustomStringConvertible {
        let ends: Set<Endpoint>

        init(_ one: Endpoint, _ two: Endpoint) { ends = [one, two] }

        /// That of the segment in a frame; `nil` where there is none, or only a piece of one.
        init?(of frame: BuiltFrame) {
            let outcome = PacketDecoder.decode(
                frame.bytes.span,
                linkType: frame.linkType,
                originalLength: frame.originalLength
            )
            guard case .segment(let segment) = outcome else { return nil }
            self.init(segment.source, segment.destination)
        }

        var description: String { ends.map { "\($0)" }.sorted().joined(separator: " and ") }
    }

    /// The exchanges by connection as JSON, without the number of the connection.
    private static func exchanges(in frames: [NumberedFrame]) -> [Connection: [String]] {
        var options = TracerOptions()
        options.contentLimit = 1000
        var tracer = Tracer(options: options)
        var renderer = ExchangeRenderer(format: .json, options: OutputOptions())
        var found: [Connection: [String]] = [:]
        func take(_ exchange: Exchange) {
            var exchange = exchange
            exchange.stream = 0
            var buffer = OutputBuffer()
            renderer.render(exchange, into: &buffer)
            let line = buffer.withBytes { String(decoding: [UInt8](copying: $0), as: UTF8.self) }
            found[Connection(exchange.client, exchange.server), default: []].append(line)
        }
        for frame in frames {
            tracer.process(frame.built.frame(number: frame.number), frame.built.bytes.span)
            tracer.takeFinished(take)
        }
        tracer.finish()
        tracer.takeFinished(take)
        return found
    }

    private static func frames(of capture: GoldenCapture) -> [NumberedFrame] {
        var files = CaptureFiles(paths: [capture.url.path])
        var frames: [NumberedFrame] = []
        // What is wrong with a file is wrong for all of its connections.
        while !files.isAtEnd {
            _ = try? files.read { frame, bytes in
                let built = BuiltFrame(
                    bytes: [UInt8](copying: bytes),
                    timestamp: frame.timestamp,
                    originalLength: frame.originalLength,
                    linkType: frame.linkType
                )
                frames.append(NumberedFrame(number: frame.number, built: built))
            }
        }
        return frames
    }

    /// Connections at the same time with holes that are waited for, and pauses in which others are
    /// given up, forgotten and opened by the thousands.
    private static func traffic(using generator: inout SeededGenerator) -> [NumberedFrame] {
        var frames: [BuiltFrame] = []
        for number in 0..<12 {
            frames += conversation(number, using: &generator).enumerated().compactMap {
                // The handshake stays.
                $0 < 3 || Int.random(in: 0..<25, using: &generator) > 0 ? $1 : nil
            }
        }
        for port in 0..<1500 {
            let client = Endpoint(
                address: IPAddress(version4: 0x0A09_0000),
                port: UInt16(1000 + port)
            )
            let time = Timestamp(nanoseconds: 1_700_000_000_000_000_000 + Int64(port) * 200_000_000)
            var builder = ConversationBuilder(client: client, start: time)
            builder.append(from: .client, flags: .syn)
            builder.reset(from: .server)
            frames += builder.frames
        }
        let inTime = frames.sorted { $0.timestamp.nanoseconds < $1.timestamp.nanoseconds }
        return inTime.enumerated().map { NumberedFrame(number: $0 + 1, built: $1) }
    }

    private static func conversation(
        _ number: Int,
        using generator: inout SeededGenerator
    ) -> [BuiltFrame] {
        let client = Endpoint(
            address: IPAddress(version4: 0x0A00_0001),
            port: UInt16(4000 + number)
        )
        let start = Timestamp(nanoseconds: 1_700_000_000_000_000_000 + Int64(number) * 70_000_000)
        var builder = ConversationBuilder(client: client, start: start)
        let pauses: [Int64] = [0, 1, 30, 45, 60, 900, 1100, 12_000, 125_000]
        func pause() {
            let pause = pauses.randomElement(using: &generator) ?? 0
            builder.wait(nanoseconds: pause * 1_000_000)
        }
        for _ in 0..<3 {
            builder.handshake()
            for index in 0..<8 {
                builder.segmentSize = [20, 60, 1460][index % 3]
                builder.send(
                    "GET /\(number)/\(index) HTTP/1.1\r\nHost: h\r\n\r\n",
                    from: .client
                )
                pause()
                let content = String(repeating: "content ", count: 12)
                builder.send(
                    "HTTP/1.1 200 OK\r\nContent-Length: 96\r\n\r\n" + content,
                    from: .server
                )
                if index % 4 == 1 { builder.send("stray\r\n", from: .server) }
                pause()
                if index % 3 == 0 { builder.frames.last.map { builder.append([$0]) } }
            }
            builder.close()
            builder.send("late", from: .server)
            pause()
        }
        return builder.frames
    }
}
