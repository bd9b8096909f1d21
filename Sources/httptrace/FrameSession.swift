import ArgumentParser
import CaptureIO
import Packets
import Trace
import TraceIO
import TraceOutput

/// Explains single frames of capture files.
struct FrameSession: ~Copyable {
    private let frames: Set<Int>
    private let format: OutputFormat
    private let output: OutputOptions
    private var trace: FileTrace
    private var failure: ExitCode?

    /// Gets ready to explain `frames` as `options` ask for; see ``ReadSession``.
    init(
        _ options: TraceOptions,
        tracer: TracerOptions,
        linkType: LinkType?,
        frames: Set<Int>
    ) throws {
        self.frames = frames
        format = options.format
        output = options.outputOptions
        var tracerOptions = tracer
        tracerOptions.frames = frames
        trace = FileTrace(
            options: tracerOptions,
            filter: try options.packetFilter(),
            snapshotLength: options.limits.snaplen.bytes,
            linkType: linkType
        )
    }

    /// Reads files to their ends: what becomes of a frame may depend on those behind it.
    mutating func read(_ paths: [String]) {
        var files = CaptureFiles(paths: paths)
        while !files.isAtEnd {
            do throws(CaptureError) {
                _ = try trace.read(&files) { _ in }
            } catch {
                let code = error.reported()
                failure = failure ?? code
            }
        }
        trace.finish { _ in }
    }

    /// Shows what there is to say, and answers what to exit with.
    mutating func finish() -> ExitCode {
        if let failure, trace.lastFrame == 0 { return failure }
        let explanations = trace.explanations
        var text = TextWriter()
        var renderer = FrameRenderer(options: output)
        var json = FrameJSONRenderer()
        for explanation in explanations {
            if format == .json {
                json.render(explanation, into: &text.buffer)
            } else {
                renderer.render(explanation, into: &text.buffer)
            }
        }
        text.flush()
        if let failure = text.failure { return failure.reported() }
        let missing = frames.subtracting(explanations.map(\.frame.number)).sorted()
        for number in missing { report(reason(forNot: number)) }
        if !missing.isEmpty { return ExitCode(CaptureError.Kind.noInput.exitCode) }
        return failure == nil ? .success : ExitCode(CaptureError.Kind.damaged.exitCode)
    }

    private func reason(forNot number: Int) -> String {
        if number <= trace.lastFrame { return "the filter leaves out frame \(number)" }
        let last = trace.lastFrame
        return
            "there is no frame \(number): the capture has \(last) \(last == 1 ? "frame" : "frames")"
    }
}
