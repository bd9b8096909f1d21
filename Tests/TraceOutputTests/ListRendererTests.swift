import Bytes
import Findings
import Packets
import Testing
import Trace
import TraceOutput

@Suite struct ListRendererTests {
    static func rows(
        _ exchanges: [Exchange],
        width: Int = 80,
        _ change: (inout OutputOptions) -> Void = { _ in }
    ) -> String {
        var options = OutputOptions()
        options.width = width
        change(&options)
        return Samples.text { buffer in
            var renderer = ExchangeRenderer(format: .list, options: options)
            renderer.header(into: &buffer)
            for exchange in exchanges { renderer.render(exchange, into: &buffer) }
            renderer.summary(TraceSummary(), into: &buffer)
        }
    }

    /// The row of an exchange behind so many others.
    private static func row(_ exchange: Exchange, number: Int, width: Int) -> String {
        var options = OutputOptions()
        options.width = width
        return Samples.text { buffer in
            var renderer = ExchangeRenderer(format: .list, options: options)
            var cells = OutputBuffer()
            renderer.render(unnumbered: exchange, into: &cells)
            cells.withBytes { renderer.render(number: number, $0, into: &buffer) }
        }
    }

    private var half: Exchange { Samples.exchange(Samples.getIndex.request, nil) }

    @Test func `rows at 80 columns`() {
        let expected = """
             No. Time     Client → server          Method Target       Code Bytes  Total Fnd
                 2026-11-22 UTC
               1 21:37:28 51234→127.0.0.1:8080     GET    /index.txt    200    13 1.25ms   6
               2 21:37:28 51234→127.0.0.1:8080     POST   /             204     0 1.25ms   2
               3 21:37:28 51234→127.0.0.1:8080     GET    /index.txt      -     -      -   3

            """
        let shown = Self.rows([Samples.getIndex, Samples.unterminatedPost, half], width: 80)
        #expect(shown == expected)
    }

    @Test func `rows at 40 columns`() {
        let expected = """
             No. Method Target       Code  Total Fnd
               1 GET    /index.txt    200 1.25ms   6

            """
        #expect(Self.rows([Samples.getIndex], width: 40) == expected)
    }

