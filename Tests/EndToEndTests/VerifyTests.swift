import HTTPTraceTesting
import Peers
import Testing

/// Expectations as values, and the messages of those that are not met.
@Suite struct VerifyTests {
    @Test func `a trace that is as expected passes`() async throws {
        let trace = try await reportTrace()
        try trace.verify(
            ExpectedExchange("GET", "/index.txt", 200),
            ExpectedExchange("GET", "/index.html", 404),
            ExpectedExchange("POST", "/", 204),
            ExpectedExchange("POST", "/", 200),
            ExpectedExchange("PATCH", "/index.txt", 200),
            ExpectedExchange("PUT", "/index.txt", 200),
            ExpectedExchange("DELETE", "/", 405),
            ExpectedExchange("PATCH", "/", 505, with: [.unsupportedVersion])
        )
        try trace.verify(
            lines: """
                GET /index.txt -> 200
                GET /* -> 404
                ...
                PATCH / -> 505 with unsupported-version
                nothing unclaimed
                """
        )
    }

    @Test func `a failure shows what was expected, what was seen, and the exchange`() async throws {
        let trace = try await reportTrace()
        let mismatch = try #require(
            trace.mismatch(
                with: TraceExpectation([
                    ExpectedExchange("GET", "/index.txt", 500),
                    ExpectedExchange("GET", "/index.html", 404),
                    ExpectedExchange("POST", "/", 204),
                    ExpectedExchange("POST", "/", 200),
                    ExpectedExchange("PATCH", "/index.txt", 200),
                    ExpectedExchange("PUT", "/index.txt", 200),
                    ExpectedExchange("DELETE", "/", 405),
                    ExpectedExchange("PATCH", "/", 505, with: [.unsupportedVersion]),
                ])
            )
        )
        let message = "\(mismatch)"
        #expect(message.contains("GET /index.txt -> 500 "))
        #expect(message.contains(" GET /index.txt -> 200 "))
        #expect(message.contains("HTTP/1.1 200 OK\\r\\n"))
        #expect(!message.contains("HTTP/1.1 404"))
    }

    @Test func `lines that cannot be understood name line and column`() async throws {
        let trace = try await captureLoopback(port: 9) {}
        let errors = #expect(throws: ExpectationFileErrors.self) {
            try trace.verify(lines: "GET / -> 200\nGET / => 200")
        }
        #expect(errors?.errors.map(\.line) == [2])
    }

    private func reportTrace() async throws -> Trace {
        let report = try await RunningReport(wire: .standard)
        let trace = try await captureLoopback(port: report.port) {
            try await report.sendAll(wire: .standard)
        }
        await report.stop()
        return trace
    }
}
