import Findings
import Support
import Testing
import Trace

/// Answers whose requests nobody captured and may have been HEAD.
struct ServerAloneTests {
    @Test(arguments: [1, 7, 1460])
    func `a head is not the content of the one before it`(size: Int) {
        var builder = ConversationBuilder()
        builder.segmentSize = size
        builder.handshake()
        for length in 5000..<5004 {
            builder.sendUnseen(40, from: .client)
            builder.send("HTTP/1.1 200 OK\r\nContent-Length: \(length)\r\n\r\n", from: .server)
        }
        let traced = Traced(builder)
        #expect(traced.pairs == Array(repeating: "- 200", count: 4))
        for exchange in traced.exchanges.dropLast() {
            #expect(exchange.response?.contentLength == 0)
            #expect(
                exchange.response?.findings.map(\.code).contains(.answerInsteadOfContent) == true
            )
        }
        #expect(traced.summary.ledger.imbalance == 0)
    }
}
