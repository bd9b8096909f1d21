import Packets
import Peers
import Replay
import Support
import Testing

/// Requests and conversations of captures that are made scripts.
@Suite struct CapturedTrafficTests {
    private static let head = "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\n"
    private static let answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"

    @Test(arguments: [
        "GET / HTTP/1.1\r\nHost: h\r\n\r\n", "POST / HTTP/1.1\r\nHost: h\r\n",
        "GET /\u{0}\u{7} HTP\r\nA b: c\nB\r\r\n\r\n", "GET /a",
        "\r\n\r\nPOST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n+5\nhello\n0\r\n\r\n",
    ])
    func `a request has its bytes in its segments, however malformed`(text: String) throws {
        let bytes = Array(text.utf8)
        for cut in [1, 3, bytes.count - 1] {
            var builder = ConversationBuilder()
            builder.handshake()
            builder.send(Array(bytes[..<cut]), from: .client)
            builder.send(Array(bytes[cut...]), from: .client)
            builder.send(Self.answer, from: .server)
            builder.close()
            let expected = [bytes[..<cut], bytes[cut...]].map { ScriptStep.send(Array($0)) }
            let steps = try requestSteps(builder.frames, exchange: 0)
            #expect(steps == expected)
        }
    }

    @Test func `each of several requests is its own part of the stream`() throws {
        var builder = ConversationBuilder()
        builder.handshake()
        builder.send("GET /a HTTP/1.1\r\nHost: h\r\n\r\nGET /b HT", from: .client)
        builder.send("TP/1.1\r\nHost: h\r\n\r\n", from: .client)
        builder.send(Self.answer + Self.answer, from: .server)
        builder.close()
        #expect(
            try requestSteps(builder.frames, exchange: 0)
                == [.send(Array("GET /a HTTP/1.1\r\nHost: h\r\n\r\n".utf8))]
        )
        #expect(
            try requestSteps(builder.frames, exchange: 1)
                == [.send(Array("GET /b HT".utf8)), .send(Array("TP/1.1\r\nHost: h\r\n\r\n".utf8))]
        )
    }

    @Test func `what came again or out of order is sent once and in order`() throws {
        var builder = ConversationBuilder()
        builder.handshake()
        builder.send("GET /a HTTP", from: .client)
        builder.send("/1.1\r\nHost: h\r\n\r\n", from: .client)
        var frames = builder.frames
        frames.swapAt(3, 4)
        frames.append(frames[3])
        builder.send(Self.answer, from: .server)
        builder.close()
        frames += builder.frames.dropFirst(5)
        #expect(
            try requestSteps(frames, exchange: 0)
                == [.send(Array("GET /a HTTP".utf8)), .send(Array("/1.1\r\nHost: h\r\n\r\n".utf8))]
        )
    }

    @Test func `a sender that waited for 100 Continue waits again, and as long where asked`() throws
    {
        var builder = ConversationBuilder()
        builder.handshake()
        builder.send(Self.head, from: .client)
        builder.wait(nanoseconds: 3_000_000)
        builder.send("HTTP/1.1 100 Continue\r\n\r\n", from: .server)
        builder.send("hello", from: .client)
        builder.send(Self.answer, from: .server)
        builder.close()
        let head = ScriptStep.send(Array(Self.head.utf8))
        let content = ScriptStep.send(Array("hello".utf8))
        #expect(
            try requestSteps(builder.frames, exchange: 0) == [head, .expect(.anything), content]
        )
        #expect(
            try requestSteps(builder.frames, exchange: 0, keepsPauses: true)
                == [head, .expect(.anything), .pause(.milliseconds(5)), content]
        )
    }

    @Test func `a request of which bytes are missing is refused`() throws {
        var builder = ConversationBuilder()
        builder.handshake()
        builder.send(Self.head, from: .client)
        builder.sendUnseen(2, from: .client)
        builder.send("llo", from: .client)
        builder.send(Self.answer, from: .server)
        builder.close()
        #expect(throws: ReplayError.gap(2)) { try requestSteps(builder.frames, exchange: 0) }
        #expect(throws: ReplayError.gap(2)) {
            try traffic(builder.frames).conversation.steps(of: .connecting)
        }
    }

    @Test func `exchanges and streams that are not there are said not to be`() throws {
        let frames = ordinary().frames
        #expect(throws: ReplayError.noSuchExchangeOfStream(1, stream: 0, count: 1)) {
            try requestSteps(frames, exchange: 1)
        }
        let file = try TemporaryFile(PcapFileBuilder(linkType: .ethernet).file(frames))
        #expect(throws: ReplayError.noSuchStream(7)) { try CapturedTraffic(file.path, stream: 7) }
        for number in [0, 2, -1] {
            #expect(throws: ReplayError.noSuchExchange(number, count: 1)) {
                try CapturedTraffic.read(file.path, exchange: number)
            }
        }
        #expect(try CapturedTraffic.read(file.path, exchange: 1).1.request?.target == "/a")
        #expect(throws: ReplayError.readTwice) { try CapturedTraffic.read("-", exchange: 1) }
    }

    @Test func `a capture's connections are the sections of a script`() throws {
        var frames = ordinary().frames
        var other = ConversationBuilder(
            client: Endpoint(address: IPAddress(version4: 0x0A00_0001), port: 50_001)
        )
        other.handshake()
        other.close()
        var third = ConversationBuilder(
            client: Endpoint(address: IPAddress(version4: 0x0A00_0001), port: 50_002)
        )
        third.handshake()
        third.send("x", from: .client)
        frames += other.frames + third.frames
        let file = try TemporaryFile(PcapFileBuilder(linkType: .ethernet).file(frames))
        let traffic = try CapturedTraffic.chosen(file.path, stream: nil)
        #expect(try Script(traffic, .connecting).sections.map(\.count) == [4, 2, 1])
        #expect(try CapturedTraffic.chosen(file.path, stream: 2).map(\.conversation.stream) == [2])
    }

    @Test func `both ends of a connection get scripts that fit`() throws {
        let conversation = try traffic(ordinary().frames).conversation
        let request = Array(Self.head.utf8) + Array("hello".utf8)
        let answer = Array(Self.answer.utf8)
        #expect(
            try conversation.steps(of: .connecting) == [
                .send(request), .expect(.count(answer.count)), .expect(.end), .halfClose,
            ]
        )
        #expect(
            try conversation.steps(of: .listening, keepsPauses: true) == [
                .expect(.count(request.count)), .pause(.milliseconds(1)), .send(answer),
                .pause(.milliseconds(1)), .halfClose, .expect(.end),
            ]
        )
    }

    @Test func `a reset is the last thing at both ends`() throws {
        var builder = ConversationBuilder()
        builder.handshake()
        builder.send("GET / HTTP/1.1\r\n", from: .client)
        builder.reset(from: .server)
        let conversation = try traffic(builder.frames).conversation
        #expect(
            try conversation.steps(of: .connecting).last == .expect(.reset)
        )
        #expect(try conversation.steps(of: .listening) == [.expect(.count(16)), .reset])
    }

    @Test func `nothing is sent behind the sender's own close`() throws {
        var builder = ordinary()
        builder.send("late", from: .server)
        #expect(throws: ReplayError.sentBehindClose) {
            try traffic(builder.frames).conversation.steps(of: .listening)
        }
    }

    private func ordinary() -> ConversationBuilder {
        var builder = ConversationBuilder()
        builder.handshake()
        builder.send(Self.head + "hello", from: .client)
        builder.send(Self.answer, from: .server)
        builder.close()
        return builder
    }

    private func traffic(_ frames: [BuiltFrame]) throws -> CapturedTraffic {
        let file = try TemporaryFile(PcapFileBuilder(linkType: .ethernet).file(frames))
        return try CapturedTraffic(file.path, stream: 0)
    }

    private func requestSteps(
        _ frames: [BuiltFrame],
        exchange: Int,
        keepsPauses: Bool = false
    ) throws -> [ScriptStep] {
        let traffic = try traffic(frames)
        return try traffic.requestSteps(
            of: try traffic.exchange(exchange),
            keepsPauses: keepsPauses
        )
    }
}
