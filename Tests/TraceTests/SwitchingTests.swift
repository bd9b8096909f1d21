import HTTPWire
import Support
import Testing
import Trace

@Suite struct SwitchingTests {
    private static let upgrade = """
        GET /chat HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n
        """
    private static let switching = """
        HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n
        """

    /// A connection on which a WebSocket is opened and used.
    private func chat(segmentSize: Int = 1460) -> ConversationBuilder {
        var builder = ConversationBuilder()
        builder.segmentSize = segmentSize
        builder.handshake()
        builder.send(Self.upgrade, from: .client)
        builder.send(Array(Self.switching.utf8) + [0x81, 2, 0x68, 0x69], from: .server)
        builder.send([0x81, 0x82, 1, 2, 3, 4, 0x69, 0x6B, 0x89, 0x80, 1, 2, 3, 4], from: .client)
        let long = [0x82, 126, 0, 200] + [UInt8](repeating: 7, count: 200)
        builder.send([0x8A, 0] + long, from: .server)
        return builder
    }

    @Test(arguments: [1, 3, 1460])
    func `a WebSocket's frames are counted, however they were cut`(segmentSize: Int) throws {
        var builder = chat(segmentSize: segmentSize)
        builder.close()
        let traced = Traced(builder)
        #expect(traced.pairs == ["GET /chat 101"])
        let traffic = try #require(traced.exchanges.first?.switched)
        #expect(traffic.name == "websocket")
        #expect(traffic.client.bytes == 14)
        #expect(traffic.server.bytes == 210)
        let (client, server) = (traffic.client.frames, traffic.server.frames)
        #expect(client?.count(.text) == 1)
        #expect(client?.count(.ping) == 1)
        #expect(client?.masked == 2)
        #expect(server?.count(.text) == 1)
        #expect(server?.count(.binary) == 1)
        #expect(server?.count(.pong) == 1)
        #expect(traced.summary.ledger.imbalance == 0)
        #expect(traced.summary.switched["websocket"]?.connections == 1)
        #expect(traced.summary.switched["websocket"]?.serverBytes == 210)
    }

    @Test func `the exchange waits for the end of its connection, unless it is to be shown early`()
    {
        var options = TracerOptions()
        let frames = chat().frames
        #expect(Self.shownEarly(frames, options) == 0)
        options.holdsSwitched = false
        #expect(Self.shownEarly(frames, options) == 1)
    }

    /// How many exchanges go out a second behind the last frame.
    private static func shownEarly(_ frames: [BuiltFrame], _ options: TracerOptions) -> Int {
        var tracer = Tracer(options: options)
        for (index, built) in frames.enumerated() {
            tracer.process(built.frame(number: index + 1), built.bytes.span)
        }
        var time = frames[frames.count - 1].timestamp
        time.nanoseconds += 1_000_000_000
        tracer.advance(to: time)
        var count = 0
        tracer.takeFinished { _ in count += 1 }
        return count
    }

    @Test func `a connection that is still open is counted as far as it was seen`() throws {
        let traced = Traced(chat())
        let traffic = try #require(traced.exchanges.first?.switched)
        #expect(traffic.isCounted)
        #expect(traffic.server.bytes == 210)
    }

    @Test func `a gap between frames ends the count of its direction`() throws {
        var builder = chat()
        builder.sendUnseen(9, from: .server)
        builder.send([0x81, 1, 0x61], from: .server)
        builder.close(first: .client)
        let traced = Traced(builder)
        let traffic = try #require(traced.exchanges.first?.switched)
        #expect(traffic.server.frames?.isLost == true)
        #expect(traffic.client.frames?.isLost == false)
        #expect(traced.codes.contains(.captureGap))
    }

    @Test func `what goes through a tunnel is recognised, also when it came early`() throws {
        let hello: [UInt8] = [0x16, 3, 1, 0, 2, 1, 2]
        var builder = ConversationBuilder()
        builder.handshake()
        builder.send("CONNECT h:443 HTTP/1.1\r\nHost: h:443\r\n\r\n", from: .client)
        builder.send(hello, from: .client)
        builder.send("HTTP/1.1 200 OK\r\n\r\n", from: .server)
        builder.send(hello, from: .server)
        builder.close()
        let traced = Traced(builder)
        let traffic = try #require(traced.exchanges.first?.switched)
        #expect(traffic.name == "tunnel")
        #expect(traffic.recognized == "TLS")
        #expect(traffic.client.bytes == 7)
        #expect(traffic.server.bytes == 7)
        #expect(traced.summary.ledger.notHTTP == 14)
        #expect(traced.summary.ledger.imbalance == 0)
    }

    @Test(arguments: [
        ("Content-Length: 5\r\n\r\nx", 1), ("Transfer-Encoding: chunked\r\n\r\n5\r\nxy", 2),
        ("Content-Length: 5\r\n\r\n", 0),
    ])
    func `a request whose content a switch cuts is shown with what there is of it`(
        rest: String,
        bodyLength: Int
    ) throws {
        for (line, status) in [("CONNECT h:1", "200 OK"), ("POST /", "101 Up\r\nUpgrade: x")] {
            var builder = ConversationBuilder()
            builder.handshake()
            builder.send("\(line) HTTP/1.1\r\nHost: h:1\r\n\(rest)", from: .client)
            builder.send("HTTP/1.1 \(status)\r\n\r\n", from: .server)
            builder.send("abcdef", from: .client)
            builder.close()
            let traced = Traced(builder)
            #expect(traced.pairs == ["\(line) \(status.prefix(3))"])
            #expect(traced.exchanges.first?.request?.contentLength == bodyLength)
            #expect(traced.exchanges.first?.request?.isComplete == false)
            #expect(traced.exchanges.first?.switched?.client.bytes == 6)
            #expect(traced.summary.ledger.imbalance == 0)
        }
    }

    private static let preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"

    @Test func `h2c is named, and its preface is HTTP/2`() throws {
        var builder = ConversationBuilder()
        builder.handshake()
        let fields = "Host: h\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n"
        builder.send("GET / HTTP/1.1\r\n\(fields)", from: .client)
        builder.send("HTTP/1.1 101 Up\r\nUpgrade: h2c\r\n\r\n", from: .server)
        builder.send(Self.preface, from: .client)
        builder.close()
        let exchange = try #require(Traced(builder).exchanges.first)
        #expect(exchange.switched?.name == "h2c")
        #expect(exchange.switched?.recognized == "HTTP/2")
        #expect(exchange.request?.findings.map(\.code) == [.upgradeToH2C])
    }

    @Test(arguments: [1, 1460])
    func `HTTP/2 behind an exchange is counted as such`(segmentSize: Int) {
        var builder = ConversationBuilder()
        builder.segmentSize = segmentSize
        builder.handshake()
        builder.exchange("/")
        builder.send(Self.preface, from: .client)
        builder.send([0, 0, 0, 4, 0, 0, 0, 0, 0], from: .server)
        builder.close()
        let traced = Traced(builder)
        #expect(traced.pairs == ["GET / 200"])
        #expect(traced.summary.switched["HTTP/2"]?.clientBytes == 24)
        #expect(traced.summary.switched["HTTP/2"]?.serverBytes == 9)
        #expect(traced.summary.ledger.unclaimed == 0)
        #expect(traced.summary.ledger.imbalance == 0)
    }
}
