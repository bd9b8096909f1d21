import Bytes
import CaptureIO
import Expectations
import Foundation
import Support
import Testing
import Trace
import TraceIO
import TraceOutput

/// The output for every capture of `captures/`, compared with the files beside it.
///
/// `HTTPTRACE_RECORD=1 swift test --filter GoldenTests` writes these files anew; look at the
/// difference before you commit it.
@Suite struct GoldenTests {
    static let isRecording = ProcessInfo.processInfo.environment["HTTPTRACE_RECORD"] == "1"

    @Test(arguments: GoldenCapture.recorded)
    func `pairs are shown as before`(capture: GoldenCapture) throws {
        var options = TracerOptions()
        options.contentLimit = 64 << 10
        let result = try render(capture, .pairs, options)
        try compare(result.text, capture.expectation("pairs.txt"))
    }

    @Test(arguments: GoldenCapture.all)
    func `JSON lines are as before, and so is what is said of damage`(
        capture: GoldenCapture
    ) throws {
        let result = try render(capture, .json, TracerOptions())
        try compare(result.text, capture.expectation("json"))
        let sentences = capture.expectation("error.txt")
        let isExpected = FileManager.default.fileExists(atPath: sentences.path)
        guard isExpected || !result.errors.isEmpty else { return }
        try compare(result.errors.map { $0 + "\n" }.joined(), sentences)
    }

    @Test(arguments: GoldenCapture.explained)
    func `frames are explained as before`(capture: GoldenCapture) throws {
        var options = TracerOptions()
        options.frames = Set(1...1000)
        var trace = FileTrace(options: options)
        try trace.read(capture.url.path) { _ in }
        trace.finish { _ in }
        var renderer = FrameRenderer()
        var buffer = OutputBuffer()
        for explanation in trace.explanations { renderer.render(explanation, into: &buffer) }
        try compare(text(of: buffer), capture.expectation("frames.txt"))
    }

    @Test(arguments: GoldenCapture.explained)
    func `what explains a frame is JSON too`(capture: GoldenCapture) throws {
        var options = TracerOptions()
        options.frames = Set(1...1000)
        var trace = FileTrace(options: options)
        try trace.read(capture.url.path) { _ in }
        trace.finish { _ in }
        var renderer = FrameJSONRenderer()
        var buffer = OutputBuffer()
        for explanation in trace.explanations { renderer.render(explanation, into: &buffer) }
        try compare(text(of: buffer), capture.expectation("frames.json"))
        for line in text(of: buffer).split(separator: "\n") {
            _ = try JSONSerialization.jsonObject(with: Data(line.utf8))
        }
    }

    @Test(arguments: GoldenCapture.recorded)
    func `what is expected of a capture is recorded as before`(capture: GoldenCapture) throws {
        let recorded = TraceExpectation(recording: try exchanges(of: capture), detail: .content)
        try compare(recorded.notation, capture.expectation("expect"))
    }

    @Test(arguments: GoldenCapture.all, RecordingDetail.allCases)
    func `a capture meets what was recorded of it`(
        capture: GoldenCapture,
        detail: RecordingDetail
    ) throws {
        let exchanges = try exchanges(of: capture)
        let recorded = TraceExpectation(recording: exchanges, detail: detail).notation
        let difference = try TraceExpectation(parsing: recorded).difference(from: exchanges)
        #expect(difference.isMet, "\(recorded)")
        #expect(difference.rows.count == exchanges.count)
    }

    /// The exchanges of a capture as far as it can be read, with their content.
    private func exchanges(of capture: GoldenCapture) throws -> [Exchange] {
        var options = TracerOptions()
        options.contentLimit = 1 << 20
        var trace = FileTrace(options: options)
        var exchanges: [Exchange] = []
        var files = CaptureFiles(paths: [capture.url.path])
        while !files.isAtEnd { _ = try? trace.read(&files) { exchanges.append($0) } }
        trace.finish { exchanges.append($0) }
        return exchanges
    }

    @Test(arguments: GoldenCapture.all)
    func `the ledger of a capture adds up`(capture: GoldenCapture) throws {
        #expect(try render(capture, .json, TracerOptions()).summary.ledger.imbalance == 0)
    }

    /// What comes of a capture: the output, what is said of damage, and the sums.
    private struct Rendered {
        var text = ""
        var errors: [String] = []
        var summary = TraceSummary()
    }

    private func render(
        _ capture: GoldenCapture,
        _ format: OutputFormat,
        _ options: TracerOptions
    ) throws -> Rendered {
        var output = OutputOptions()
        output.includesSummaryLine = true
        var renderer = ExchangeRenderer(format: format, options: output)
        var buffer = OutputBuffer()
        var trace = FileTrace(options: options)
        var result = Rendered()
        var files = CaptureFiles(paths: [capture.url.path])
        while !files.isAtEnd {
            do throws(CaptureError) {
                _ = try trace.read(&files) { renderer.render($0, into: &buffer) }
            } catch {
                let sentence = error.description
                result.errors.append(
                    sentence.replacingOccurrences(of: capture.url.path, with: capture.name)
                )
            }
        }
        trace.description = files.description
        trace.finish { renderer.render($0, into: &buffer) }
        result.summary = trace.summary
        renderer.summary(result.summary, into: &buffer)
        result.text = text(of: buffer)
        return result
    }

    private func text(of buffer: borrowing OutputBuffer) -> String {
        buffer.withBytes { String(decoding: [UInt8](copying: $0), as: UTF8.self) }
    }

    private func compare(_ output: String, _ url: URL) throws {
        if Self.isRecording { try Data(output.utf8).write(to: url) }
        let expected = try String(contentsOf: url, encoding: .utf8)
        let lines = output.split(separator: "\n", omittingEmptySubsequences: false)
        let expectedLines = expected.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines == expectedLines)
    }
}