    @Test func `rows at 200 columns`() {
        let gap = String(repeating: " ", count: 81)
        let shown = Self.rows([Samples.getIndex], width: 200)
        let row =
            "     1 21:37:28.000912 127.0.0.1:51234 → 127.0.0.1:8080              GET     /index.txt"
            + gap
        #expect(shown.split(separator: "\n").last?.hasPrefix(row) == true)
        #expect(
            shown.split(separator: "\n").last?.hasSuffix("200        13  1.25 ms        6") == true
        )
    }

    @Test func `where rows may be of any length nothing is cut, and each has one line`() {
        let target = "/" + String(repeating: "long/", count: 200) + "end"
        var exchange = Samples.exchange(
            Samples.message("GET \(target) HTTP/1.1\r\n\r\n", role: .request),
            nil
        )
        let address = IPAddress(high: .max, low: .max)
        exchange.client = Endpoint(address: address, port: 65535)
        exchange.server = Endpoint(address: address, port: 65535)
        let lines = Self.rows([exchange, half]) { $0.isWide = true }.split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines[1].contains(target))
        #expect(lines[1].contains(" \(exchange.client) → \(exchange.server) "))
        #expect(
            lines[2].hasPrefix(
                "     2 2026-11-22T21:37:28.000912Z 127.0.0.1:51234 → 127.0.0.1:8080      "
            )
        )
    }

    /// Endpoints that need more than their column take it where the target leaves it.
    @Test(arguments: [
        (200, "[2001:db8:1234:5678:f816:3eff:fec5:50ea]:54321 → [2001:db8::1]:8080"),
        (120, "[2001:db8:1234:567…:fec5:50ea]:54321 → [2001:db8::1]:8080"),
        (100, "[2001:db8:123…5:50ea]:54321 → [2001:db8::1]:8080"),
        (80, "54321→[2001:db8::1]:8080"),
    ])
    func `each end of a connection keeps its ends`(width: Int, cell: String) throws {
        var exchange = Samples.unterminatedPost
        exchange.client = Endpoint(
            address: IPAddress(high: 0x2001_0DB8_1234_5678, low: 0xF816_3EFF_FEC5_50EA),
            port: 54321
        )
        exchange.server = Endpoint(address: IPAddress(high: 0x2001_0DB8 << 32, low: 1), port: 8080)
        let shown = Self.rows([exchange], width: width)
        #expect(shown.contains(cell + " "), "\(shown)")
    }

    @Test(arguments: [
        (TimeDisplay.relative, ["     0.000", "     1.500", "    -0.250"]),
        (.delta, ["     0.000", "     1.500", "    -1.750"]),
        (.epoch, ["1795383448", "1795383449", "1795383447"]),
        (.utc, ["21:37:28", "21:37:29", "21:37:27"]),
    ])
    func `times are shown as asked for`(display: TimeDisplay, texts: [String]) {
        let exchanges = [Int64(0), 1_500_000_000, -250_000_000].map { passed in
            var exchange = half
            exchange.request?.time.nanoseconds += passed
            return exchange
        }
        let rows = Self.rows(exchanges) { $0.time = display }.split(separator: "\n")
        let cells = rows.suffix(3).map { row in
            String(row.dropFirst(5).prefix(texts[0].count))
        }
        #expect(cells == texts)
    }

    @Test func `a line tells the day and the zone, and where they change`() {
        // Clocks go back from 03:00 to 02:00 in Berlin.
        let change: Int64 = 1_793_494_800
        let berlin = TimeZoneRule { second in
            second < change ? .init(seconds: 7200, name: "CEST") : .init(seconds: 3600, name: "CET")
        }
        let seconds = [change - 3 * 3600 - 1, change - 3 * 3600, change - 1, change, change + 1]
        let exchanges = seconds.map { second in
            var exchange = half
            exchange.request?.time.nanoseconds = second * 1_000_000_000
            return exchange
        }
        let shown = Self.rows(exchanges, width: 50) { options in
            options.time = .local
            options.zone = berlin
        }
        let starts = shown.split(separator: "\n").dropFirst().map { $0.prefix(34) }
        #expect(
            starts == [
                "     2026-10-31 CEST (UTC+02:00)",
                "   1 23:59:59 GET    /index.txt   ",
                "     2026-11-01 CEST (UTC+02:00)",
                "   2 00:00:00 GET    /index.txt   ",
                "   3 02:59:59 GET    /index.txt   ",
                "     2026-11-01 CET (UTC+01:00)",
                "   4 02:00:00 GET    /index.txt   ",
                "   5 02:00:01 GET    /index.txt   ",
            ]
        )
    }

    @Test(
        arguments: [
            (80, " 203.0.…51234→127.0.…1:8080 GET "),
            (120, " 203.0.113.9:400…127.0.0.1:51234 → 127.0.0.1:8080 GET "),
            (200, " 203.0.113.9:40000 ⇒ 127.0.0.1:51234 → 127.0.0.1:8080 GET "),
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

    /// Whatever stands in its cells, and however many rows are in front of it.
    @Test(arguments: [40, 45, 49, 50, 59, 60, 75, 76, 79, 80, 81, 99, 100, 119, 120, 159, 160, 400])
    func `a row is as wide as the terminal, whatever it holds`(width: Int) {
        var worst = Samples.exchange(
            Samples.message(
                "UPDATEREDIRECTREF /\(String(repeating: "한글/", count: 200)) HTTP/1.1\r\n\r\n",
                role: .request
            ),
            Samples.message("HTTP/1.1 200 OK\r\n\r\n", role: .response)
        )
        worst.response?.contentLength = 123_456_789_012
        let address = IPAddress(high: .max, low: .max)
        worst.client = Endpoint(address: address, port: 65535)
        worst.server = Endpoint(address: address, port: 65535)
        worst.timing.total = 86_400_000_000_000
        worst.findings = Array(repeating: Finding(.pipelined), count: 12_345)
        for exchange in [worst, half] {
            for number in [1, 9999, 10_000, 999_999, 10_000_000] {
                let lines = Self.row(exchange, number: number, width: width).split(separator: "\n")
                #expect(lines.last?.cellWidth == width, "\(lines)")
                #expect(lines.last?.drop { $0 == " " }.hasPrefix("\(number) ") == true)
            }
        }
        let header = Self.rows([], width: width).dropLast()
        #expect(header.cellWidth == width)
    }

    @Test(arguments: [(80, " >2.03s "), (120, "  >2.03 s "), (40, " >2.03s ")])
    func `how long was waited in vain is a lower bound`(width: Int, cell: String) {
        var exchange = half
        exchange.timing.waited = 2_030_400_000
        #expect(Self.rows([exchange], width: width).contains(cell))
        exchange.timing.waited = 42_300_000
        #expect(Self.rows([exchange], width: 80).contains(" >42ms "))
        exchange.timing.waited = 132_000
        #expect(Self.rows([exchange], width: 80).contains(" >132µs "))
    }

    private static var summary: TraceSummary {
        var summary = TraceSummary()
        (summary.frames, summary.streams, summary.exchanges) = (80, 8, 1234)
        summary.findings = [.bareLineFeed: 40, .mixedLineEndings: 2, .unsupportedVersion: 1]
        return summary
    }

    @Test func `a list ends with totals where a person looks at it`() {
        func end(_ change: (inout OutputOptions) -> Void) -> String {
            var options = OutputOptions()
            change(&options)
            return Samples.text { buffer in
                ExchangeRenderer(format: .list, options: options)
                    .summary(Self.summary, into: &buffer)
            }
        }
        #expect(end { _ in } == "")
        #expect(
            end { $0.endsWithTotals = true }
                == "1,234 exchanges, 1 error, 42 warnings in 8 connections\n"
        )
        #expect(end { $0.includesSummaryLine = true }.hasPrefix("\nSummary\n───"))
    }

    @Test func `connections without HTTP are told in a sentence`() {
        var summary = Self.summary
        #expect(summary.connectionSentences == [])
        summary.otherStreams = ["no data": 3, "connection refused": 2]
        #expect(summary.connectionSentences == [])
        summary.otherStreams["TLS"] = 1
        summary.otherStreams["HTTP/2"] = 2
        #expect(summary.connectionSentences == ["3 connections are not HTTP/1: 2 HTTP/2, 1 TLS"])
    }

    @Test(arguments: [
        (Int64(0), " 0 ns "), (999, " 999 ns "), (85_000, " 85 µs "), (1_250_000, " 1.25 ms "),
        (42_000_000, " 42.0 ms "), (1_050_000_000, " 1.05 s "), (123_000_000_000, " 123 s "),
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
