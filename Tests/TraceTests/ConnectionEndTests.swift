import Findings
import Packets
import Support
import Testing
import Trace

/// Who ended a connection, in which frame, and how long before or after the request.
struct ConnectionEndTests {
    private static let second: Int64 = 1_000_000_000

    private static let answer = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlate"

    /// A connection with a request that nobody has answered: frames 1 to 5.
    private static func asked() -> ConversationBuilder {
        var builder = ConversationBuilder()
        builder.handshake()
        builder.ask("/slow")
        builder.acknowledge(from: .server)
        return builder
    }

    private static func ends(_ exchange: Exchange?) -> [String] {
        (exchange?.ends ?? []).map { "\($0.name) \($0.frame)" }
    }

    /// Those of the last exchange, rounded to seconds since its request began.
    private static func seconds(_ exchange: Exchange?) -> [Int64?] {
        (exchange?.ends ?? []).map { end in end.sinceRequest.map { $0 / second } }
    }

    @Test func `a client that gives up, and the server that closes behind it`() {
        var builder = Self.asked()
        builder.wait(nanoseconds: 3 * Self.second)
        builder.close(first: .client)
        let exchange = Traced(builder).exchanges.first
        #expect(exchange?.absence == .connectionClosed)
        #expect(Self.ends(exchange).first == "client-closed 6")
        #expect(Self.ends(exchange).last?.hasPrefix("server-closed") == true)
        #expect(Self.seconds(exchange) == [3, 3])
    }

    @Test func `a server that closes without an answer`() {
        var builder = Self.asked()
        builder.wait(nanoseconds: 2 * Self.second)
        builder.close(first: .server)
        let exchange = Traced(builder).exchanges.first
        #expect(Self.ends(exchange) == ["server-closed 6"])
        #expect(exchange?.codes.contains(.clientGaveUp) == false)
    }

    @Test(arguments: [ConversationBuilder.Side.client, .server])
    func `a reset is that of its sender, in its own frame`(side: ConversationBuilder.Side) {
        var builder = Self.asked()
        builder.wait(nanoseconds: 2 * Self.second)
        builder.reset(from: side)
        // What shows that it counts comes later.
        builder.wait(nanoseconds: 9 * Self.second)
        builder.acknowledge(from: .client)
        let exchange = Traced(builder).exchanges.first
        #expect(exchange?.absence == .connectionReset)
        #expect(Self.ends(exchange) == [side == .client ? "client-reset 6" : "server-reset 6"])
        #expect(Self.seconds(exchange) == [2])
        #expect(exchange?.timing.waited.map { $0 / Self.second } == 2)
    }

    @Test func `an answer that comes after the client has closed, and is refused`() {
        var builder = Self.asked()
        builder.wait(nanoseconds: 3 * Self.second)
        builder.finish(from: .client)
        builder.wait(nanoseconds: Self.second)
        builder.send(Self.answer, from: .server)
        let next = builder.nextSequence(of: .client)
        builder.append(.init(sequence: next, flags: .rst), from: .client)
        let exchange = Traced(builder).exchanges.first
        #expect(exchange?.codes.contains(.clientGaveUp) == true)
        #expect(Self.ends(exchange) == ["client-closed 6", "client-reset 8"])
        #expect(Self.seconds(exchange) == [3, 4])
    }

    /// A connection whose first request was answered: frames 1 to 5.
    private static func idle() -> ConversationBuilder {
        var builder = ConversationBuilder()
        builder.handshake()
        builder.ask("/a")
        builder.send(answer, from: .server)
        builder.wait(nanoseconds: second)
        return builder
    }

    @Test func `a request on a connection that the server has closed`() {
        var builder = Self.idle()
        builder.finish(from: .server)
        builder.wait(nanoseconds: 100_000_000)
        builder.ask("/order")
        let next = builder.nextSequence(of: .server)
        builder.append(.init(sequence: next, flags: .rst), from: .server)
        let exchanges = Traced(builder).exchanges
        #expect(exchanges.map(\.ends.isEmpty) == [true, false])
        let late = exchanges.last
        #expect(late?.codes == [.reset, .requestAfterClose, .requestWithoutResponse])
        #expect(Self.ends(late) == ["server-closed 6", "server-reset 8"])
        let times = late?.ends.map { $0.sinceRequest ?? 0 } ?? []
        #expect((times.first ?? 0) < -100_000_000)
        #expect((times.last ?? 0) > 0)
    }

    @Test func `a request in front of the FIN is not one behind it`() {
        var builder = Self.asked()
        builder.finish(from: .server)
        builder.finish(from: .client)
        #expect(Traced(builder).exchanges.first?.codes.contains(.requestAfterClose) == false)
    }

    @Test(arguments: [ConversationBuilder.Side.client, .server])
    func `a reset of an idle connection is told with the sums`(side: ConversationBuilder.Side) {
        var builder = Self.idle()
        builder.reset(from: side)
        let summary = Traced(builder).summary
        #expect(summary.findings[.idleReset] == 1)
        let reset = summary.idleResets.first
        #expect(reset?.side == (side == .client ? .client : .server))
        #expect(reset?.frame == 6)
        #expect(reset?.idle.map { $0 / Self.second } == 1)
    }

    @Test(arguments: [ConversationBuilder.Side.client, .server])
    func `a reset behind a FIN, or of a request, is none of an idle connection`(
        side: ConversationBuilder.Side
    ) {
        var closing = Self.idle()
        closing.finish(from: side)
        closing.reset(from: side == .client ? .server : .client)
        #expect(Traced(closing).summary.findings[.idleReset] == nil)
        var asked = Self.asked()
        asked.reset(from: side)
        #expect(Traced(asked).summary.findings[.idleReset] == nil)
    }

    @Test func `an exchange that is whole says nothing of how its connection ended`() {
        var builder = Self.asked()
        builder.send(Self.answer, from: .server)
        builder.close(first: .server)
        #expect(Traced(builder).exchanges.map(\.ends) == [[]])
    }
}
