import ArgumentParser
import CaptureIO
import Console
import Packets
import Synchronization
import Trace
import TraceIO

/// Shows what capture files hold.
struct ReadSession: ~Copyable {
    /// How long to wait for more of a file that grows, in milliseconds.
    private static let patience = 100

    /// How many threads read streams where nobody says.
    ///
    /// There are two a processor, so that there is always one to go on where another has nothing to
    /// do. More than eight do not help: the thread that reads the files is busy all the time then.
    private static var usefulThreads: Int {
        Processors.count > 1 ? min(2 * Processors.count, 8) : 1
    }

    private var trace: FileReport
    /// Reads ahead, where more than one thread may be used.
    private let readingThread: SerialWorker?
    /// What the first file that could not be read to its end would have the program exit with.
    private var failure: CaptureError?
    /// Whether what there is to know of the files and beside HTTP is told here, as no summary does.
    private let tellsNotices: Bool

    /// Whether only some frames are wanted.
    private let isFiltered: Bool

    /// Gets ready to show what `options` ask for, `limit` exchanges at the most, of files of
    /// `linkType` where these do not say it rightly; where it `isFollowing` a file that grows, nothing
    /// waits for the end of its connection that can be shown earlier.
    init(
        _ options: TraceOptions,
        tracer: TracerOptions,
        linkType: LinkType? = nil,
        isFollowing: Bool = false,
        limit: Int? = nil
    ) throws {
        var tracerOptions = tracer
        tracerOptions.holdsSwitched = !isFollowing
        let threadCount = options.threads ?? Self.usefulThreads
        let isOneByOne = isFollowing || limit != nil || options.isRenderedInOrder
        var output = options.outputOptions
        output.endsWithTotals = Terminal.isOutput
        trace = FileReport(
            options.format,
            output,
            options: tracerOptions,
            filter: try options.packetFilter(),
            snapshotLength: options.snaplen,
            linkType: linkType,
            threadCount: isOneByOne ? 1 : threadCount,
            limit: limit ?? .max
        )
        readingThread = threadCount > 1 ? SerialWorker() : nil
        isFiltered = options.filter != nil
        tellsNotices = !options.showsSummary
    }

    /// Reads files to their ends.
    mutating func read(_ paths: [String]) {
        var files = CaptureFiles(paths: paths, readingAhead: reader)
        while !trace.progress().isDone, !files.isAtEnd { _ = readOn(&files) }
        note(files.description)
    }

    private var reader: (@Sendable (@escaping @Sendable () -> Void) -> Void)? {
        guard let readingThread else { return nil }
        return { work in readingThread.run(work) }
    }

    /// Reads a file that grows, until Ctrl-C.
    mutating func follow(_ path: String) {
        let interruption = Interruption()
        TerminationSignals.onFirst { interruption.isAsked.store(true, ordering: .relaxed) }
        var files = CaptureFiles(following: path)
        var hasReported = false
        while !trace.progress().isDone, !interruption.isAsked.load(ordering: .relaxed) {
            if readOn(&files) { continue }
            if files.isAtEnd { break }
            if !hasReported { report("following \(path), Ctrl-C ends it") }
            hasReported = true
            trace.pause()
            trace.flush()
            files.waitForMore(milliseconds: Self.patience)
        }
        note(files.description)
    }

    private mutating func note(_ description: CaptureDescription) {
        trace.note(description)
        guard tellsNotices else { return }
        for notice in description.notices(frames: trace.progress().framesRead) { report(notice) }
    }

    /// Shows the summary, and answers what to exit with.
    mutating func finish() -> ExitCode {
        let progress = trace.progress()
        let hasRead = progress.framesTraced > 0
        // Where there is no capture to read, a summary of nothing would only hide the reason.
        if let failure, !hasRead, !failure.isOfContent { return ExitCode(failure.kind.exitCode) }
        let outputFailure = trace.finish()
        if isFiltered, !hasRead, progress.framesRead > 0 {
            report("the filter matches none of the \(progress.framesRead) frames that were read")
        }
        if let outputFailure { return outputFailure.reported() }
        if tellsNotices, let sentence = trace.summary.foreignSentence { report(sentence) }
        return failure == nil ? .success : ExitCode(CaptureError.Kind.damaged.exitCode)
    }

    /// Reads the next piece; answers whether there may be more now.
    private mutating func readOn(_ files: inout CaptureFiles) -> Bool {
        do throws(CaptureError) {
            return try trace.read(&files)
        } catch {
            // What was read before the error stands before it, also where both go to a terminal.
            if trace.progress().framesTraced > 0 { trace.flush() }
            _ = error.reported()
            failure = failure ?? error
            return true
        }
    }
}

/// Whether the user wants the end.
private final class Interruption: Sendable {
    let isAsked = Atomic(false)
}
