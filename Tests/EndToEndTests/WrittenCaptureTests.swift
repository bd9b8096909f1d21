import CaptureIO
import Foundation
import Support
import Synchronization
import Testing
import Trace
import TraceIO

/// What a live capture writes to a file reads back as what it showed.
@Suite struct WrittenCaptureTests {
    @Test func `a written capture gives the exchanges that were shown live`() async throws {
        let folder = FileManager.default.temporaryDirectory
        let path = folder.appendingPathComponent("\(UUID()).pcapng").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let report = try await RunningReport(wire: .standard)
        let shown = Mutex<[String]>([])
        let trace = try await BackgroundTrace.start(
            LiveCaptureOptions(filter: "tcp port \(report.port)"),
            writingTo: path
        ) { exchange in
            let line = Self.line(for: exchange)
            shown.withLock { $0.append(line) }
        }
        try await report.sendAll(wire: .report)
        let outcome = try #require(await trace.finish())
        await report.stop()
        #expect(outcome.statistics.dropped == 0)
        #expect(shown.withLock { $0.count } == 8)
        #expect(try lines(of: path) == shown.withLock { $0 })
    }

    private func lines(of path: String) throws -> [String] {
        var lines: [String] = []
        var trace = FileTrace()
        try trace.read(path) { lines.append(Self.line(for: $0)) }
        trace.finish { lines.append(Self.line(for: $0)) }
        return lines
    }

    private static func line(for exchange: Exchange) -> String {
        let request = exchange.request
        let response = exchange.response
        return """
            \(exchange.stream) \(exchange.client.port) \(request?.method ?? "-") \
            \(request?.target ?? "-") \(response?.status ?? 0) \(response?.contentLength ?? -1) \
            \(request?.firstFrame ?? 0) \(response?.lastFrame ?? 0) \
            \(request?.time.nanoseconds ?? 0)
            """
    }
}
