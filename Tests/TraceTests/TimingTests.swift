import Packets
import Support
import Testing
import Trace

@Suite struct TimingTests {
    @Test func `the parts of an exchange follow each other`() throws {
        var builder = ConversationBuilder()
        builder.segmentSize = 40
        builder.handshake()
        builder.wait(nanoseconds: 5_000_000)
        builder.ask("/a", method: "POST", content: "0123456789")
        builder.wait(nanoseconds: 20_000_000)
        builder.answer(String(repeating: "x", count: 60))
        builder.wait(nanoseconds: 7_000_000)
        builder.exchange("/b")
        builder.close()
        let exchanges = Traced(builder).exchanges
        let first = try #require(exchanges.first).timing
        #expect(first.connect == 2_000_000)
        #expect(first.serverRoundTrip == 1_000_000)
        #expect(first.clientRoundTrip == 1_000_000)
        #expect(first.observed == .between)
        #expect(first.blocked == 6_000_000)
        #expect(first.send == 1_000_000)
        #expect(first.wait == 21_000_000)
        #expect(first.firstByte == 22_000_000)
        #expect(first.receive == 2_000_000)
        #expect(first.total == 24_000_000)
        let second = try #require(exchanges.last).timing
        #expect(second.connect == nil)
        #expect(second.observed == nil)
        #expect(second.blocked == 8_000_000)
        #expect(second.send == 0)
        #expect(exchanges[0].request?.wireLength == 59)
        #expect(exchanges[0].response?.wireLength == 38 + 60)
    }

    @Test func `a client waits for what does not come until the connection ends`() throws {
        var cut = ConversationBuilder()
        cut.handshake()
        cut.ask("/cut")
        cut.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this", from: .server)
        cut.wait(nanoseconds: 2_000_000_000)
        cut.close()
        #expect(try waited(cut) == 2_002_000_000)
        var none = ConversationBuilder()
        none.handshake()
        none.ask("/none")
        none.wait(nanoseconds: 3_000_000_000)
        none.close()
        #expect(try waited(none) == 3_001_000_000)
    }

    @Test func `what only the capture lacks was not waited for`() throws {
        var builder = ConversationBuilder()
        builder.handshake()
        builder.ask("/hole")
        builder.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly", from: .server)
        builder.sendUnseen(90, from: .server)
        builder.send("this", from: .server)
        builder.close()
        #expect(try waited(builder) == nil)
    }

    @Test func `a client that gives up has waited until then`() throws {
        var builder = ConversationBuilder()
        builder.handshake()
        builder.ask("/slow")
        builder.wait(nanoseconds: 1_000_000_000)
        builder.append(from: .client, flags: [.fin, .ack])
        builder.wait(nanoseconds: 3_000_000_000)
        builder.append(from: .server, flags: [.rst, .ack])
        #expect(try waited(builder) == 1_001_000_000)
    }

    @Test func `who closes one side and goes on reading waits for the other`() throws {
        var builder = ConversationBuilder()
        builder.handshake()
        builder.ask("/cut")
        builder.append(from: .client, flags: [.fin, .ack])
        builder.wait(nanoseconds: 1_000_000_000)
        builder.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this", from: .server)
        builder.wait(nanoseconds: 1_000_000_000)
        builder.append(from: .server, flags: [.fin, .ack])
        #expect(try waited(builder) ?? 0 > 2_000_000_000)
        var whole = ConversationBuilder()
        whole.handshake()
        whole.ask("/whole")
        whole.append(from: .client, flags: [.fin, .ack])
        whole.answer("x")
        whole.append(from: .server, flags: [.fin, .ack])
        #expect(try waited(whole) == nil)
    }

    private func waited(_ builder: ConversationBuilder) throws -> Int64? {
        try #require(Traced(builder).exchanges.first).timing.waited
    }

