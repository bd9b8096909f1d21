import ComparisonOutput
import Expectations
import Support
import Testing
import Trace
import TraceOutput

@Suite struct DifferenceRendererTests {
    private static let specification = """
        GET /index.txt -> 200
        GET /a/rather/long/target?that=does&not=fit&into=half&of=80&columns -> 200
            response Server: nginx
        POST / -> 204 with unterminated-header-section
        GET /missing -> 200
        GET /last -> none
        nothing unclaimed
        """

    private static let traced = TracedExchanges([
        (get("/index.txt"), ok),
        (get("/a/rather/long/target?that=does&not=fit&into=half&of=80&columns"), ok),
        ("POST / HTTP/1.1\r\nHost: h\r\nNo colon\r\n\r\n", ok),
        (get("/last"), ok), ("DELETE /x HTTP/1.1\r\nHost: h\r\n\r\n", ""),
    ])

    private static let ok = "HTTP/1.1 200 OK\r\nServer: s\r\nContent-Length: 0\r\n\r\n"

    private static func get(_ target: String) -> String {
        "GET \(target) HTTP/1.1\r\nHost: h\r\n\r\n"
    }

    private func text(
        _ width: Int,
        color: Bool = false,
        showsAll: Bool = false,
        _ specification: String = specification,
        _ traced: TracedExchanges = traced
    ) throws -> String {
        var options = OutputOptions()
        options.width = width
        options.usesColor = color
        let renderer = DifferenceRenderer(
            options: options,
            expected: "spec",
            seen: "x.pcap",
            showsAll: showsAll
        )
        let expectation = try TraceExpectation(parsing: specification)
        var buffer = OutputBuffer()
        renderer.render(
            expectation.difference(from: traced.exchanges, traced.ledger),
            into: &buffer
        )
        return buffer.withBytes { bytes in
            String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
        }
    }

