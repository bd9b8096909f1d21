import Findings
import Packets
import Support
import Testing
import Trace

/// Clients that leave before their answer, answers that nobody took, and connections that never
/// came about.
struct DepartureTests {
    private static let second: Int64 = 1_000_000_000

    private static let response = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlate"

    /// A connection with a request that nobody has answered.
    private static func asked() -> ConversationBuilder {
        var builder = ConversationBuilder()
        builder.handshake()
        builder.ask("/slow")
        builder.acknowledge(from: .server)
        return builder
    }

    /// The codes of the first exchange.
    private static func codes(_ builder: ConversationBuilder) -> [FindingCode] {
        Traced(builder).exchanges.first?.codes ?? []
    }

    @Test(arguments: [Int64(1_000_000), 300_000_000])
    func `an answer that the client resets because it has closed is told`(roundTrip: Int64) {
        for isClosedWithAnswer in [true, false] {
            var builder = Self.asked()
            builder.wait(nanoseconds: 10 * Self.second)
            builder.finish(from: .client)
            builder.wait(nanoseconds: 20 * Self.second)
            builder.send(Self.response, from: .server)
            if isClosedWithAnswer { builder.finish(from: .server) }
            builder.wait(nanoseconds: roundTrip)
            // What answers data on a connection that is gone has no acknowledgement.
            let next = builder.nextSequence(of: .client)
            builder.append(.init(sequence: next, flags: .rst), from: .client)
            let traced = Traced(builder)
            #expect(traced.pairs == ["GET /slow 200"])
            #expect(traced.exchanges[0].codes.contains(.clientGaveUp))
            #expect(!traced.exchanges[0].codes.contains(.responseNotAcknowledged))
        }
    }

    @Test func `a client that closes and is not answered gave up`() {
        var closed = Self.asked()
        closed.close(first: .client)
        #expect(Self.codes(closed) == [.clientGaveUp, .requestWithoutResponse])
        var reset = Self.asked()
        reset.reset(from: .client)
        #expect(Self.codes(reset) == [.clientGaveUp, .reset, .requestWithoutResponse])
    }

    @Test func `a client that resets inside of the response gave up`() {
        var builder = Self.asked()
        builder.send("HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\nabc", from: .server)
        builder.acknowledge(from: .client)
        builder.reset(from: .client)
        #expect(Self.codes(builder) == [.clientGaveUp, .reset])
    }

    /// An answer with a Content-Length, and one in chunks, both cut off.
    private static let beginnings = [
        "HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
    ]

    @Test(arguments: beginnings, [true, false])
    func `a client that closes within the response, which ends there, gave up`(
        beginning: String,
        isReset: Bool
    ) {
        var builder = Self.asked()
        builder.send(beginning, from: .server)
        builder.acknowledge(from: .client)
        builder.wait(nanoseconds: 3 * Self.second)
        builder.finish(from: .client)
        if isReset { builder.reset(from: .server) } else { builder.finish(from: .server) }
        builder.acknowledge(from: .client)
        #expect(Self.codes(builder).contains(.clientGaveUp))
    }

    @Test(arguments: beginnings)
    func `a client that closes behind its request is not to blame for half a response`(
        beginning: String
    ) {
        var early = Self.asked()
        early.finish(from: .client)
        early.send(beginning, from: .server)
        early.finish(from: .server)
        early.acknowledge(from: .client)
        #expect(Self.codes(early) == [])
    }

    @Test(arguments: beginnings)
    func `a server that cuts its response off by itself is to blame`(beginning: String) {
        var builder = Self.asked()
        builder.send(beginning, from: .server)
        builder.acknowledge(from: .client)
        let unseen = builder.nextSequence(of: .client)
        builder.finish(from: .client)
        // The two cross.
        let end = TCPFrameBuilder.Segment(
            sequence: builder.nextSequence(of: .server),
            acknowledgement: unseen,
            flags: [.fin, .ack]
        )
        builder.append(end, from: .server)
        #expect(Self.codes(builder) == [])
        var first = Self.asked()
        first.send(beginning, from: .server)
        first.close(first: .server)
        #expect(Self.codes(first) == [])
    }

