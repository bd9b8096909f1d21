import Peers
import Testing

struct RefusalTests {
    /// A request that is refused, and the status code in each mode; `nil` where it is carried out.
    struct Case: CustomTestStringConvertible, Sendable {
        var text: String
        var standard: Int?
        var report: Int?
        var testDescription: String { String(reflecting: text.prefix(60)) }

        init(_ text: String, _ standard: Int?, _ report: Int?) {
            self.text = text
            self.standard = standard
            self.report = report
        }
    }

    static let cases = [
        // Not a request at all.
        Case("hello\r\n", 400, 400),
        Case("\u{16}\u{3}\u{1}\n", 400, 400),
        Case("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, 505),
        // The version is looked at first.
        Case("GET / HTTP/1.0\r\n\r\n", nil, 505),
        Case("GET / HTTP/1.1x\r\n\r\n", 400, 505),
        Case("DELETE / HTTP/2\r\nContent-Length: x\r\n\r\n", 505, 505),
        // Content whose end is in doubt.
        Case("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n", 400, 400),
        Case("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 1, 2\r\n\r\nab", 400, 400),
        Case(
            "PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
            400,
            400
        ),
        Case("PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nz\r\n", 400, 400),
        Case("PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: br, foo\r\n\r\n", 501, 501),
        // Its content would be stored as it came.
        Case("PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", 501, 501),
        Case(
            "PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: Deflate\r\n"
                + "Transfer-Encoding: CHUNKED\r\n\r\n",
            501,
            501
        ),
        // Limits.
        Case("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 1001\r\n\r\n", 413, 413),
        Case(
            "PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3E9\r\n"
                + String(repeating: "a", count: 1001),
            413,
            413
        ),
        Case("GET / HTTP/1.1\r\nA: \(String(repeating: "a", count: 600))", 431, 431),
        Case("GET / HTTP/1.1\r\nA: \(String(repeating: "a", count: 600))\r\n\r\n", 431, 431),
        Case("GET /\(String(repeating: "a", count: 600)) HTTP/1.1\r\n\r\n", 414, 414),
        // What RFC 9112 has a server refuse, and the report's server did not look at.
        Case("GET / HTTP/1.1\r\n\r\n", 400, nil),
        Case("GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400, nil),
        Case("GET / HTTP/1.1\r\nHost : x\r\n\r\n", 400, nil),
        Case("GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n", 400, nil),
        // Tolerated in both.
        Case("GET / HTTP/1.1 \nHost: x\n\n", nil, nil),
        Case("\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n", nil, nil),
    ]

    static var limits: ServerLimits {
        var limits = ServerLimits()
        limits.headerSection = 500
        limits.content = 1000
        return limits
    }

    @Test(arguments: cases, WireMode.allCases)
    func `a request is refused however it is cut`(test: Case, mode: WireMode) {
        let expected = mode == .standard ? test.standard : test.report
        for delivery in deliveries(of: Array(test.text.utf8)) {
            var conversation = Conversation(wire: mode, limits: Self.limits)
            for piece in delivery { conversation.receive(piece) }
            #expect(conversation.statuses == [expected ?? 200])
            #expect(conversation.requests.isEmpty == (expected != nil))
            if expected != nil { #expect(conversation.isClosed) }
        }
    }
}
