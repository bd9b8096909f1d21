import Support
import Testing
import Trace

/// What a capture does to frames must not change what was said.
struct DeliveryTests {
    /// A connection with every kind of message; segments of `size` bytes.
    private static func everything(size: Int) -> ConversationBuilder {
        var builder = conversation([], isClosed: false)
        builder.segmentSize = size
        builder.exchange("/plain")
        builder.ask("/form", method: "POST", content: "a=1&b=2")
        builder.send("HTTP/1.1 100 Continue\r\n\r\n", from: .server)
        builder.answer("", status: 201)
        builder.ask("/head", method: "HEAD")
        builder.send("HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n", from: .server)
        builder.ask("/one")
        builder.ask("/two")
        builder.answer("first of two")
        builder.send(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4;x=y\r\nchun\r\n2\r\nks\r\n0\r\n\r\n",
            from: .server
        )
        builder.send("GET  /odd HTTP/1.1\nHost : h\n\n", from: .client)
        builder.answer("odd", status: 404)
        builder.send("PUT /last HTTP/1.0\r\n\r\n", from: .client)
        builder.send("HTTP/1.0 200 OK\r\n\r\nuntil the close", from: .server)
        builder.close()
        return builder
    }

    private static let essences = Traced(everything(size: 1460)).exchanges.map(\.essence)

    @Test func `the conversation has every exchange`() {
        let traced = Traced(Self.everything(size: 1460))
        #expect(
            traced.pairs == [
                "GET /plain 200", "POST /form 201", "HEAD /head 200", "GET /one 200",
                "GET /two 200", "GET /odd 404", "PUT /last 200",
            ]
        )
        #expect(traced.exchanges[1].interim.count == 1)
        #expect(traced.exchanges[4].response?.contentLength == 6)
        #expect(traced.summary.ledger.imbalance == 0)
        #expect(traced.summary.ledger.unclaimed == 0)
    }

    @Test(arguments: Array(1...24) + [100, 333])
    func `any segment size gives the same exchanges`(size: Int) {
        let traced = Traced(Self.everything(size: size))
        #expect(traced.exchanges.map(\.essence) == Self.essences)
        #expect(traced.summary.ledger.imbalance == 0)
    }

    @Test(arguments: 0..<150)
    func `frames moved a little and doubled give the same exchanges`(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        let size = [3, 17, 60, 1460][seed % 4]
        let frames = Self.everything(size: size).frames
        let rest = Array(frames[3...])
        let disturbed = rest.disturbed(window: 4, doubling: 0.15, using: &generator)
        let traced = Traced(Array(frames[..<3]) + disturbed)
        #expect(traced.exchanges.map(\.essence) == Self.essences)
        #expect(traced.summary.ledger.imbalance == 0)
        #expect(traced.summary.ledger.gap == 0)
        #expect(traced.summary.streams == 1)
    }

    @Test(arguments: 1...40)
    func `the middle of a request line does not turn the roles round`(size: Int) {
        var builder = ConversationBuilder()
        builder.segmentSize = size
        builder.send("UNSUBSCRIBE /WANIPConnection HTTP/1.1\r\nHost: h\r\n\r\n", from: .client)
        builder.answer("done")
        let traced = Traced(builder)
        #expect(traced.pairs == ["UNSUBSCRIBE /WANIPConnection 200"])
        #expect(traced.exchanges.first?.client.port == 50_000)
    }
}
