import CaptureIO
import Foundation
import Support
import Testing
import Trace
import TraceIO

/// What tshark lists, and what we list of the same captures.
///
/// Without tshark there is nothing to compare; where `CI` is set it has to be there.
@Suite(.enabled(if: Tshark.path != nil || Tshark.isRequired)) struct TsharkTests {
    @Test func `tshark lists all messages but the request without blank line`() throws {
        let path = Project.captures.appending("report/report.pcapng").string
        _ = try #require(Tshark.path, "tshark is not installed")
        let listed = try Tshark.messages(in: path, fields: ["frame.number"])
            .compactMap { Int($0[0]) }
        var requests: [Int] = []
        var responses = 0
        try trace(path) { exchange in
            if let request = exchange.request { requests.append(request.firstFrame) }
            if exchange.response != nil { responses += 1 }
        }
        #expect(listed.count == 15)
        #expect(requests.count + responses == 16)
        // Ours that tshark lists at the same frame are the other seven requests; responses
        // without length it lists at the FIN that ends them, a frame or more later.
        #expect(requests.filter { !listed.contains($0) } == [24])
    }

    /// `HTTPTRACE_RECORD=1` writes the table; each row needs its reason by hand.
    @Test func `where tshark lists other messages than we do, the table says why`() async throws {
        _ = try #require(Tshark.path, "tshark is not installed")
        let known = try TsharkComparison.rows()
        var differing: [TsharkComparison] = []
        try await withThrowingTaskGroup(of: TsharkComparison.self) { group in
            for capture in GoldenCapture.all { group.addTask { try compare(capture) } }
            for try await row in group where row.listed != row.ours { differing.append(row) }
        }
        differing.sort { $0.name < $1.name }
        for index in differing.indices {
            differing[index].reason = known[differing[index].name]?.reason
        }
        if GoldenTests.isRecording { try record(differing) }
        let rows = try TsharkComparison.rows()
        #expect(rows.values.sorted { $0.name < $1.name } == differing)
        #expect(differing.filter { ($0.reason ?? "").isEmpty }.map(\.name) == [])
    }

    private func compare(_ capture: GoldenCapture) throws -> TsharkComparison {
        var row = TsharkComparison(name: capture.name, listed: .init(), ours: .init())
        let fields = ["http.request.method", "http.response.code"]
        for line in try Tshark.messages(in: capture.url.path, fields: fields) {
            row.listed.requests += line[0].split(separator: ",").count
            row.listed.responses += line[1].split(separator: ",").count
        }
        // Damage is looked at elsewhere.
        try? trace(capture.url.path) { exchange in
            if exchange.request != nil { row.ours.requests += 1 }
            if exchange.response != nil { row.ours.responses += 1 }
            row.ours.responses += exchange.interim.count
        }
        return row
    }

    private func trace(_ path: String, _ body: (Exchange) -> Void) throws {
        var trace = FileTrace()
        var files = CaptureFiles(paths: [path])
        var failure: CaptureError?
        while !files.isAtEnd {
            do throws(CaptureError) {
                _ = try trace.read(&files, body)
            } catch {
                failure = error
            }
        }
        trace.finish(body)
        if let failure { throw failure }
    }

    private func record(_ rows: [TsharkComparison]) throws {
        let text = try String(contentsOf: TsharkComparison.url, encoding: .utf8)
        let rule = "|---|---|---|---|\n"
        let heading = (text.components(separatedBy: rule).first ?? "") + rule
        let lines = rows.map { row in
            "| `\(row.name)` | \(row.listed) | \(row.ours) | \(row.reason ?? "") |\n"
        }
        try Data((heading + lines.joined()).utf8).write(to: TsharkComparison.url)
    }
}
