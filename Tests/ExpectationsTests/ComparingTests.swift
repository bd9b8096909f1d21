import Expectations
import Findings
import Support
import Testing
import Trace

@Suite struct ComparingTests {
    /// One row as `= GET /a -> 200 | GET /a -> 200`, with the verdict before it.
    private func rows(_ difference: TraceDifference) -> [String] {
        difference.rows.map { row in
            let mark =
                switch row.verdict {
                case .met: "="
                case .differs: "!"
                case .missing: "-"
                case .unexpected: "+"
                }
            let expected = row.expected.map { " " + $0.headline } ?? ""
            let seen = row.seen.map { " " + $0.seenRequest + " -> " + $0.seenStatus } ?? ""
            return mark + (row.count > 1 ? "\(row.count)" : "") + expected + " |" + seen
        }
    }

    private func get(_ target: TextPattern, _ status: ExpectedStatus = 200) -> ExpectedExchange {
        ExpectedExchange("GET", target, status)
    }

    private func get(_ target: TextPattern, _ count: ClosedRange<Int>) -> ExpectedExchange {
        var expected = get(target)
        expected.count = count
        return expected
    }

    @Test func `exchanges in order are met`() {
        let traced = TracedExchanges(["GET /a 200", "GET /b 404"])
        let difference = TraceExpectation([get("/a"), get("/b", 404)])
            .difference(from: traced.exchanges)
        #expect(difference.isMet)
        #expect(difference.count(of: .met) == 2)
    }

