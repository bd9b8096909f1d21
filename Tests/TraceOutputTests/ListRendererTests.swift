import Findings
import Packets
import Testing
import Trace
import TraceOutput

@Suite struct ListRendererTests {
    static func rows(_ exchanges: [Exchange], width: Int) -> String {
        var options = OutputOptions()
        options.width = width
        return Samples.text { buffer in
            var renderer = ExchangeRenderer(format: .list, options: options)
            renderer.header(into: &buffer)
            for exchange in exchanges { renderer.render(exchange, into: &buffer) }
            renderer.summary(TraceSummary(), into: &buffer)
        }
    }

    private var half: Exchange { Samples.exchange(Samples.getIndex.request, nil) }

    @Test func `rows at 80 columns`() {
        let expected = """
             No. Time     Client → server          Method Target        Code Bytes Total Fnd
               1 21:37:28 51234→127.0.0.1:8080     GET    /index.txt     200    13 1.2ms   6
               2 21:37:28 51234→127.0.0.1:8080     POST   /              204     0 1.2ms   2
               3 21:37:28 51234→127.0.0.1:8080     GET    /index.txt       -     -     -   3

            """
        let shown = Self.rows([Samples.getIndex, Samples.unterminatedPost, half], width: 80)
        #expect(shown == expected)
    }

    @Test func `rows at 200 columns`() {
        let gap = String(repeating: " ", count: 68)
        let shown = Self.rows([Samples.getIndex], width: 200)
        let row =
            "     1 2026-11-22 21:37:28.000912 127.0.0.1:51234 → 127.0.0.1:8080              "
            + "GET     /index.txt" + gap
        #expect(shown.split(separator: "\n").last?.hasPrefix(row) == true)
        #expect(
            shown.split(separator: "\n").last?.hasSuffix("200        13  1.25 ms        6") == true
        )
    }

    @Test(
        arguments: [
            (80, " 203.0.113.9⇒….0.0.1:8080 GET "),
            (120, " 203.0.113.9:40000 ⇒…4 → 127.0.0.1:8080 GET "),
            (200, " 203.0.113.9:40000 ⇒ 12…51234 → 127.0.0.1:8080 GET "),
        ]
    )
    func `the client that a proxy speaks for stands in front of it`(width: Int, cell: String) {
        var exchange = Samples.getIndex
        let client = Endpoint(address: IPAddress(version4: 0xCB00_7109), port: 40_000)
        exchange.proxyHeaders = [ProxyHeader(version: 2, client: client, server: exchange.server)]
        let shown = Self.rows([exchange], width: width)
        #expect(shown.contains(cell), "\(shown)")
        // A proxy that does not say for whom it speaks is the client.
        exchange.proxyHeaders = [ProxyHeader(version: 1)]
        #expect(
            Self.rows([exchange], width: width) == Self.rows([Samples.getIndex], width: width)
        )
    }

    @Test(arguments: [76, 79, 80, 81, 99, 100, 119, 120, 159, 160, 200, 300])
    func `a row is as wide as the terminal, whatever it holds`(width: Int) {
        let target = "/" + String(repeating: "long/", count: 200) + "end"
        let request = Samples.message(
            "UPDATEREDIRECTREF \(target) HTTP/1.1\r\n\r\n",
            role: .request
        )
        var response = Samples.message("HTTP/1.1 200 OK\r\n\r\n", role: .response)
        response.contentLength = 123_456_789_012
        var exchange = Samples.exchange(request, response)
        let address = IPAddress(high: .max, low: .max)
        exchange.client = Endpoint(address: address, port: 65535)
        exchange.server = Endpoint(address: address, port: 65535)
        exchange.timing.total = 999_999_999_999
        let rows = Self.rows([exchange, half], width: width).split(separator: "\n")
        for row in rows { #expect(row.unicodeScalars.count == width) }
        #expect(rows[1].contains("…"))
    }

    @Test(arguments: [
        (Int64(0), " 0 ns "), (999, " 999 ns "), (85_000, " 85 µs "), (1_250_000, " 1.25 ms "),
        (42_000_000, " 42 ms "), (1_050_000_000, " 1.05 s "), (123_000_000_000, " 123 s "),
        (-85_000, " -85 µs "),
    ])
    func `durations have a unit`(nanoseconds: Int64, text: String) {
        var exchange = Samples.getIndex
        exchange.timing.total = nanoseconds
        #expect(Self.rows([exchange], width: 100).contains(text))
    }

    @Test(arguments: [
        (99_999, " 99999 "), (999_999, " 999kB "), (1_234_567, " 1.2MB "), (12_345_678, " 12MB "),
        (123_456_789, " 123MB "), (1_234_567_890, " 1.2GB "),
    ])
    func `lengths that do not fit have a unit`(length: Int, text: String) {
        var exchange = Samples.getIndex
        exchange.response?.contentLength = length
        let shown = Self.rows([exchange], width: 80)
        #expect(shown.contains(text), "\(shown)")
    }
}
