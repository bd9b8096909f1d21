import Findings
import HTTPWire
import Support
import Testing
import Trace

/// Content that is longer than its Content-Length, and the request behind it.
struct SurplusContentTests {
    private static let surplus = [
        "def", "}", "\"}", "\"", "a b ", "2", "ab\ncd", "é", "x=", "GE", "DP", "Z\r\nY",
    ]

    private static let methods = ["GET", "POST", "PROPFIND", "DELETE", "HEAD", "SUBSCRIBE"]

    private func talk(_ surplus: String, _ method: String, _ size: Int) -> Traced {
        var builder = ConversationBuilder()
        builder.segmentSize = size
        builder.handshake()
        builder.send(
            "PUT /a HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc" + surplus,
            from: .client
        )
        builder.answer("", status: 201)
        builder.ask("/b", method: method)
        builder.answer("", status: 202)
        builder.exchange("/c")
        builder.close()
        return Traced(builder)
    }

    @Test(arguments: surplus, [1, 7, 1460])
    func `it is no part of the next request`(surplus: String, size: Int) {
        for method in Self.methods {
            let traced = talk(surplus, method, size)
            #expect(traced.pairs == ["PUT /a 201", "\(method) /b 202", "GET /c 200"])
            #expect(traced.summary.ledger.unclaimed == surplus.utf8.count)
            #expect(traced.summary.ledger.imbalance == 0)
            #expect(traced.exchanges.first?.codes.contains(.contentAfterMessage) == true)
        }
    }

    @Test func `the method that a recipient may read instead is named`() throws {
        let finding = try #require(
            talk("def", "GET", 1460).exchanges[1].request?.findings.first
        )
        #expect(finding.code == .joinedRequestLine)
        #expect(finding.detail == .excerpt(Array("defGET".utf8)))
    }

    @Test(arguments: ["\r\n", "\n", "\r\n\r\n"])
    func `line ends are put up with`(surplus: String) {
        let traced = talk(surplus, "GET", 1460)
        #expect(traced.pairs == ["PUT /a 201", "GET /b 202", "GET /c 200"])
        #expect(traced.summary.ledger.unclaimed == 0)
    }

    @Test(arguments: ["MYGET", "BDELETE", "UNLOCK", "M-SEARCH"])
    func `a method that begins a segment is one, whatever it ends with`(method: String) {
        let traced = talk("", method, 1460)
        #expect(traced.pairs == ["PUT /a 201", "\(method) /b 202", "GET /c 200"])
        #expect(traced.exchanges[1].request?.findings.isEmpty == true)
    }

    @Test(arguments: [1, 7, 1460])
    func `a request among the surplus is one`(size: Int) {
        let traced = talk("GET /admin HTTP/1.1\r\nHost: h\r\nX: ", "GET", size)
        #expect(traced.pairs == ["PUT /a 201", "GET /admin 202", "GET /c 200"])
    }
}
