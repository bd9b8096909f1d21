package import CaptureIO
package import Packets
package import Trace
internal import TraceOutput

/// Traces capture files.
package struct FileTrace: ~Copyable {
    private var tracer: Tracer
    private var pending = PendingExchanges()
    private var frames: ChosenFrames

    /// The files' contents beside frames; to be set once they are read.
    package var description = CaptureDescription()

    /// Gets ready to trace.
    ///
    /// - Parameters:
    ///   - options: which data the tracer keeps.
    ///   - filter: which frames count; `nil` for all.
    ///   - snapshotLength: the most bytes of a frame that are looked at.
    ///   - linkType: that of the frames, where the files are wrong about that.
    package init(
        options: TracerOptions = TracerOptions(),
        filter: consuming PacketFilter? = nil,
        snapshotLength: Int = .max,
        linkType: LinkType? = nil
    ) {
        self.init(
            options: options,
            frames: ChosenFrames(
                filter: filter,
                snapshotLength: snapshotLength,
                linkType: linkType
            )
        )
    }

    /// Gets ready to trace the chosen `frames`.
    init(options: TracerOptions, frames: consuming ChosenFrames) {
        tracer = Tracer(options: options)
        self.frames = frames
    }

    /// How many frames were read, whether the filter chose them or not.
    package var framesRead: Int { frames.framesRead }

    /// How many of them were traced.
    package var framesTraced: Int { tracer.frameCount }

    /// The number of the last frame that was read, 0 before the first.
    package var lastFrame: Int { frames.lastFrame }

    /// The summary of the files so far.
    package var summary: TraceSummary {
        var summary = tracer.summary
        summary.add(description)
        return summary
    }

    /// The fate of the frames that the options ask about; whole once the trace has ended.
    package var explanations: [FrameExplanation] { tracer.explanations }

    /// The contents of the connections that the options ask about; whole once the trace has ended.
    package var conversations: [Conversation] { tracer.conversations }

    /// Traces the next piece of the files, and lends each exchange that is finished to `body`.
    ///
    /// - Returns: `false` where there is no more, or no more now in a followed file.
    /// - Throws: the error that ended one of the files early; the next call goes on with
    ///   the others.
    package mutating func read(
        _ files: inout CaptureFiles,
        _ body: (Exchange) -> Void
    ) throws(CaptureError) -> Bool {
        defer { tracer.takeFinished(body) }
        return try frames.read(&files) { frame, bytes in
            tracer.process(frame, bytes)
            tracer.takeManyFinished(body)
        }
    }

    /// Does the same, with each exchange as soon as allowed and until `body` answers that no more
    /// are wanted: the frames behind are left out then.
    mutating func readOneByOne(
        _ files: inout CaptureFiles,
        _ body: (Exchange) -> Bool
    ) throws(CaptureError) -> Bool {
        var takesMore = true
        return try frames.read(&files) { frame, bytes in
            guard takesMore else { return }
            tracer.process(frame, bytes)
            tracer.takeFinished { exchange in
                if takesMore { takesMore = body(exchange) }
            }
        }
    }

    /// Traces one file to its end, `-` being standard input.
    ///
    /// - Throws: the error that ended the file early; the exchanges before that were lent.
    package mutating func read(
        _ path: String,
        _ body: (Exchange) -> Void
    ) throws(CaptureError) {
        var files = CaptureFiles(paths: [path])
        while try read(&files, body) {}
        description = files.description
    }

    /// Lends exchanges that are finished and were held for data that might follow at once, where
    /// nothing follows.
    package mutating func pause(_ body: (Exchange) -> Void) {
        tracer.advance(to: frames.timeAfterPause)
        tracer.takeFinished(body)
    }

    /// Lends the exchanges to `body` that are in flight after the last frame read, where that is
    /// `now`; see ``LiveTrace/takePending(_:)``.
    mutating func takePending(at now: Timestamp, _ body: (Exchange, Int64) -> Void) {
        pending.look(at: tracer, now: now, body)
    }

    /// Ends the trace, and lends unfinished exchanges to `body`.
    package mutating func finish(_ body: (Exchange) -> Void) {
        tracer.finish(body)
    }
}

extension CaptureDescription {
    /// Warnings about files with so many frames for readers of the times, as sentences.
    package func notices(frames: Int) -> [String] {
        var summary = TraceSummary()
        summary.frames = frames
        summary.add(self)
        return summary.notices
    }
}