    @Test func `a difference fits 80 columns`() throws {
        #expect(
            try text(80) == """
                    expected (spec)                  │ seen (x.pcap)                     frames
                ─────────────────────────────────────┼──────────────────────────────────────────
                  1 GET /index.txt -> 200            │ GET /index.txt -> 200             4 → 5
                ≠ 2 GET /a/rather/long/target?       │ GET /a/rather/long/target?        6 → 7
                      that=does&not=fit&into=half&   │   that=does&not=fit&into=half&
                      of=80&columns -> 200           │   of=80&columns -> 200
                      response Server: nginx         │   response Server: s
                ≠ 4 POST / -> 204                    │ POST / -> 200                     8 → 9
                      with unterminated-header-      │
                        section                      │
                                                     │   with missing-colon
                - 5 GET /missing -> 200              │
                ≠ 6 GET /last -> none                │ GET /last -> 200                  10 → 11
                +                                    │ DELETE /x -> none                 12 → -
                                                     │   (no response before the
                                                     │     connection closed)

                missing-colon (RFC 9112 §5)
                  A line of the header section has no colon, so it has no field name.

                not as expected: 3 differ, 1 is missing, 1 was not expected; 1 exchange as expected

                """
        )
    }

    @Test func `a difference uses 200 columns`() throws {
        #expect(
            try text(200) == """
                    expected (spec)                                                            │ seen (x.pcap)                                                               frames
                ───────────────────────────────────────────────────────────────────────────────┼────────────────────────────────────────────────────────────────────────────────────
                  1 GET /index.txt -> 200                                                      │ GET /index.txt -> 200                                                       4 → 5
                ≠ 2 GET /a/rather/long/target?that=does&not=fit&into=half&of=80&columns -> 200 │ GET /a/rather/long/target?that=does&not=fit&into=half&of=80&columns -> 200  6 → 7
                      response Server: nginx                                                   │   response Server: s
                ≠ 4 POST / -> 204                                                              │ POST / -> 200                                                               8 → 9
                      with unterminated-header-section                                         │
                                                                                               │   with missing-colon
                - 5 GET /missing -> 200                                                        │
                ≠ 6 GET /last -> none                                                          │ GET /last -> 200                                                            10 → 11
                +                                                                              │ DELETE /x -> none                                                           12 → -
                                                                                               │   (no response before the connection closed)

                missing-colon (RFC 9112 §5)
                  A line of the header section has no colon, so it has no field name.

                not as expected: 3 differ, 1 is missing, 1 was not expected; 1 exchange as expected

                """
        )
    }

    @Test(arguments: [40, 60, 80, 100, 132, 200])
    func `no line is wider than the terminal`(width: Int) throws {
        for line in try text(width).split(separator: "\n").dropLast() {
            #expect(line.unicodeScalars.count <= width, "\(line)")
        }
    }

    @Test func `colour changes nothing but colour`() throws {
        let coloured = try text(80, color: true)
        #expect(coloured.contains("\u{1B}[31m"))
        #expect(coloured.replacing(#/\x1b\[[0-9]*m/#, with: "") == (try text(80)))
    }

    @Test func `what is as expected is one line, unless all is asked for`() throws {
        let traced = TracedExchanges(["GET /a 200", "GET /b 200"])
        let specification = "GET /a -> 200\nGET /b -> 200"
        #expect(try text(80, specification, traced) == "2 exchanges as expected\n")
        #expect(
            try text(80, showsAll: true, specification, traced) == """
                    expected (spec) │ seen (x.pcap)  frames
                ────────────────────┼──────────────────────
                  1 GET /a -> 200   │ GET /a -> 200  4 → 5
                  2 GET /b -> 200   │ GET /b -> 200  6 → 7

                2 exchanges as expected

                """
        )
    }

    @Test func `only what is near a difference is shown of long traces`() throws {
        let lines = (0..<40).map { "GET /\($0) 200" }
        let specification = (0..<40).map { "GET /\($0) -> \($0 == 20 ? 404 : 200)" }
        #expect(
            try text(80, specification.joined(separator: "\n"), TracedExchanges(lines)) == """
                     expected (spec)  │ seen (x.pcap)   frames
                ──────────────────────┼────────────────────────
                     … 18 as expected │
                  19 GET /18 -> 200   │ GET /18 -> 200  40 → 41
                  20 GET /19 -> 200   │ GET /19 -> 200  42 → 43
                ≠ 21 GET /20 -> 404   │ GET /20 -> 200  44 → 45
                  22 GET /21 -> 200   │ GET /21 -> 200  46 → 47
                  23 GET /22 -> 200   │ GET /22 -> 200  48 → 49
                     … 17 as expected │

                not as expected: 1 differs; 39 exchanges as expected

                """
        )
    }

    @Test func `a failed test shows the same without colour`() throws {
        let difference = try TraceExpectation(parsing: "GET /a -> 200")
            .difference(from: TracedExchanges(["GET /a 500"]).exchanges)
        #expect(
            difference.text(width: 80) == """
                    expected      │ seen           frames
                ──────────────────┼──────────────────────
                ≠ 1 GET /a -> 200 │ GET /a -> 500  4 → 5

                not as expected: 1 differs; 0 exchanges as expected

                """
        )
    }

    @Test(arguments: [
        ("get /index.txt -> 200", "(methods are case-sensitive: get is not GET"),
        ("GET /items/[0-9]+ -> 200", "(a target is no regular expression: *"),
        ("GET http://h/index.txt -> 200", "(only a proxy is sent a whole URL:"),
        ("GET /index.txt -> 999", "(status codes are 100 to 599"),
    ])
    func `a line that nothing can meet is told why`(line: String, reason: String) throws {
        #expect(try text(200, line).contains(reason))
    }

    @Test(arguments: ["GET /index.txt -> 404", "PURGE /index.txt -> 200", "GET /a[1] -> 200"])
    func `of a line that can be met no doubt is told`(line: String) throws {
        #expect(try TraceExpectation(parsing: line).exchanges.first?.doubt == nil)
    }

    @Test func `in any order nothing is compared that has only its method in common`() throws {
        let traced = TracedExchanges([(Self.get("/items/9"), Self.ok), (Self.get("/b"), Self.ok)])
        let lines = "in any order:\n  GET /ok -> 200\n  GET /b -> 200\n"
        let text = try text(80, lines, traced)
        #expect(text.contains("- 2 GET /ok -> 200"))
        #expect(text.contains("+   "))
    }
}
