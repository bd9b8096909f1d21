package import Trace
package import TraceOutput

/// Where the exchanges of a trace go: they are rendered and written on this thread or, where there
/// are many and another thread may be used, on that one, while this one goes on tracing.
///
/// The output is the same: the exchanges are handed over in the order in which they finished.
package struct ResultOutput: ~Copyable {
    private let format: OutputFormat
    private let options: OutputOptions
    private let worker: SerialWorker?
    private let limit: Int

    /// Renders on this thread, as long as there is no other.
    private var writer: ResultWriter

    /// Creates an output.
    ///
    /// - Parameters:
    ///   - format: how exchanges are shown.
    ///   - options: how that looks.
    ///   - worker: who may render and write; `nil` where this thread is to.
    ///   - limit: the most exchanges that are written.
    package init(
        _ format: OutputFormat,
        _ options: OutputOptions,
        _ worker: SerialWorker?,
        limit: Int = .max
    ) {
        self.format = format
        self.options = options
        self.worker = worker
        self.limit = limit
        writer = ResultWriter(format, options)
        writer.limit = limit
    }

    /// Whether nothing more is to be written: nobody reads.
    package var isDone: Bool {
        writer.isDone
    }

    /// Takes the exchanges that are finished.
    package mutating func take(from tracer: inout Tracer) { tracer.takeFinished { writer.write($0) } }

    /// Writes everything that is still in memory.
    package mutating func flush() { writer.flush() }

    /// Writes everything that is still in memory, and the summary; answers why output ended early,
    /// if it did.
    package mutating func finish(_ summary: TraceSummary) -> TextWriter.Failure? {
        writer.finish(summary)
        return writer.failure
    }
}
