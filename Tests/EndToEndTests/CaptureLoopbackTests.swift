import Foundation
import HTTPTraceTesting
import Peers
import Testing
import TraceIO

/// What the library promises to tests of other packages.
@Suite struct CaptureLoopbackTests {
    @Test(arguments: 0..<8)
    func `captures of different ports run side by side, and each sees its own`(
        number: Int
    ) async throws {
        let report = try await RunningReport(wire: .standard)
        let trace = try await captureLoopback(port: report.port) {
            try await report.sendAll(wire: .standard)
        }
        await report.stop()
        #expect(trace.exchanges.count == 8)
        #expect(trace.exchanges.allSatisfy { $0.server.port == report.port })
        #expect(trace.connectionCount == 8 && trace.otherConnections.isEmpty)
        #expect(trace.unclaimedByteCount == 0)
    }

    @Test func `several ports are captured together`() async throws {
        let (one, other) = (
            try await RunningReport(wire: .standard), try await RunningReport(wire: .standard)
        )
        let trace = try await captureLoopback(ports: [one.port, other.port]) {
            try await one.sendAll(wire: .standard)
            try await other.sendAll(wire: .standard)
        }
        await one.stop()
        await other.stop()
        #expect(Set(trace.exchanges.map(\.server.port)) == [one.port, other.port])
        #expect(trace.exchanges.count == 16)
    }

    @Test func `a POST without a blank line has its finding in the exchange`() async throws {
        let report = try await RunningReport(wire: .standard)
        let trace = try await captureLoopback(port: report.port) {
            try await report.sendAll(wire: .report)
        }
        await report.stop()
        let exchange = try #require(trace.exchanges("POST", "/").first)
        #expect(exchange.findings.map(\.code) == [.unterminatedHeaderSection])
        #expect(exchange.findings.first?.severity == .error)
        #expect(exchange.pairFindings.isEmpty)
        #expect(exchange.request?["host"] == "127.0.0.1")
        #expect(exchange.request?.values(of: "X-None") == [])
    }

    @Test func `content, fields and times are those of the wire`() async throws {
        let report = try await RunningReport(wire: .standard)
        let trace = try await captureLoopback(port: report.port) {
            try await report.sendAll(wire: .standard)
        }
        await report.stop()
        let response = try #require(trace.exchanges("GET", "/index.txt").first?.response)
        #expect(response.text == "Hello World!\n")
        #expect(response["content-length"] == "13")
        #expect(response.isComplete && response.contentLength == 13)
        let timing = try #require(trace.exchanges.first?.timing)
        #expect(try #require(timing.total) >= #require(timing.firstByte))
    }

    @MainActor
    @Test func `the traffic may be caused on any actor`() async throws {
        let report = try await RunningReport(wire: .standard)
        var isSent = false
        let trace = try await captureLoopback(port: report.port) {
            try await report.sendAll(wire: .standard)
            isSent = true
        }
        await report.stop()
        #expect(isSent && trace.exchanges.count == 8)
    }

    @Test func `what the body throws is thrown on`() async {
        struct Refusal: Error {}
        await #expect(throws: Refusal.self) {
            try await captureLoopback(port: 9) { throw Refusal() }
        }
    }

    @Test func `no traffic is a trace too`() async throws {
        let trace = try await captureLoopback(port: 9) {}
        #expect(trace.exchanges.isEmpty && trace.frameCount == 0)
        try trace.verify()
    }

    @Test func `packets are kept in a file, which holds what the trace holds`() async throws {
        let path = FileManager.default.temporaryDirectory
            .appendingPathComponent("\(UUID()).pcapng").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let report = try await RunningReport(wire: .standard)
        let trace = try await captureLoopback(port: report.port, writingTo: path) {
            try await report.sendAll(wire: .standard)
        }
        await report.stop()
        var file = FileTrace()
        var exchangeCount = 0
        try file.read(path) { _ in exchangeCount += 1 }
        file.finish { _ in exchangeCount += 1 }
        #expect(exchangeCount == trace.exchanges.count && exchangeCount == 8)
    }

    @Test func `a file that cannot be written is a failure`() async {
        await #expect(throws: CaptureFailure.self) {
            try await captureLoopback(port: 9, writingTo: "/nowhere/x.pcapng") {}
        }
    }

    @Test func `a mismatch without any frame says so, with the port`() async throws {
        let trace = try await captureLoopback(port: 9) {}
        let mismatch = try #require(
            trace.mismatch(with: TraceExpectation([ExpectedExchange("GET", "/", 200)]))
        )
        let said = "the trace is not as expected: no frame was seen on port 9\n"
        #expect("\(mismatch)".hasPrefix(said))
    }
}
