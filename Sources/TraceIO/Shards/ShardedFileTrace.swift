import CaptureIO
import Trace
import TraceOutput

/// Traces capture files with the streams of the connections read and rendered on other threads.
struct ShardedFileTrace: ~Copyable {
    private var frames: ChosenFrames
    private var tracer: ShardedTracer
    private let threads: ShardThreads
    private let output: OrderedOutput

    /// The files' contents beside frames; to be set once they are read.
    var description = CaptureDescription()

    /// Gets ready to trace.
    ///
    /// - Parameters:
    ///   - format: how exchanges are shown.
    ///   - style: how that looks.
    ///   - options: which data the tracer keeps.
    ///   - frames: which frames count.
    ///   - threadCount: how many threads read streams, at least 1.
    init(
        _ format: OutputFormat,
        _ style: OutputOptions,
        options: TracerOptions,
        frames: consuming ChosenFrames,
        threadCount: Int
    ) {
        self.frames = frames
        output = OrderedOutput(ResultWriter(format, style), shardCount: threadCount)
        threads = ShardThreads(
            count: threadCount,
            options: options,
            renderer: { ExchangeRenderer(format: format, options: style) },
            output: output
        )
        tracer = ShardedTracer(options: options, workers: threads)
    }

    /// How far the trace has come.
    mutating func progress() -> FileReport.Progress {
        FileReport.Progress(
            framesRead: frames.framesRead,
            framesTraced: tracer.frameCount,
            isDone: output.isDone
        )
    }

    /// Traces the next piece of the files.
    ///
    /// - Returns: `false` where there is no more.
    /// - Throws: the error that ended one of the files early; the next call goes on with
    ///   the others.
    mutating func read(_ files: inout CaptureFiles) throws(CaptureError) -> Bool {
        try frames.read(&files) { frame, bytes in tracer.process(frame, bytes) }
    }

    /// Finds exchanges that are finished and were held for data that might follow at once, where
    /// nothing follows; the next ``flush()`` writes them.
    mutating func pause() { tracer.advance(to: frames.timeAfterPause) }

    /// Writes everything that was found and is not held for data that may follow.
    mutating func flush() {
        tracer.flush()
        threads.wait()
        output.flush()
    }

    /// Ends the trace: writes unfinished exchanges and the summary; answers why output ended early,
    /// or `nil`.
    mutating func finish(_ summary: inout TraceSummary) -> TextWriter.Failure? {
        tracer.finish()
        threads.finish()
        summary = tracer.summary
        for part in threads.summaries { summary.add(part) }
        summary.add(description)
        return output.finish(summary)
    }
}
