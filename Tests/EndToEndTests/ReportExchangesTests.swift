import HTTPTraceTesting
import Peers
import Testing

/// Server, client and capture on real loopback sockets: the report's eight exchanges.
///
/// Where capturing is not permitted these tests fail, with the sentence that says how to permit it.
@Suite struct ReportExchangesTests {
    static let modes: [(client: WireMode, server: WireMode)] = [
        (.report, .report), (.report, .standard), (.standard, .report), (.standard, .standard),
    ]

    @Test(arguments: modes)
    func `all eight exchanges come out as eight pairs`(
        client: WireMode,
        server: WireMode
    ) async throws {
        let exchanges = try await trace(client: client, server: server).exchanges
        #expect(
            exchanges.map { $0.request?.method } == [
                "GET", "GET", "POST", "POST", "PATCH", "PUT", "DELETE", "PATCH",
            ]
        )
        #expect(
            exchanges.map { $0.response?.status } == [200, 404, 204, 200, 200, 200, 405, 505]
        )
        #expect(exchanges.map(\.stream) == Array(0..<8))
        #expect(exchanges.allSatisfy { $0.index == 0 && $0.absence == nil })
    }

    @Test func `what is wrong with the report's requests is found`() async throws {
        let exchanges = try await trace(client: .report, server: .report).exchanges
        let codes = exchanges.map { $0.request?.findings.map(\.code.rawValue) ?? [] }
        let loose = ["extra-whitespace", "bare-line-feed", "mixed-line-endings"]
        #expect(
            codes == [
                loose, loose, ["unterminated-header-section"], ["data-field-instead-of-content"],
                loose + ["data-field-instead-of-content"],
                loose + ["data-field-instead-of-content"],
                ["bare-line-feed", "mixed-line-endings", "data-field-instead-of-content"],
                ["unsupported-version"],
            ]
        )
    }

    @Test func `the effects on the files stand in the responses`() async throws {
        let exchanges = try await trace(client: .report, server: .report).exchanges
        #expect(
            exchanges.map { $0.response?.contentLength } == [13, 0, 0, 12, 26, 24, 0, 0]
        )
    }

    @Test func `well-formed requests have no finding but the version`() async throws {
        let exchanges = try await trace(client: .standard, server: .standard).exchanges
        let findings = exchanges.flatMap {
            ($0.request?.findings ?? []) + ($0.response?.findings ?? [])
        }
        #expect(findings.map(\.code) == [.unsupportedVersion])
    }

    private func trace(client: WireMode, server: WireMode) async throws -> Trace {
        let report = try await RunningReport(wire: server)
        let trace = try await captureLoopback(port: report.port) {
            try await report.sendAll(wire: client)
        }
        await report.stop()
        return trace
    }
}
