import Packets
import Support
import Testing
import Trace

/// Exchanges that are in flight, by a clock that is handed in.
@Suite struct PendingTests {
    /// A row of what was told: the target, the status so far, and the milliseconds waited.
    private typealias Told = [String]

    /// What is told of `tracer` so long after the first frame.
    private func look(
        _ pending: inout PendingExchanges,
        _ tracer: borrowing Tracer,
        milliseconds: Int64
    ) -> Told {
        var told: Told = []
        let now = Timestamp(nanoseconds: start.nanoseconds + milliseconds * 1_000_000)
        pending.look(at: tracer, now: now) { exchange, waited in
            let status = exchange.response?.status.map { "\($0)" } ?? "…"
            told.append("\(exchange.request?.target ?? "") \(status) \(waited / 1_000_000)")
        }
        return told
    }

    private let start = Timestamp(nanoseconds: 1_700_000_000_000_000_000)

    /// Takes the frames behind the first `count`.
    private func take(
        _ builder: ConversationBuilder,
        behind count: Int = 0,
        _ tracer: inout Tracer
    ) {
        for (index, built) in builder.frames.enumerated().dropFirst(count) {
            tracer.process(built.frame(number: index + 1), built.bytes.span)
        }
    }

    @Test func `a request is told once, when it has waited for a second`() {
        var builder = ConversationBuilder(start: start)
        builder.handshake()
        builder.send("GET /hang HTTP/1.1\r\nHost: h\r\n\r\n", from: .client)
        var tracer = Tracer()
        take(builder, &tracer)
        var pending = PendingExchanges()
        // It was sent with the fourth frame, 3 ms after the first.
        #expect(look(&pending, tracer, milliseconds: 1003).isEmpty)
        #expect(look(&pending, tracer, milliseconds: 1004) == ["/hang … 1001"])
        #expect(look(&pending, tracer, milliseconds: 9000).isEmpty)
    }

    @Test func `what was answered is in flight no longer, and its successor is another`() {
        var builder = ConversationBuilder(start: start)
        builder.handshake()
        builder.send("GET /a HTTP/1.1\r\nHost: h\r\n\r\n", from: .client)
        var tracer = Tracer()
        take(builder, &tracer)
        var pending = PendingExchanges()
        #expect(look(&pending, tracer, milliseconds: 2003) == ["/a … 2000"])
        let count = builder.frames.count
        builder.time = Timestamp(nanoseconds: start.nanoseconds + 3_000_000_000)
        builder.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", from: .server)
        builder.send("GET /a HTTP/1.1\r\nHost: h\r\n\r\n", from: .client)
        take(builder, behind: count, &tracer)
        #expect(look(&pending, tracer, milliseconds: 3500).isEmpty)
        #expect(look(&pending, tracer, milliseconds: 4501) == ["/a … 1500"])
    }

    @Test func `requests that wait in a row are told in their order, also where one is answered`() {
        var builder = ConversationBuilder(start: start)
        builder.handshake()
        for target in ["/1", "/2", "/3"] {
            builder.send("GET \(target) HTTP/1.1\r\nHost: h\r\n\r\n", from: .client)
        }
        builder.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", from: .server)
        builder.send("HTTP/1.1 206 Part\r\nContent-Length: 9\r\n\r\nabc", from: .server)
        var tracer = Tracer()
        take(builder, &tracer)
        var pending = PendingExchanges()
        #expect(look(&pending, tracer, milliseconds: 2000) == ["/2 206 1996", "/3 … 1995"])
    }

    @Test func `what is no HTTP, and a request that the capture lacks, are not told`() {
        var builder = ConversationBuilder(start: start)
        builder.handshake()
        builder.send("hello\n", from: .client)
        var tracer = Tracer()
        take(builder, &tracer)
        var pending = PendingExchanges()
        #expect(look(&pending, tracer, milliseconds: 5000).isEmpty)
    }
}
