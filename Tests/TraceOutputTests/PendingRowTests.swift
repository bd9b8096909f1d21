import Testing
import Trace
import TraceOutput

/// What is shown of an exchange that is in flight.
@Suite struct PendingRowTests {
    private func text(
        _ exchange: Exchange,
        _ format: OutputFormat,
        usesColor: Bool = false
    ) -> String {
        var options = OutputOptions()
        options.usesColor = usesColor
        return Samples.text { buffer in
            var renderer = ExchangeRenderer(format: format, options: options)
            renderer.render(pending: exchange, waited: 1_020_000_000, into: &buffer)
            renderer.render(exchange, into: &buffer)
        }
    }

    private var half: Exchange { Samples.exchange(Samples.getIndex.request, nil) }

    @Test func `a row has no number, and its exchange's own row is what it always is`() {
        let lines = text(half, .list).split(separator: "\n").suffix(2).map(String.init)
        #expect(lines[0].hasPrefix("     "))
        #expect(lines[0].contains(" …     - "))
        #expect(lines[0].contains("1.0"))
        #expect(lines[1].hasPrefix("   1 "))
        #expect(lines[0].count == lines[1].count)
    }

    @Test func `a row is dim to its end, and the one behind it is not`() {
        let lines = text(half, .list, usesColor: true).split(separator: "\n").suffix(2)
            .map(String.init)
        #expect(lines[0].hasPrefix("\u{1B}[2m") && lines[0].hasSuffix("\u{1B}[0m"))
        #expect(lines[0].split(separator: "\u{1B}").count == 2)
        #expect(!lines[1].hasPrefix("\u{1B}[2m"))
    }

    @Test func `a line in front of a pair says what is asked, and of whom`() {
        let shown = text(half, .pairs)
        #expect(shown.hasPrefix("In flight for 1.02 s: stream "))
        #expect(shown.contains("→ 127.0.0.1:8080  GET /index.txt\n\n"))
    }

    @Test func `a line of JSON has a type of its own, and the members of an exchange`() {
        let lines = text(half, .json).split(separator: "\n")
        #expect(lines[0].hasPrefix("{\"type\":\"pending\",\"waited\":1.02,\"stream\":"))
        #expect(lines[0].hasSuffix(lines[1].dropFirst(1)))
    }
}