    @Test func `what was never captured has no time`() throws {
        var builder = ConversationBuilder()
        builder.ask("/joined")
        builder.answer("x")
        builder.ask("/cut")
        builder.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this", from: .server)
        builder.sendUnseen(91, from: .server)
        builder.close()
        let exchanges = Traced(builder).exchanges
        let joined = try #require(exchanges.first).timing
        #expect(joined.connect == nil)
        #expect(joined.blocked == nil)
        #expect(joined.firstByte == 1_000_000)
        let cut = try #require(exchanges.last).timing
        #expect(cut.blocked == 1_000_000)
        #expect(cut.wait == 1_000_000)
        #expect(cut.receive == nil)
        #expect(cut.total == nil)
    }

    @Test func `a response that comes first leaves no wait, and pipelining no idle time`() throws {
        var builder = ConversationBuilder()
        builder.handshake()
        builder.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nab", from: .client)
        builder.answer("no", status: 413)
        builder.send("cd", from: .client)
        builder.ask("/1")
        builder.ask("/2")
        builder.answer("1")
        builder.answer("2")
        builder.close()
        let timings = Traced(builder).exchanges.map(\.timing)
        try #require(timings.count == 3)
        #expect(timings[0].wait == nil)
        #expect(timings[0].firstByte == 1_000_000)
        #expect(timings[0].send == 2_000_000)
        #expect(timings[1].blocked == 1_000_000)
        #expect(timings[2].blocked == nil)
    }

    @Test func `a clock that runs backwards leaves times out`() throws {
        var builder = ConversationBuilder()
        builder.handshake()
        builder.ask("/")
        builder.wait(nanoseconds: -5_000_000)
        builder.answer("x")
        builder.close()
        let timing = try #require(Traced(builder).exchanges.first).timing
        #expect(timing.firstByte == nil)
        #expect(timing.wait == nil)
        #expect(timing.total == nil)
        #expect(timing.receive == 0)
    }

    @Test(
        arguments: [
            (20_000_000, 50_000, ObservationPoint.client), (50_000, 20_000_000, .server),
            (600_000, 700_000, .between), (20_000, 10_000, nil), (600_000, 400_000, nil),
        ] as [(Int64, Int64, ObservationPoint?)]
    )
    func `the handshake tells where the capture was made, or nothing does`(
        toServer: Int64,
        toClient: Int64,
        point: ObservationPoint?
    ) throws {
        var builder = ConversationBuilder()
        builder.interval = 0
        builder.append(from: .client, flags: .syn)
        builder.wait(nanoseconds: toServer)
        builder.append(from: .server, flags: [.syn, .ack])
        builder.wait(nanoseconds: toClient)
        builder.acknowledge(from: .client)
        builder.exchange("/")
        builder.close()
        let timing = try #require(Traced(builder).exchanges.first).timing
        #expect(timing.serverRoundTrip == toServer)
        #expect(timing.clientRoundTrip == toClient)
        #expect(timing.observed == point)
    }

    @Test func `a repeated SYN leaves the round trips open`() throws {
        let frames = conversation(["/"]).frames
        var repeated = frames
        repeated.insert(frames[0], at: 1)
        let timing = try #require(Traced(repeated).exchanges.first).timing
        #expect(timing.connect == 2_000_000)
        #expect(timing.serverRoundTrip == nil)
        #expect(timing.observed == nil)
    }

    @Test func `what TCP cost is charged to the exchange that it hit`() throws {
        var builder = conversation(["/first"], isClosed: false)
        builder.ask("/second")
        let place = builder.nextSequence(of: .server)
        builder.answer(String(repeating: "x", count: 50))
        builder.wait(nanoseconds: 5_000_000)
        builder.append(
            TCPFrameBuilder.Segment(
                sequence: place,
                acknowledgement: builder.nextSequence(of: .client),
                flags: .ack,
                payload: Array("HTTP/1.1 200".utf8)
            ),
            from: .server
        )
        builder.close()
        let exchanges = Traced(builder).exchanges
        try #require(exchanges.count == 2)
        #expect(exchanges[0].transport.isZero)
        #expect(exchanges[1].transport.retransmissions == 1)
        #expect(exchanges[1].transport.responseBytesRepeated == 12)
        #expect(exchanges[1].transport.requestBytesRepeated == 0)
    }

