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
    /// What is collected for the other thread.
    private var parcel = ResultHandover.Parcel()
    /// The way to the other thread, once it runs.
    private var handover: ResultHandover?

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
        handover?.isDone.load(ordering: .relaxed) ?? writer.isDone
    }

    /// Takes the exchanges that are finished.
    package mutating func take(from tracer: inout Tracer) {
        guard worker != nil else { return tracer.takeFinished { writer.write($0) } }
        tracer.moveFinished(to: &parcel.batch)
        while parcel.batch.isFull {
            give(.render)
            tracer.moveFinished(to: &parcel.batch)
        }
    }

    /// Writes everything that is still in memory.
    package mutating func flush() {
        guard let handover else {
            parcel.batch.drain { writer.write($0) }
            return writer.flush()
        }
        give(.flush)
        _ = handover.waitUntilServed()
    }

    /// Writes everything that is still in memory, and the summary; answers why output ended early,
    /// if it did.
    package mutating func finish(_ summary: TraceSummary) -> TextWriter.Failure? {
        guard let handover else {
            parcel.batch.drain { writer.write($0) }
            writer.finish(summary)
            return writer.failure
        }
        give(.finish(summary))
        return handover.waitUntilServed()
    }

    /// Hands over what is collected; from the first time on, the worker renders.
    private mutating func give(_ wish: ResultHandover.Wish) {
        parcel.wish = wish
        if handover == nil, let worker {
            handover = ResultHandover(worker, format, options, limit: limit)
        }
        handover?.give(&parcel)
    }
}
