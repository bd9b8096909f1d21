package import CaptureIO
import Packets
package import Trace

/// Traces capture files.
package struct FileTrace: ~Copyable {
    /// How much capture time passes, in nanoseconds, where a followed file does not grow: enough
    /// for what is finished to be shown, and too little to give up waiting for missing segments.
    private static let idleTime: Int64 = 60_000_000

    private var tracer: Tracer
    private var filter: PacketFilter?
    private let snapshotLength: Int
    /// How many frames were read, whether the filter chose them or not.
    package private(set) var framesRead = 0

    /// The number of the last frame that was read, 0 before the first.
    package private(set) var lastFrame = 0

    /// What the files say beside their frames; to be told once they are read.
    package var description = CaptureDescription()

    private var lastTime = Timestamp(nanoseconds: 0)

    /// Gets ready to trace.
    ///
    /// - Parameters:
    ///   - options: what the tracer keeps.
    ///   - filter: which frames count; all where it is `nil`.
    ///   - snapshotLength: the most bytes of a frame that are looked at.
    package init(
        options: TracerOptions = TracerOptions(),
        filter: consuming PacketFilter? = nil,
        snapshotLength: Int = .max
    ) {
        tracer = Tracer(options: options)
        self.filter = filter
        self.snapshotLength = snapshotLength
    }

    /// What the files have come to so far.
    package var summary: TraceSummary {
        var summary = tracer.summary
        summary.add(description)
        return summary
    }

    /// What became of the frames that the options ask about; whole once the trace has ended.
    package var explanations: [FrameExplanation] { tracer.explanations }

    /// What the connections carried that the options ask about; whole once the trace has ended.
    package var conversations: [Conversation] { tracer.conversations }

    /// Traces the next piece of the files, and lends each exchange that is finished to `body`.
    ///
    /// - Returns: `false` where there is no more, or no more now in a followed file.
    /// - Throws: what keeps one of the files from being read to its end; the next call goes on with
    ///   the others.
    package mutating func read(
        _ files: inout CaptureFiles,
        _ body: (Exchange) -> Void
    ) throws(CaptureError) -> Bool {
        try read(&files) { tracer in tracer.takeFinished(body) }
    }

    /// Does the same, and gives the exchanges to `output`.
    package mutating func read(
        _ files: inout CaptureFiles,
        into output: inout ResultOutput
    ) throws(CaptureError) -> Bool {
        try read(&files) { tracer in output.take(from: &tracer) }
    }

    private mutating func read(
        _ files: inout CaptureFiles,
        takingFinished take: (inout Tracer) -> Void
    ) throws(CaptureError) -> Bool {
        try files.read { frame, bytes in
            lastTime = frame.timestamp
            framesRead += 1
            lastFrame = frame.number
            // A filter changes which frames are traced and not how they are numbered.
            if filter != nil, filter?.matches(frame, bytes) == false { return }
            if bytes.count > snapshotLength {
                tracer.process(frame, bytes.extracting(0..<snapshotLength))
            } else {
                tracer.process(frame, bytes)
            }
            take(&tracer)
        }
    }

    /// Traces one file to its end, `-` being standard input.
    ///
    /// - Throws: what keeps the file from being read to its end; the exchanges before that were lent.
    package mutating func read(
        _ path: String,
        _ body: (Exchange) -> Void
    ) throws(CaptureError) {
        var files = CaptureFiles(paths: [path])
        while try read(&files, body) {}
        description = files.description
    }

    /// Lends what is finished and was held for what might follow at once, where nothing follows.
    package mutating func pause(into output: inout ResultOutput) {
        var time = lastTime
        time.nanoseconds = time.nanoseconds.addingReportingOverflow(Self.idleTime).partialValue
        tracer.advance(to: time)
        output.take(from: &tracer)
    }

    /// Ends the trace, and lends what was unfinished to `body`.
    package mutating func finish(_ body: (Exchange) -> Void) {
        tracer.finish()
        tracer.takeFinished(body)
    }

    /// Does the same, and gives the exchanges to `output`.
    package mutating func finish(into output: inout ResultOutput) {
        tracer.finish()
        output.take(from: &tracer)
    }
}

extension TraceSummary {
    /// Takes over what the capture files say beside their frames.
    fileprivate mutating func add(_ description: CaptureDescription) {
        if let statistics = description.statistics { note(statistics) }
        let lost = description.droppedBetweenFrames
        if lost > 0 { lostFrames["between frames"] = lost }
        comments = description.comments.map { Comment(frame: $0.frame, text: $0.text) }
        commentsLeftOut = description.commentsLeftOut
    }
}