    @Test func `a client that closes within the response and takes the rest did not leave`() {
        var builder = Self.asked()
        builder.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", from: .server)
        builder.acknowledge(from: .client)
        builder.finish(from: .client)
        builder.send("def", from: .server)
        builder.acknowledge(from: .client)
        builder.finish(from: .server)
        builder.acknowledge(from: .client)
        #expect(Self.codes(builder) == [])
    }

    @Test(arguments: [true, false])
    func `a client whose answer lost its head in the capture did not leave`(isReset: Bool) {
        var builder = conversation(["/a"], isClosed: false)
        builder.ask("/b")
        builder.sendUnseen(300, from: .server)
        builder.send(String(repeating: "b", count: 640), from: .server)
        builder.acknowledge(from: .client)
        if isReset { builder.reset(from: .client) } else { builder.close(first: .client) }
        let traced = Traced(builder)
        #expect(traced.pairs == ["GET /a 200", "GET /b -"])
        #expect(!traced.codes.contains(.clientGaveUp))
        #expect(traced.exchanges.last?.absence == .responseNotCaptured)
    }

    @Test func `a client that leaves the request behind a lost answer gave up`() {
        var builder = conversation([], isClosed: false)
        builder.ask("/a")
        builder.sendUnseen(300, from: .server)
        builder.send(String(repeating: "b", count: 640), from: .server)
        builder.acknowledge(from: .client)
        builder.ask("/b")
        builder.acknowledge(from: .server)
        builder.close(first: .client)
        let traced = Traced(builder)
        #expect(traced.exchanges.map { $0.codes.contains(.clientGaveUp) } == [false, true])
    }

    @Test(arguments: [1, 3])
    func `a client that only says that it sends no more takes its answers`(count: Int) {
        var builder = ConversationBuilder()
        builder.handshake()
        for number in 0..<count { builder.ask("/\(number)") }
        builder.finish(from: .client)
        for _ in 0..<count {
            builder.wait(nanoseconds: Self.second)
            builder.send(Self.response, from: .server)
            builder.acknowledge(from: .client)
        }
        builder.finish(from: .server)
        builder.acknowledge(from: .client)
        let traced = Traced(builder)
        #expect(traced.pairs == (0..<count).map { "GET /\($0) 200" })
        #expect(traced.codes == (count > 1 ? [.pipelined] : []))
    }

    @Test func `a server that leaves first is not the client's doing`() {
        var closed = Self.asked()
        closed.close(first: .server)
        #expect(Self.codes(closed) == [.requestWithoutResponse])
        var reset = Self.asked()
        reset.reset(from: .server)
        #expect(Self.codes(reset) == [.reset, .requestWithoutResponse])
    }

    @Test func `a capture that ends proves nothing`() {
        var left = Self.asked()
        left.finish(from: .client)
        #expect(Self.codes(left) == [.requestWithoutResponse])
        var answered = Self.asked()
        answered.send(Self.response, from: .server)
        #expect(Self.codes(answered) == [])
    }

    @Test(arguments: [true, false])
    func `a reset behind a response tells whether it was taken`(isAcknowledged: Bool) {
        var builder = Self.asked()
        builder.send(Self.response, from: .server)
        let next = builder.nextSequence(of: .client)
        if isAcknowledged { builder.acknowledge(from: .client) }
        builder.append(.init(sequence: next, flags: .rst), from: .client)
        #expect(Self.codes(builder) == (isAcknowledged ? [] : [.responseNotAcknowledged]))
    }

    @Test(arguments: [true, false])
    func `a response that is repeated in vain is told`(isTakenAtLast: Bool) {
        var builder = Self.asked()
        let start = builder.nextSequence(of: .server)
        builder.send(Self.response, from: .server)
        for seconds in [1, 2, 4] as [Int64] {
            builder.wait(nanoseconds: seconds * Self.second)
            let segment = TCPFrameBuilder.Segment(
                sequence: start,
                acknowledgement: builder.nextSequence(of: .client),
                flags: [.psh, .ack],
                payload: Array(Self.response.utf8)
            )
            builder.append(segment, from: .server)
        }
        if isTakenAtLast { builder.acknowledge(from: .client) }
        let codes = Traced(builder).codes
        #expect(codes.contains(.responseNotAcknowledged) == !isTakenAtLast)
    }

