import Expectations
import Findings
import Support
import Testing
import Trace

@Suite struct ConditionTests {
    private static let request =
        "POST /a HTTP/1.1\r\nHost: 10.0.0.2:80\r\nX-Two: a\r\nX-Two: b\r\nContent-Length: 2\r\n\r\nhi"
    private static let response =
        "HTTP/1.1 200 All right\r\nServer: s\r\nContent-Length: 6\r\n\r\nHello\n"

    /// The mismatches of one exchange with a line and indented lines, as `expected | seen`.
    private func mismatches(
        _ lines: String,
        _ request: String = request,
        _ response: String = response
    ) throws -> [String] {
        let expected = try #require(TraceExpectation(parsing: lines).exchanges.first)
        let traced = TracedExchanges([(request, response)])
        let exchange = try #require(traced.exchanges.first)
        return expected.mismatches(with: exchange).map { "\($0.expected) | \($0.seen)" }
    }

    @Test(arguments: [
        "request Host: 10.0.0.2*", "request host: *", "request X-Two: b", "request X-Two: a",
        "request no Cookie", "request content hi", "request length 2", "request version HTTP/1.1",
        "request complete", "response Server: s", "response content \"Hello\\n\"",
        "response content *ell*", "response length 1-10", "response reason All *",
        "server 10.0.0.2:80", "server *:80", "client 10.0.0.1:*", "interim none", "connection new",
        "total within 1m", "first-byte at least 1us",
    ])
    func `a condition that holds is no mismatch`(line: String) throws {
        #expect(try mismatches("POST /a -> 200\n  \(line)") == [])
    }

