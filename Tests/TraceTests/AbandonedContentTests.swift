import Findings
import Support
import Testing
import Trace

/// A client that is answered in the midst of its content, and what it sends next.
struct AbandonedContentTests {
    private static let counted = "PUT /a HTTP/1.1\r\nHost: h\r\nContent-Length: 400\r\n\r\nabc"
    private static let chunked = "PUT /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
    private static let beginnings = [
        counted, "PUT /a HTTP/1.1\r\nHost: h\r\nContent-Length: 6\r\n\r\nabc", chunked,
        chunked + "3\r\nabc\r\n", chunked + "ff\r\nabc", chunked + "3\r\nabc",
    ]

    private func answered(_ beginning: String, _ size: Int = 1460) -> ConversationBuilder {
        var builder = ConversationBuilder()
        builder.segmentSize = size
        builder.handshake()
        builder.send(beginning, from: .client)
        builder.answer("no", status: 413)
        builder.acknowledge(from: .client)
        return builder
    }

    @Test(arguments: beginnings, [1, 7, 1460])
    func `a request that is answered is no content`(beginning: String, size: Int) {
        var builder = answered(beginning, size)
        builder.ask("/b", method: "POST", content: "xyz")
        builder.answer("", status: 201)
        builder.exchange("/c")
        builder.close()
        let traced = Traced(builder)
        #expect(traced.pairs == ["PUT /a 413", "POST /b 201", "GET /c 200"])
        #expect(traced.exchanges.first?.request?.isComplete == false)
        #expect(traced.exchanges.first?.request?.contentLength ?? 0 <= 3)
        #expect(traced.exchanges.first?.request?.findings.count == 1)
        #expect(traced.summary.ledger.imbalance == 0)
        #expect(traced.summary.ledger.unclaimed == 0)
    }

    @Test(arguments: ["GET /log HTTP/1.1\r\nHost: h\r\n\r\n", "GET it all\r\n", "xxxxxxx", "GET"])
    func `content that goes on is content, whatever it spells`(text: String) {
        var builder = answered(Self.counted)
        let rest = Array(String(repeating: text, count: 400).utf8.prefix(397))
        builder.send(Array(rest.prefix(200)), from: .client)
        builder.send(Array(rest.dropFirst(200)), from: .client)
        builder.exchange("/b")
        builder.close()
        let traced = Traced(builder)
        #expect(traced.pairs == ["PUT /a 413", "GET /b 200"])
        #expect(traced.exchanges.first?.request?.isComplete == true)
        #expect(traced.exchanges.first?.request?.contentLength == 400)
        #expect(traced.summary.ledger.imbalance == 0)
    }

    @Test func `what nobody answers is content by the letter`() {
        var builder = answered(Self.counted)
        builder.ask("/b")
        builder.close()
        let traced = Traced(builder)
        #expect(traced.pairs == ["PUT /a 413"])
        #expect(traced.exchanges.first?.request?.findings.map(\.code) == [.truncatedContent])
        #expect(traced.summary.ledger.imbalance == 0)
    }
}
