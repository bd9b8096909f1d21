import CaptureIO
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

    @Test func `there are captures to compare`() {
        #expect(GoldenCapture.all.count >= 2)
    }

    @Test(arguments: GoldenCapture.all)
    func `pairs are shown as before`(capture: GoldenCapture) throws {
        var options = TracerOptions()
        options.contentLimit = 64 << 10
        try compare(render(capture, .pairs, options), capture.expectation("pairs.txt"))
    }

    @Test(arguments: GoldenCapture.all)
    func `JSON lines are as before`(capture: GoldenCapture) throws {
        try compare(render(capture, .json, TracerOptions()), capture.expectation("json"))
    }

    @Test(arguments: GoldenCapture.all)
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

    @Test(arguments: GoldenCapture.all)
    func `the ledger of a capture adds up`(capture: GoldenCapture) throws {
        var trace = FileTrace()
        try trace.read(capture.url.path) { _ in }
        trace.finish { _ in }
        #expect(trace.summary.ledger.imbalance == 0)
    }

    private func render(
        _ capture: GoldenCapture,
        _ format: OutputFormat,
        _ options: TracerOptions
    ) throws -> String {
        let output = OutputOptions()
        var renderer = ExchangeRenderer(format: format, options: output)
        var buffer = OutputBuffer()
        var trace = FileTrace(options: options)
        try trace.read(capture.url.path) { renderer.render($0, into: &buffer) }
        trace.finish { renderer.render($0, into: &buffer) }
        renderer.summary(trace.summary, into: &buffer)
        return text(of: buffer)
    }

    private func text(of buffer: borrowing OutputBuffer) -> String {
        buffer.withBytes { bytes in
            var copy: [UInt8] = []
            for index in bytes.indices { copy.append(bytes[index]) }
            return String(decoding: copy, as: UTF8.self)
        }
    }

    private func compare(_ output: String, _ url: URL) throws {
        if Self.isRecording {
            try Data(output.utf8).write(to: url)
        }
        let expected = try String(contentsOf: url, encoding: .utf8)
        let lines = output.split(separator: "\n", omittingEmptySubsequences: false)
        let expectedLines = expected.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines == expectedLines)
    }
}
