import GreetingService
import HTTPTraceTesting
import XCTest

/// The same with XCTest.
final class GreetingXCTests: XCTestCase {
    func testUnknownPageIsAnswered404() async throws {
        let server = try await GreetingServer.start()
        let trace = try await captureLoopback(port: server.port) {
            try await request("/none", port: server.port)
        }
        try await server.stop()
        try trace.verify(ExpectedExchange("GET", "/none", 404))
        XCTAssertEqual(
            trace.exchanges.first?.response?["content-type"],
            "text/plain; charset=utf-8"
        )
    }
}
