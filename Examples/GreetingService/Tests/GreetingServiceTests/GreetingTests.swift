import GreetingService
import HTTPTraceTesting
import Testing

/// What the server puts on the wire, seen there and not through a client that forgives.
@Suite struct GreetingTests {
    @Test(arguments: [("World", "Hello, World!\n"), ("J%C3%BCrgen", "Hello, Jürgen!\n")])
    func `a name is greeted`(name: String, greeting: String) async throws {
        let server = try await GreetingServer.start()
        let trace = try await captureLoopback(port: server.port) {
            try await request("/hello/\(name)", port: server.port)
        }
        try await server.stop()
        let response = try #require(trace.exchanges("GET", "/hello/*").first?.response)
        #expect(response.status == 200)
        #expect(response.text == greeting)
        #expect(response.findings.isEmpty)
        #expect(trace.unclaimedByteCount == 0)
    }

    @Test func `every request has its answer, in order`() async throws {
        let server = try await GreetingServer.start()
        let trace = try await captureLoopback(port: server.port) {
            try await request("/hello/World", port: server.port)
            try await request("/hello/World", method: "DELETE", port: server.port)
            try await request("/", port: server.port)
        }
        try await server.stop()
        try trace.verify(
            lines: """
                GET    /hello/World -> 200
                DELETE /hello/World -> 405
                    response Allow: GET
                GET    /            -> 404
                nothing unclaimed
                """
        )
    }

    /// Most clients stop after `Content-Length` bytes and say nothing of the rest.
    @Test func `a length that is counted in characters is seen on the wire`() async throws {
        let server = try await GreetingServer.start(counting: .characters)
        let trace = try await captureLoopback(port: server.port) {
            try await request("/hello/J%C3%BCrgen", port: server.port)
        }
        try await server.stop()
        let greeting = ExpectedExchange(
            "GET",
            "/hello/*",
            200,
            [.response(.content("Hello, Jürgen!\n"))]
        )
        let mismatch = try #require(trace.mismatch(with: TraceExpectation([greeting])))
        // What the test would say if this server were right.
        print(mismatch)
        #expect("\(mismatch)".contains("warning content-after-message (RFC 9112 §6.3)"))
    }
}