    @Test(arguments: [
        ("request Host: x", "request Host: x | request Host: 10.0.0.2:80"),
        ("request Cookie: *", "request Cookie: * | request no Cookie"),
        ("request X-Two: c", "request X-Two: c | request X-Two: a, X-Two: b"),
        ("request no x-two", "request no x-two | request x-two: a"),
        ("request content HI", #"request content "HI" | request content "hi""#),
        ("response length 5", "response length 5 | response length 6"),
        ("response version HTTP/1.0", "response version HTTP/1.0 | response version HTTP/1.1"),
        ("response reason OK", "response reason OK | response reason All right"),
        ("response incomplete", "response incomplete | response complete"),
        ("server *:8080", "server *:8080 | server 10.0.0.2:80"),
        ("interim 103", "interim 103 | interim none"),
        ("connection reused", "connection reused | connection new"),
        ("total within 1us", "total within 1us | total 1ms"),
        ("total at least 1m", "total at least 1m | total 1ms"),
        (
            "because connection-closed",
            "because connection-closed | nothing is missing"
        ),
    ])
    func `a condition that does not hold says what was seen`(line: String, said: String) throws {
        #expect(try mismatches("POST /a -> 200\n  \(line)") == [said])
    }

    @Test func `a missing side can be expected, and told`() throws {
        let none = ""
        #expect(
            try mismatches(
                "POST /a -> none\n  because connection-closed",
                Self.request,
                none
            ) == []
        )
        #expect(try mismatches("POST /a -> 200|none", Self.request, none) == [])
        #expect(try mismatches("POST /a -> *", Self.request, none) == [])
        #expect(try mismatches("POST /a -> xxx", Self.request, none) == ["-> xxx | -> none"])
        #expect(try mismatches("POST /a -> none") == ["-> none | -> 200"])
        #expect(
            try mismatches("POST /a -> *\n  response X: y", Self.request, none)
                == ["response X: y | no response"]
        )
        #expect(try mismatches("none -> 200", none, Self.response) == [])
        #expect(try mismatches("* * -> 200", none, Self.response) == [])
        #expect(
            try mismatches("GET * -> 200", none, Self.response) == ["GET * | none"]
        )
        #expect(try mismatches("none -> 200") == ["none | POST /a"])
    }

    /// A request with one error, one warning and one note.
    private static let odd = "GET /a HTTP/1.1 \r\nHost : h\r\n\r\n"

    @Test(arguments: [
        ("GET /a -> 200", [" | with whitespace-before-colon"]),
        ("GET /a -> 200 with whitespace-before-colon", []),
        ("GET /a -> 200 with *", []), ("GET /a -> 200 with error", []),
        ("GET /a -> 200 with warning", [" | with whitespace-before-colon"]),
        (
            "GET /a -> 200 with whitespace-before-colon, reset",
            ["with reset | "]
        ),
        (
            "GET /a -> 200 with whitespace-before-colon without *",
            ["without * | with extra-whitespace"]
        ),
        (
            "GET /a -> 200 with error without extra-whitespace, reset",
            ["without extra-whitespace | with extra-whitespace"]
        ),
        ("GET /a -> 200 with *, extra-whitespace without reset", []),
    ])
    func `findings are expected, allowed and excluded`(line: String, said: [String]) throws {
        #expect(try mismatches(line, Self.odd) == said)
    }

    @Test func `findings that nobody names pass where they are allowed`() throws {
        var expectation = try TraceExpectation(parsing: "GET /a -> 200")
        let traced = TracedExchanges([(Self.odd, Self.response)])
        #expect(!expectation.difference(from: traced.exchanges).isMet)
        expectation.allowsFindings = true
        #expect(expectation.difference(from: traced.exchanges).isMet)
    }

    @Test func `claims are about the trace's bytes`() throws {
        let expectation = try TraceExpectation(
            parsing: "POST /a -> 200 with *\nnothing unclaimed\nnothing missing"
        )
        let right = TracedExchanges([(Self.request, Self.response)])
        #expect(expectation.difference(from: right.exchanges, right.ledger).isMet)
        let wrong = TracedExchanges([(Self.request, Self.response + "more")])
        let difference = expectation.difference(from: wrong.exchanges, wrong.ledger)
        #expect(difference.unmetClaims.map(\.claim) == [.nothingUnclaimed])
        #expect(difference.unmetClaims.map(\.bytes) == [4])
        #expect(!difference.isMet)
    }

    @Test(arguments: RecordingDetail.allCases)
    func `what is recorded is met, also after it was written and read`(
        detail: RecordingDetail
    ) throws {
        let traced = TracedExchanges([
            (Self.request, Self.response), (Self.request, Self.response),
            (Self.odd, "HTTP/1.1 103 Early\r\n\r\nHTTP/1.1 204 N\n\n"),
            ("OPTIONS * HTTP/1.0\r\n\r\n", "HTTP/1.1 abc X\r\nContent-Length: 0\r\n\r\n"),
            ("GET /\u{FF}|\"x HTTP/1.1\r\nHost: a\r\n\r\n", ""),
        ])
        let recorded = TraceExpectation(recording: traced.exchanges, detail: detail)
        #expect(recorded.difference(from: traced.exchanges).isMet)
        let read = try TraceExpectation(parsing: recorded.notation)
        #expect(read.difference(from: traced.exchanges).isMet)
        #expect(read.exchanges.first?.count == 2...2)
    }

    @Test func `what is recorded leaves out ports and dates`() throws {
        let request = "GET http://h:50000/ HTTP/1.1\r\nHost: h:50000\r\nX: at 1:500001\r\n\r\n"
        let response = """
            HTTP/1.1 200 OK\r\nDate: Tue, 24 Nov 2026 00:18:48 KST\r\n\
            X-Made: on Tue, 24 Nov 2026 00:18:48 GMT\r\n\
            X-At: 2026-11-24T00:18:48.123Z\r\nContent-Length: 0\r\n\r\n
            """
        let traced = TracedExchanges([(request, response)])
        let recorded = TraceExpectation(recording: traced.exchanges, detail: .content)
        #expect(
            recorded.notation == """
                GET http://h:*/ -> 200
                    request Host: h:*
                    request X: at 1:500001
                    request content ""
                    response X-Made: on *
                    response X-At: *
                    response Content-Length: 0
                    response content ""

                """
        )
    }
}
