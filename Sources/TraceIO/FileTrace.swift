package import CaptureIO
package import Trace

/// Traces capture files: one after the other, as one capture whose frames are numbered through.
package struct FileTrace: ~Copyable {
    private var tracer: Tracer
    private var filter: PacketFilter?
    private let snapshotLength: Int
    private var framesBefore = 0

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
    package var summary: TraceSummary { tracer.summary }

    /// Traces one file, `-` being standard input, and lends each exchange that is finished to
    /// `body`.
    ///
    /// - Throws: what keeps the file from being read to its end; the exchanges before that were lent.
    package mutating func read(
        _ path: String,
        _ body: (borrowing Exchange) -> Void
    ) throws(CaptureError) {
        var file = try CaptureFile(path: path)
        defer { framesBefore += file.framesRead }
        while try readWindow(of: &file, body) {}
    }

    /// Ends the trace, and lends what was unfinished to `body`.
    package mutating func finish(_ body: (borrowing Exchange) -> Void) {
        tracer.finish()
        tracer.takeFinished(body)
    }

    private mutating func readWindow(
        of file: inout CaptureFile,
        _ body: (borrowing Exchange) -> Void
    ) throws(CaptureError) -> Bool {
        try file.read { frame, bytes in
            var frame = frame
            frame.number += framesBefore
            // A filter changes which frames are traced and not how they are numbered.
            if filter != nil, filter?.matches(frame, bytes) == false { return }
            if bytes.count > snapshotLength {
                tracer.process(frame, bytes.extracting(0..<snapshotLength))
            } else {
                tracer.process(frame, bytes)
            }
            tracer.takeFinished(body)
        }
    }
}