    @Test func `a SYN that had to be sent again is told with the first exchange`() {
        var builder = ConversationBuilder()
        builder.append(from: .client, flags: .syn)
        for seconds in [1, 2] as [Int64] {
            builder.wait(nanoseconds: seconds * Self.second)
            builder.append(.init(sequence: 1000, flags: .syn), from: .client)
        }
        builder.append(from: .server, flags: [.syn, .ack])
        builder.acknowledge(from: .client)
        builder.exchange("/a")
        builder.exchange("/b")
        let traced = Traced(builder)
        #expect(traced.exchanges.map(\.codes) == [[.handshakeRepeated], []])
        #expect(traced.summary.findings == [.handshakeRepeated: 2])
        let slow = traced.summary.slowEndpoints
        #expect(slow.map(\.connections) == [1])
        #expect(slow.map { $0.longestConnect / Self.second } == [3])
    }

    @Test func `copies of the handshake are not sent again`() {
        let frames = conversation(["/a"]).frames
        let twice = frames.prefix(3).flatMap { [$0, $0] } + frames.dropFirst(3)
        #expect(Traced(twice).codes == [])
    }

    @Test func `connections that fail are counted by what became of them`() {
        var refused = ConversationBuilder()
        refused.append(from: .client, flags: .syn)
        let refusal = TCPFrameBuilder.Segment(
            sequence: 0,
            acknowledgement: 1001,
            flags: [.rst, .ack]
        )
        refused.append(refusal, from: .server)
        let other = Endpoint(address: IPAddress(version4: 0x0A00_0001), port: 50_001)
        var unanswered = ConversationBuilder(client: other)
        unanswered.append(from: .client, flags: .syn)
        unanswered.wait(nanoseconds: 3 * Self.second)
        unanswered.append(.init(sequence: 1000, flags: .syn), from: .client)
        var silent = ConversationBuilder(clientSequence: 7)
        silent.handshake()
        silent.close()
        let summary = Traced(refused.frames + unanswered.frames + silent.frames).summary
        let counts = ["connection refused": 1, "connection not answered": 1, "no data": 1]
        #expect(summary.otherStreams == counts)
        let failed = summary.failedConnections.sorted { $0.stream < $1.stream }
        #expect(failed.map(\.outcome) == [.refused, .unanswered])
        #expect(failed.map(\.attempts) == [1, 2])
        #expect(failed.last?.client == other)
        #expect(failed.last?.duration == 3 * Self.second + 1_000_000)
        #expect(summary.failedEndpoints.map(\.connections) == [1, 1])
        #expect(summary.slowEndpoints.isEmpty)
    }

    @Test func `connections to one server that fail are one line, whoever asked`() {
        var frames: [BuiltFrame] = []
        for port in 50_000..<50_040 as Range<UInt16> {
            let client = Endpoint(address: IPAddress(version4: 0x0A00_0001), port: port)
            var refused = ConversationBuilder(client: client)
            refused.append(from: .client, flags: .syn)
            let refusal = TCPFrameBuilder.Segment(
                sequence: 0,
                acknowledgement: 1001,
                flags: [.rst, .ack]
            )
            refused.append(refusal, from: .server)
            frames += refused.frames
        }
        let summary = Traced(frames).summary
        #expect(summary.failedEndpoints.map(\.connections) == [40])
        #expect(summary.failedEndpoints.first?.outcome == .refused)
        #expect(summary.failedConnections.count == 16)
    }

    @Test func `an answer that was not captured is one`() {
        var builder = ConversationBuilder()
        builder.handshake()
        let frames = builder.frames.dropping(1)
        #expect(Traced(frames).summary.otherStreams == ["no data": 1])
    }
}
