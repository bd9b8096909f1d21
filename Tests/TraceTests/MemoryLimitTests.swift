import Findings
import Packets
import Support
import Testing
import Trace

/// What the limit on memory costs: what holds least goes first, and no answer goes to a request that
/// it does not belong to.
struct MemoryLimitTests {
    @Test(arguments: [1, 20_000, 100_000, 1_000_000])
    func `a request that was given up still takes its answer`(limit: Int) {
        var options = TracerOptions()
        (options.memoryLimit, options.contentLimit) = (limit, 100)
        var builder = ConversationBuilder()
        builder.handshake()
        for number in 0..<1500 {
            let method = number % 7 == 3 ? "HEAD" : "GET"
            builder.send("\(method) /\(number) HTTP/1.1\r\nHost: h\r\n\r\n", from: .client)
        }
        for number in 0..<1500 {
            let content = number % 7 == 3 ? "" : "/\(number)"
            builder.send(
                "HTTP/1.1 200 OK\r\nContent-Length: \("/\(number)".utf8.count)\r\n\r\n" + content,
                from: .server
            )
        }
        let traced = Traced(builder, options: options)
        let pairs = traced.exchanges.filter { $0.request != nil && $0.response != nil }
        for pair in pairs where pair.request?.method == "GET" {
            let content = String(decoding: pair.response?.content ?? [], as: UTF8.self)
            #expect(pair.request?.target == content)
        }
        #expect(limit < 1_000_000 || !pairs.isEmpty)
        #expect(traced.codes.contains(.memoryLimitReached) == (pairs.count < 1500))
        #expect(traced.summary.ledger.imbalance == 0)
    }

    @Test func `connections that carried nothing go before an open exchange`() {
        var options = TracerOptions()
        options.memoryLimit = 2 << 20
        var open = ConversationBuilder()
        open.handshake()
        open.send("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n01234", from: .client)
        let begun = open.frames.count
        open.send("56789", from: .client)
        open.send("HTTP/1.1 204 N\r\n\r\n", from: .server)
        var frames = Array(open.frames[..<begun])
        for number in 0..<8000 {
            let client = Endpoint(address: IPAddress(version4: 9), port: UInt16(1000 + number))
            var builder = ConversationBuilder(client: client)
            builder.append(from: .client, flags: .syn)
            frames += builder.frames
        }
        let traced = Traced(frames + open.frames[begun...], options: options)
        #expect(traced.pairs == ["POST /a 204"])
        #expect(traced.exchanges.first?.request?.contentLength == 10)
        #expect(!traced.codes.contains(.memoryLimitReached))
    }

    @Test func `a larger limit gives up no more`() {
        var lost: [Int] = []
        for limit in [1000, 100_000, 1_000_000, 10_000_000] {
            var options = TracerOptions()
            options.memoryLimit = limit
            let traced = Traced(Self.manyPipelined, options: options)
            lost.append(traced.exchanges.count { $0.request == nil })
        }
        #expect(lost == lost.sorted(by: >))
        #expect(lost.last == 0)
    }

    private static let manyPipelined: [BuiltFrame] = {
        var builders = (0..<50).map { number in
            ConversationBuilder(
                client: Endpoint(address: IPAddress(version4: 9), port: UInt16(1000 + number))
            )
        }
        var frames: [BuiltFrame] = []
        for index in builders.indices {
            builders[index].handshake()
            for _ in 0..<10 {
                let field = String(repeating: "x", count: 1000)
                builders[index].send("GET / HTTP/1.1\r\nHost: h\r\nX: ", from: .client)
                builders[index].send(field + "\r\n\r\n", from: .client)
            }
            frames += builders[index].frames
        }
        for index in builders.indices {
            let sent = builders[index].frames.count
            for _ in 0..<10 { builders[index].send("HTTP/1.1 204 N\r\n\r\n", from: .server) }
            frames += builders[index].frames[sent...]
        }
        return frames
    }()
}
