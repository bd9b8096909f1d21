import Packets
import Support
import Testing
import Trace

/// Start lines in frames that the snap length has cut inside of them.
struct CutStartLineTests {
    private static let headers = 54

    /// Exchanges of which so many bytes of each segment were captured.
    private static func traced(
        keeping length: Int,
        _ builder: ConversationBuilder,
        headers: Int = Self.headers
    ) -> Traced {
        Traced(builder.frames.map { $0.cut(to: headers + length) })
    }

    private static func browsing(_ targets: [String]) -> ConversationBuilder {
        var builder = ConversationBuilder()
        builder.handshake()
        for target in targets {
            builder.exchange(target)
            builder.acknowledge(from: .client)
        }
        builder.close()
        return builder
    }

    @Test(arguments: 5...40)
    func `each request that is cut in its first line is shown with its answer`(length: Int) {
        let traced = Self.traced(keeping: length, Self.browsing(["/one", "/two", "/three"]))
        // `HTTP/1.1 200`
        let status = length < 12 ? "?" : "200"
        let targets = ["/one", "/two", "/three"].map { $0.prefix(length - 4) }
        #expect(traced.pairs == targets.map { "GET \($0) \(status)" })
        #expect(traced.codes == [.frameCutBySnaplen])
        #expect(traced.exchanges.allSatisfy { $0.request?.findings.isEmpty == true })
        #expect(traced.exchanges.allSatisfy { $0.response?.findings.isEmpty == true })
        #expect(traced.summary.ledger.imbalance == 0)
    }

    @Test func `a connection of IPv6 is no other`() {
        let client = Endpoint(address: IPAddress(high: 0x2001_0DB8 << 32, low: 1), port: 50_000)
        let server = Endpoint(address: IPAddress(high: 0x2001_0DB8 << 32, low: 2), port: 80)
        var builder = ConversationBuilder(client: client, server: server)
        builder.handshake()
        for target in ["/one", "/two"] {
            builder.exchange(target)
            builder.acknowledge(from: .client)
        }
        let traced = Self.traced(keeping: 8, builder, headers: 74)
        #expect(traced.pairs == ["GET /one ?", "GET /two ?"])
    }

    @Test func `pipelined requests without content follow one another`() {
        var builder = ConversationBuilder()
        builder.handshake()
        for target in ["/a", "/b"] { builder.ask(target) }
        for content in ["a", "b"] { builder.answer(content) }
        builder.acknowledge(from: .client)
        let traced = Self.traced(keeping: 9, builder)
        #expect(traced.pairs == ["GET /a ?", "GET /b ?"])
    }

    @Test func `content that reads like a request line is none`() {
        var builder = ConversationBuilder()
        builder.handshake()
        let head = "POST /form HTTP/1.1\r\nHost: h\r\nContent-Length: 2920\r\n\r\n"
        builder.send(head, from: .client)
        builder.send("GET /no HTTP/1.1\r\n" + String(repeating: "x", count: 100), from: .client)
        builder.answer("done")
        builder.acknowledge(from: .client)
        let traced = Self.traced(keeping: 12, builder)
        #expect(traced.pairs == ["POST /form 200"])
    }

    @Test func `content behind an interim response is none either`() {
        var builder = ConversationBuilder()
        builder.handshake()
        let head = "POST /form HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n"
        builder.send(head + "Content-Length: 120\r\n\r\n", from: .client)
        builder.send("HTTP/1.1 100 Continue\r\n\r\n", from: .server)
        builder.send("GET /no HTTP/1.1\r\n" + String(repeating: "x", count: 102), from: .client)
        builder.answer("done")
        builder.acknowledge(from: .client)
        let traced = Self.traced(keeping: 14, builder)
        #expect(traced.pairs == ["POST /form 200"])
    }

    @Test func `where no payload was kept nothing is invented`() {
        let traced = Self.traced(keeping: 0, Self.browsing(["/one", "/two"]))
        #expect(traced.pairs.isEmpty)
        #expect(traced.codes.isEmpty || traced.codes == [.frameCutBySnaplen])
    }

    @Test func `digits of a status that was cut are no status`() {
        let traced = Self.traced(keeping: 10, Self.browsing(["/a"]))
        #expect(traced.exchanges.first?.response?.status == nil)
    }

    @Test func `an answer to a cut HEAD request has no content`() {
        var builder = ConversationBuilder()
        builder.handshake()
        let long = String(repeating: "a", count: 200)
        for _ in 0..<2 {
            builder.ask("/" + long, method: "HEAD")
            builder.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", from: .server)
            builder.acknowledge(from: .client)
        }
        let traced = Self.traced(keeping: 60, builder)
        #expect(traced.pairs == Array(repeating: "HEAD /\(long.prefix(54)) 200", count: 2))
        #expect(traced.exchanges.allSatisfy { $0.response?.isComplete == true })
    }
}
