import Support
import Testing
import Trace

/// ICAP (RFC 3507), whose messages look like HTTP's and carry HTTP's heads and chunks in them.
struct ICAPTests {
    private typealias Line = (side: ConversationBuilder.Side, text: String)

    private static let requestHead = "GET /a HTTP/1.1\r\nHost: www.example.test\r\n\r\n"
    private static let responseHead = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"
    private static let postHead = "POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n"
    private static let content = "5\r\nhello\r\n0\r\n\r\n"

    private static func head(_ startLine: String, _ encapsulated: String) -> String {
        "\(startLine)\r\nHost: i.example.test\r\nEncapsulated: \(encapsulated)\r\n\r\n"
    }

    private static func respmod(_ fields: String = "") -> [Line] {
        let places =
            "req-hdr=0, res-hdr=\(requestHead.utf8.count), "
            + "res-body=\(requestHead.utf8.count + responseHead.utf8.count)"
        let head = head("RESPMOD icap://i.example.test/av ICAP/1.0\(fields)", places)
        return [head, requestHead, responseHead, content].map { (.client, $0) }
    }

    private static let unchanged: Line = (
        .server, head("ICAP/1.0 204 No Content", "null-body=0")
    )

    /// Transactions of one connection: each form of content that there is, none of it an exchange.
    private static let transactions: [[Line]] = [
        [
            (.client, "OPTIONS icap://i.example.test/av ICAP/1.0\r\nHost: i.example.test\r\n\r\n"),
            (.server, head("ICAP/1.0 200 OK\r\nMethods: RESPMOD\r\nPreview: 0", "null-body=0")),
        ],
        respmod() + [
            (
                .server,
                head("ICAP/1.0 200 OK", "res-hdr=0, res-body=\(responseHead.utf8.count)")
            ),
            (.server, responseHead), (.server, content),
        ],
        respmod("\r\nAllow: 204") + [unchanged],
        respmod("\r\nPreview: 5") + [
            (.server, "ICAP/1.0 100 Continue\r\n\r\n"), (.client, "3\r\nabc\r\n0\r\n\r\n"),
            unchanged,
        ],
        [
            (
                .client,
                head(
                    "REQMOD icap://i.example.test/rq ICAP/1.0",
                    "req-hdr=0, req-body=\(postHead.utf8.count)"
                )
            ),
            (.client, postHead), (.client, content),
            (.server, head("ICAP/1.0 200 OK", "res-hdr=0, null-body=\(responseHead.utf8.count)")),
            (.server, responseHead),
        ],
    ]

    @Test(arguments: [true, false], [1, 7, 1460])
    func `what ICAP carries is no exchange`(hasHandshake: Bool, segmentSize: Int) {
        for first in Self.transactions.indices {
            var builder = ConversationBuilder()
            builder.segmentSize = segmentSize
            if hasHandshake { builder.handshake() }
            let lines = (Self.transactions[first...] + Self.transactions[..<first]).joined()
            for line in lines { builder.send(line.text, from: line.side) }
            builder.close()
            let traced = Traced(builder)
            #expect(traced.pairs == [])
            #expect(traced.codes == [])
            #expect(traced.summary.otherStreams == ["ICAP": 1])
            let sent = lines.reduce(0) { $0 + $1.text.utf8.count }
            #expect(traced.summary.ledger.notHTTP == sent)
        }
    }

    @Test(arguments: [ConversationBuilder.Side.client, .server])
    func `one direction alone tells`(side: ConversationBuilder.Side) {
        var builder = ConversationBuilder()
        builder.handshake()
        for line in Self.transactions.joined() {
            if line.side == side {
                builder.send(line.text, from: side)
            } else {
                builder.sendUnseen(line.text.utf8.count, from: line.side)
            }
        }
        let traced = Traced(builder)
        #expect(traced.pairs == [])
        #expect(traced.summary.otherStreams == ["ICAP": 1])
    }
}
