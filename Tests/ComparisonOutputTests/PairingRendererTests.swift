import Bytes
import ComparisonOutput
import Support
import Testing
import Trace
import TraceComparison
import TraceOutput

@Suite struct PairingRendererTests {
    private func text(
        _ first: TracedExchanges,
        _ second: TracedExchanges,
        width: Int = 80,
        color: Bool = false,
        showsAll: Bool = false
    ) -> String {
        var options = OutputOptions()
        options.width = width
        options.usesColor = color
        let renderer = PairingRenderer(
            options: options,
            first: "a.pcap",
            second: "b.pcap",
            showsAll: showsAll
        )
        var buffer = OutputBuffer()
        renderer.render(
            TracePairing(first.exchanges, second.exchanges),
            first.exchanges,
            second.exchanges,
            into: &buffer
        )
        return buffer.withBytes { bytes in
            String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
        }
    }

    private static let first = TracedExchanges([
        "GET /a 200", "GET /b 200", "GET /c 200", "PUT /d 201",
    ])
    private static let second = TracedExchanges([
        "GET /b 500", "GET /c 200", "GET /a 200", "POST /e 204",
    ])

    @Test(arguments: [40, 60, 80, 120])
    func `the sides stand below each other, however wide their characters`(width: Int) {
        let shown = text(
            TracedExchanges(["GET /한글/문서.txt 200", "GET /e\u{301}🙂🇰🇷/\u{1112}\u{1161}\u{11AB} 200"]),
            TracedExchanges(["GET /한글/문서.txt 500", "GET /e\u{301}🙂🇰🇷/b 404"]),
            width: width
        )
        let columns = shown.split(separator: "\n").compactMap { line in
            line.firstIndex { $0 == "│" || $0 == "┼" }.map { line[..<$0].cellWidth }
        }
        #expect(columns.count > 4)
        #expect(Set(columns).count == 1, "\(shown)")
    }

    @Test func `two traces stand side by side`() {
        #expect(
            text(Self.first, Self.second) == """
                    a.pcap              │ b.pcap               frames
                ────────────────────────┼───────────────────────────────────
                ≠ 2 GET /b -> 200       │ GET /b -> 500        6 → 7 | 4 → 5
                      connection reused │   connection new
                      < HTTP/1.1 200 S  │   < HTTP/1.1 500 S
                  3 GET /c -> 200       │ GET /c -> 200        8 → 9 | 6 → 7
                - 4 PUT /d -> 201       │                      10 → 11
                ↕ 1 GET /a -> 200       │ GET /a -> 200        4 → 5 | 8 → 9
                      at place 1        │   at place 3
                      connection new    │   connection reused
                +                       │ POST /e -> 204       10 → 11

                different: 1 changed, 1 moved, 1 only in the first, 1 only in the second; 1 exchange the same

                """
        )
    }

    @Test func `what is the same is one line, unless all is asked for`() {
        #expect(text(Self.first, Self.first) == "4 exchanges the same\n")
        #expect(text(Self.first, Self.first, showsAll: true).split(separator: "\n").count == 7)
    }

    @Test(arguments: [40, 80, 120, 200])
    func `no line is wider than the terminal`(width: Int) {
        let lines = text(Self.first, Self.second, width: width).split(separator: "\n")
        for line in lines.dropLast() { #expect(line.unicodeScalars.count <= width, "\(line)") }
    }

    @Test func `colour changes nothing but colour`() {
        let coloured = text(Self.first, Self.second, color: true)
        #expect(coloured.contains("\u{1B}[32m"))
        #expect(
            coloured.replacing(#/\x1b\[[0-9]*m/#, with: "") == text(Self.first, Self.second)
        )
    }
}
