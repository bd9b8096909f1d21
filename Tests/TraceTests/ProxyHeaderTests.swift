import Packets
import Support
import Testing
import Trace

/// The PROXY protocol in front of a client's requests.
struct ProxyHeaderTests {
    private static let signature: [UInt8] = Array("\r\n\r\n\0\r\nQUIT\n".utf8)
    private static let addresses: [UInt8] = [203, 0, 113, 7, 198, 51, 100, 20, 0xDC, 0x04, 0, 80]
    private static let addresses6: [UInt8] =
        [0x20, 1, 0xD, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]
        + [0x20, 1, 0xD, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2] + [0xDC, 0x04, 0, 80]

    private static let headers: [([UInt8], Int, String?)] = [
        (Array("PROXY TCP4 203.0.113.7 198.51.100.20 56324 80\r\n".utf8), 1, "203.0.113.7:56324"),
        (Array("PROXY TCP6 2001:db8::1 2001:db8::2 56324 80\r\n".utf8), 1, "[2001:db8::1]:56324"),
        (Array("PROXY UNKNOWN\r\n".utf8), 1, nil),
        (signature + [0x21, 0x11, 0, 12] + addresses, 2, "203.0.113.7:56324"),
        (signature + [0x21, 0x21, 0, 36] + addresses6, 2, "[2001:db8::1]:56324"),
        (signature + [0x21, 0x11, 0, 15] + addresses + [4, 0, 0], 2, "203.0.113.7:56324"),
        (signature + [0x20, 0, 0, 0], 2, nil),
    ]

    @Test(arguments: headers.indices, [1, 13, 1460])
    func `its client is known, and the requests behind it are read`(index: Int, segmentSize: Int) {
        let (header, version, client) = Self.headers[index]
        for isApart in [true, false] {
            var builder = ConversationBuilder()
            builder.segmentSize = segmentSize
            builder.handshake()
            let request = Array("GET /a HTTP/1.1\r\nHost: h\r\n\r\n".utf8)
            builder.send(isApart ? header : header + request, from: .client)
            if isApart { builder.send(request, from: .client) }
            builder.answer("a")
            builder.exchange("/b")
            builder.close()
            let traced = Traced(builder)
            #expect(traced.pairs == ["GET /a 200", "GET /b 200"])
            #expect(traced.codes.isEmpty)
            #expect(traced.summary.ledger.imbalance == 0)
            for exchange in traced.exchanges {
                #expect(exchange.proxyHeader?.version == version)
                #expect(exchange.proxyHeader?.client.map { "\($0)" } == client)
            }
        }
    }

    @Test(arguments: [
        "XPROXY 1 2 3\r\n", "PROXY\r\n", "PROXY TCP4 1.2.3 4.5.6.7 1 2\r\n", "PROXY TCP4 a\n",
    ])
    func `what only resembles one is told as before`(line: String) {
        var builder = ConversationBuilder()
        builder.handshake()
        builder.send(line, from: .client)
        builder.exchange("/a")
        let traced = Traced(builder)
        #expect(traced.pairs == ["GET /a 200"])
        #expect(traced.codes == [.bytesBeforeMessage])
        #expect(traced.exchanges.first?.proxyHeader == nil)
    }
}