    @Test func `the time of a window of 0 is charged to the exchange that had to wait`() throws {
        var builder = ConversationBuilder()
        builder.handshake()
        builder.ask("/")
        let content = String(repeating: "x", count: 100)
        builder.send("HTTP/1.1 200 OK\r\nContent-Length: 200\r\n\r\n\(content)", from: .server)
        builder.append(
            TCPFrameBuilder.Segment(
                sequence: builder.nextSequence(of: .client),
                acknowledgement: builder.nextSequence(of: .server),
                flags: .ack,
                window: 0
            ),
            from: .client
        )
        builder.wait(nanoseconds: 300_000_000)
        builder.acknowledge(from: .client)
        builder.send(content, from: .server)
        builder.close()
        let exchange = try #require(Traced(builder).exchanges.first)
        #expect(exchange.transport.zeroWindow == 301_000_000)
        #expect(exchange.transport.retransmissions == 0)
        #expect(exchange.codes == [.zeroWindow])
    }

    /// What a client sends that waits for leave, and how long after that something comes.
    private static func expecting(
        _ field: String = "Content-Length: 4",
        delay: Int64 = 499_000_000
    ) -> ConversationBuilder {
        var builder = ConversationBuilder()
        builder.handshake()
        let head = "POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n\(field)\r\n\r\n"
        builder.send(head, from: .client)
        builder.wait(nanoseconds: delay)
        return builder
    }

    private static let final = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"

    @Test func `the wait for leave to send is a time of its own`() throws {
        var builder = Self.expecting()
        builder.send("HTTP/1.1 100 Continue\r\n\r\n", from: .server)
        builder.wait(nanoseconds: 100_000_000)
        builder.send("abcd", from: .client)
        builder.send(Self.final, from: .server)
        let timing = try #require(Traced(builder).exchanges.first).timing
        #expect(timing.expectation == 500_000_000)
        #expect(timing.send == 601_000_000)
        #expect(timing.total == 602_000_000)
    }

    @Test(arguments: [
        ("Content-Length: 4", "abcd"), ("Transfer-Encoding: chunked", "4\r\nabcd\r\n0\r\n\r\n"),
    ])
    func `a client that waits in vain starts by itself`(field: String, content: String) throws {
        var builder = Self.expecting(field)
        builder.send(content, from: .client)
        builder.send(Self.final, from: .server)
        let timing = try #require(Traced(builder).exchanges.first).timing
        #expect(timing.expectation == 500_000_000)
        #expect(timing.send == 500_000_000)
    }

    @Test func `a final response ends the wait, and another interim one does not`() throws {
        var builder = Self.expecting()
        builder.send("HTTP/1.1 103 Early Hints\r\n\r\n", from: .server)
        builder.wait(nanoseconds: 99_000_000)
        builder.answer("", status: 417)
        builder.exchange("/next")
        let exchanges = Traced(builder).exchanges
        #expect(exchanges.map(\.timing.expectation) == [600_000_000, nil])
    }

    @Test func `who sends content at once does not wait`() throws {
        var builder = ConversationBuilder()
        builder.handshake()
        builder.send(
            "POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\nab",
            from: .client
        )
        builder.wait(nanoseconds: 500_000_000)
        builder.send("cd", from: .client)
        builder.send(Self.final, from: .server)
        #expect(try #require(Traced(builder).exchanges.first).timing.expectation == nil)
    }

    @Test func `the total lasts as long as either side sends`() throws {
        var builder = ConversationBuilder()
        builder.handshake()
        builder.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nab", from: .client)
        builder.answer("no", status: 401)
        builder.wait(nanoseconds: 500_000_000)
        builder.send("cd", from: .client)
        let timing = try #require(Traced(builder).exchanges.first).timing
        #expect(timing.firstByte == 1_000_000)
        #expect(timing.send == 502_000_000)
        #expect(timing.total == 502_000_000)
    }
}