    @Test func `one that is missing does not put the others out of step`() {
        let traced = TracedExchanges(["GET /a 200", "GET /c 200", "GET /d 200"])
        let expectation = TraceExpectation([get("/a"), get("/b"), get("/c"), get("/d")])
        let difference = expectation.difference(from: traced.exchanges)
        #expect(
            rows(difference) == [
                "= GET /a -> 200 | GET /a -> 200", "- GET /b -> 200 |",
                "= GET /c -> 200 | GET /c -> 200", "= GET /d -> 200 | GET /d -> 200",
            ]
        )
    }

    @Test func `one too many stands alone`() {
        let traced = TracedExchanges(["GET /a 200", "DELETE /zzz 405", "GET /c 200"])
        let difference = TraceExpectation([get("/a"), get("/c")])
            .difference(from: traced.exchanges)
        #expect(
            rows(difference) == [
                "= GET /a -> 200 | GET /a -> 200", "+ | DELETE /zzz -> 405",
                "= GET /c -> 200 | GET /c -> 200",
            ]
        )
    }

    @Test func `another status is a difference of the same exchange`() throws {
        let traced = TracedExchanges(["GET /a 200", "GET /b 500"])
        let difference = TraceExpectation([get("/a"), get("/b")])
            .difference(from: traced.exchanges)
        #expect(rows(difference).last == "! GET /b -> 200 | GET /b -> 500")
        let mismatch = try #require(difference.rows.last?.mismatches.first)
        #expect(mismatch.subject == .response)
        #expect(mismatch.expected == "-> 200")
        #expect(mismatch.seen == "-> 500")
    }

    @Test func `what was moved is missing in one place and unexpected in the other`() {
        let traced = TracedExchanges(["GET /b 200", "GET /a 200"])
        let difference = TraceExpectation([get("/a"), get("/b")])
            .difference(from: traced.exchanges)
        #expect(!difference.isMet)
        #expect(difference.count(of: .missing) == 1)
        #expect(difference.count(of: .unexpected) == 1)
        #expect(
            TraceExpectation(inAnyOrder: [get("/a"), get("/b")])
                .difference(from: traced.exchanges).isMet
        )
    }

    @Test(arguments: [
        (1...1, 0, false), (1...1, 1, true), (1...1, 2, false), (3...3, 2, false), (3...3, 3, true),
        (0...1, 0, true), (0...1, 1, true), (0...1, 2, false), (2...Int.max, 1, false),
        (2...Int.max, 2, true), (2...Int.max, 7, true), (0...Int.max, 0, true),
    ])
    func `counts are met`(count: ClosedRange<Int>, seen: Int, isMet: Bool) {
        let lines = ["GET /a 200"] + Array(repeating: "GET /p 200", count: seen) + ["GET /z 200"]
        let traced = TracedExchanges(lines)
        let expectation = TraceExpectation([get("/a"), get("/p", count), get("/z")])
        #expect(expectation.difference(from: traced.exchanges).isMet == isMet)
        let grouped = TraceExpectation(inAnyOrder: [get("/a"), get("/p", count), get("/z")])
        #expect(grouped.difference(from: traced.exchanges).isMet == isMet)
    }

    @Test func `many that are missing are one row`() {
        let difference = TraceExpectation([get("/p", 1000...1000)])
            .difference(from: TracedExchanges(["GET /p 200", "GET /p 200"]).exchanges)
        #expect(
            rows(difference) == [
                "= GET /p -> 200 | GET /p -> 200", "= GET /p -> 200 | GET /p -> 200",
                "-998 GET /p -> 200 |",
            ]
        )
    }

    @Test(arguments: [
        (["GET /a 200"], true), (["GET /x 200", "GET /a 200", "GET /a 500", "PUT /a 200"], true),
        (["GET /x 200"], false), ([], false),
    ])
    func `others are passed over where they may be`(lines: [String], isMet: Bool) {
        let expectation = TraceExpectation([.others, get("/a"), .others])
        #expect(expectation.difference(from: TracedExchanges(lines).exchanges).isMet == isMet)
    }

    @Test func `what may be anything takes nothing that a line is probably about`() {
        let traced = TracedExchanges([
            "GET /x 200", "GET /y 200", "GET /a 500", "GET /z 200", "GET /b 200",
        ])
        let expectation = TraceExpectation([.others, get("/a"), .others, get("/b"), get("/c")])
        #expect(
            rows(expectation.difference(from: traced.exchanges)) == [
                "= ... | GET /x -> 200", "= ... | GET /y -> 200",
                "! GET /a -> 200 | GET /a -> 500", "= ... | GET /z -> 200",
                "= GET /b -> 200 | GET /b -> 200", "- GET /c -> 200 |",
            ]
        )
    }

    @Test func `a burst from elsewhere does not put a long trace out of step`() {
        let lines = (0..<700).map { "GET /\($0) 200" }
        let expectation = TraceExpectation(lines.indices.map { get(TextPattern("/\($0)")) })
        // One is late by more than any window.
        var late = lines
        late.append(late.remove(at: 5))
        let difference = expectation.difference(from: TracedExchanges(late).exchanges)
        #expect(difference.count(of: .met) == 699)
        #expect(difference.count(of: .missing) == 1)
        #expect(difference.count(of: .unexpected) == 1)
        #expect(difference.rows.count == 701)
    }

    @Test(arguments: [false, true])
    func `what may come again is not forgotten in a long trace`(isGroup: Bool) {
        // No way meets it: one is not expected, far in front and again far behind.
        let lines = (0..<300).map { "GET /\($0) 200" }
        let traced = TracedExchanges(
            ["GET /first 200"] + lines[..<100] + ["PUT /other 200"] + lines[100...]
                + ["PUT /other 200", "GET /last 200"]
        )
        let many =
            isGroup
            ? TraceExpectation.Element.inAnyOrder(
                lines.indices.reversed().map { get(TextPattern("/\($0)")) }
            )
            : .exchange(get("/*", 1...Int.max))
        let expectation = TraceExpectation(
            elements: [.exchange(get("/first")), many, .exchange(get("/last"))]
        )
        let difference = expectation.difference(from: traced.exchanges)
        #expect(difference.count(of: .met) == 302)
        #expect(difference.rows.count == 304)
    }

    @Test func `a line that fits several is not taken from the one that needs it`() {
        // The wildcard could take either; only one of the ways meets both.
        let lines = ["GET /b 200", "GET /a 200"]
        let expectation = TraceExpectation(inAnyOrder: [get("*"), get("/b")])
        #expect(expectation.difference(from: TracedExchanges(lines).exchanges).isMet)
        let counted = TraceExpectation(inAnyOrder: [get("*", 0...1), get("/b", 1...2), get("/a")])
        let more = TracedExchanges(["GET /b 200", "GET /b 200", "GET /b 200", "GET /a 200"])
        #expect(counted.difference(from: more.exchanges).isMet)
    }

    @Test func `groups between lines in order keep to their place`() {
        let expectation = TraceExpectation(elements: [
            .exchange(get("/a")), .inAnyOrder([get("/b"), get("/c")]), .exchange(get("/a")),
        ])
        let right = TracedExchanges(["GET /a 200", "GET /c 200", "GET /b 200", "GET /a 200"])
        #expect(expectation.difference(from: right.exchanges).isMet)
        let wrong = TracedExchanges(["GET /a 200", "GET /c 200", "GET /a 200", "GET /b 200"])
        #expect(!expectation.difference(from: wrong.exchanges).isMet)
    }

    @Test func `two groups share nothing that both could have`() {
        let expectation = TraceExpectation(elements: [
            .inAnyOrder([get("/a"), get("/b")]), .inAnyOrder([get("/a"), get("/c")]),
        ])
        let traced = TracedExchanges(["GET /b 200", "GET /a 200", "GET /a 200", "GET /c 200"])
        #expect(expectation.difference(from: traced.exchanges).isMet)
    }

    @Test func `nothing expected and nothing seen is met`() {
        #expect(TraceExpectation([]).difference(from: []).isMet)
        #expect(
            !TraceExpectation([]).difference(from: TracedExchanges(["GET /a 200"]).exchanges).isMet
        )
    }

    @Test func `a verdict does not depend on how the rows are found`() {
        // Where no way meets everything, the rows must show it, whatever they put side by side.
        var generator = SeededGenerator(seed: 7)
        var met = 0
        for _ in 0..<400 {
            let all = ["/a", "/b", "/c"]
            let seen = (0..<Int.random(in: 0...5, using: &generator)).map { _ in
                "GET \(all.randomElement(using: &generator) ?? "/a") 200"
            }
            let elements = (0..<Int.random(in: 0...4, using: &generator)).map { _ in
                element(using: &generator)
            }
            let expectation = TraceExpectation(elements: elements)
            let exchanges = TracedExchanges(seen).exchanges
            let difference = expectation.difference(from: exchanges)
            #expect(difference.rows.compactMap(\.seen).count == exchanges.count)
            let targets = seen.map { String($0.dropFirst(4).prefix(2)) }
            #expect(difference.isMet == Self.isMet(elements, targets))
            met += difference.isMet ? 1 : 0
        }
        #expect((40...360).contains(met))
    }

    private func element(
        using generator: inout SeededGenerator
    ) -> TraceExpectation.Element {
        let counts = [1...1, 0...1, 2...2, 1...2, 0...Int.max]
        func member() -> ExpectedExchange {
            let target = ["/a", "/b", "/c", "*"].randomElement(using: &generator) ?? "*"
            return get(TextPattern(target), counts.randomElement(using: &generator) ?? 1...1)
        }
        return Bool.random(using: &generator)
            ? .exchange(member())
            : .inAnyOrder((0..<Int.random(in: 1...3, using: &generator)).map { _ in member() })
    }

    /// The same by trying everything.
    private static func isMet(_ elements: [TraceExpectation.Element], _ seen: [String]) -> Bool {
        guard let first = elements.first else { return seen.isEmpty }
        return (0...seen.count).contains { length in
            fits(first.exchanges, Array(seen.prefix(length)))
                && isMet(Array(elements.dropFirst()), Array(seen.dropFirst(length)))
        }
    }

    private static func fits(_ members: [ExpectedExchange], _ seen: [String]) -> Bool {
        guard let first = members.first else { return seen.isEmpty }
        guard case .line(_, let target) = first.request else { return false }
        // Every choice of exchanges for the first member.
        return (0..<1 << seen.count).contains { choice in
            let chosen = seen.indices.filter { choice >> $0 & 1 == 1 }
            return first.count.contains(chosen.count)
                && chosen.allSatisfy { target.matches(seen[$0]) }
                && fits(
                    Array(members.dropFirst()),
                    seen.indices.filter { choice >> $0 & 1 == 0 }.map { seen[$0] }
                )
        }
    }

    @Test(arguments: [
        ("*안녕*", true), (#"*\\uc548\\ub155*"#, true), ("*안영*", false),
    ])
    func `content of JSON is met by the letters that it stands for`(
        pattern: String,
        isMet: Bool
    ) throws {
        let content = #"{"text":"\uc548\ub155"}"#
        let traced = TracedExchanges([
            (
                "GET /a HTTP/1.1\r\nHost: h\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                    + "Content-Length: \(content.utf8.count)\r\n\r\n\(content)"
            )
        ])
        let expectation = try TraceExpectation(
            parsing: "GET /a -> 200\n    response content \"\(pattern)\"\n"
        )
        #expect(expectation.difference(from: traced.exchanges).isMet == isMet)
    }
}
