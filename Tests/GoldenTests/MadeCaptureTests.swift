import Foundation
import Support
import Testing

/// The captures that the project makes stand in `captures/` as they are made.
///
/// `HTTPTRACE_RECORD=1 swift test --filter GoldenTests` writes them, and the table of them.
@Suite struct MadeCaptureTests {
    @Test func `names are unique`() {
        #expect(Set(MadeCapture.all.map(\.name)).count == MadeCapture.all.count)
    }

    @Test(arguments: MadeCapture.all)
    func `a made capture stands as it is made`(capture: MadeCapture) throws {
        let url = URL(fileURLWithPath: Project.captures.appending(capture.name).string)
        if GoldenTests.isRecording {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(capture.bytes).write(to: url)
        }
        #expect(try Data(contentsOf: url) == Data(capture.bytes))
    }

    @Test func `no other capture stands in their folders`() {
        let made = Set(MadeCapture.all.map(\.name))
        let others = GoldenCapture.all.map(\.name).filter { !$0.hasPrefix("report/") }
        #expect(others.filter { !made.contains($0) } == [])
    }

    @Test func `the table of captures has a row for each`() throws {
        let url = URL(fileURLWithPath: Project.captures.appending("README.md").string)
        let text = try String(contentsOf: url, encoding: .utf8)
        let heading = "| made capture | what is in it |\n|---|---|\n"
        let before = try #require(text.components(separatedBy: heading).first)
        let rows = MadeCapture.all.map { "| `\($0.name)` | \($0.what) |\n" }
        let expected = before + heading + rows.joined()
        if GoldenTests.isRecording { try Data(expected.utf8).write(to: url) }
        #expect(try String(contentsOf: url, encoding: .utf8) == expected)
    }
}
