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
    /// Whether it was said that more is waited for.
    private var isWaitingTold = false

    /// Gets ready to show what `options` ask for, `limit` exchanges at the most, of files of
    /// `linkType` where these do not say it rightly, on so many `threads` where the options do not say
    /// it; where it `isFollowing` a file that grows, nothing waits for the end of its connection that
    /// can be shown earlier.
    init(
        _ options: TraceOptions,
        tracer: TracerOptions,
        linkType: LinkType? = nil,
        isFollowing: Bool = false,
        threads: Int? = nil,
        limit: Int? = nil
    ) throws {
        var tracerOptions = tracer
        tracerOptions.holdsSwitched = !isFollowing
        let threadCount = threads ?? options.limits.threads ?? Self.usefulThreads
        let isOneByOne = isFollowing || limit != nil || options.isRenderedInOrder
        var output = options.outputOptions
        output.endsWithTotals = Terminal.isOutput
        trace = FileReport(
            options.format,
            output,
            options: tracerOptions,
            filter: try options.packetFilter(),
            snapshotLength: options.limits.snaplen.bytes,
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
        guard wait(for: path, interruption) else { return }
        var files = CaptureFiles(following: path)
        var hasReported = false
        while !trace.progress().isDone, !interruption.isAsked {
            if readOn(&files) { continue }
            if files.isAtEnd { break }
            if !hasReported { report("following \(path), Ctrl-C ends it") }
            hasReported = true
            trace.pause()
            trace.flush()
            if files.startOver() {
                report("\(path) was truncated, starting over")
            } else {
                files.waitForMore(milliseconds: Self.patience)
            }
        }
        interruption.returnCarriage()
        note(files.description)
    }

    /// Reads a recording while it is made, until it `isOver`; shows also what is in flight, where it
    /// `showsPending`.
    mutating func follow(_ path: String, showsPending: Bool, until isOver: () -> Bool) {
        var files = CaptureFiles(following: path)
        while !trace.progress().isDone {
            // What was recorded before the end is there when that is told.
            let isLast = isOver()
            if readOn(&files) { continue }
            if isLast || files.isAtEnd { break }
            trace.pause()
            if showsPending { trace.writePending() }
            trace.flush()
            files.waitForMore(milliseconds: Self.patience)
        }
        note(files.description)
    }

    /// The servers that refused every connection; some of them where they are many.
    mutating func refusingServers() -> [Endpoint] { trace.refusingServers() }

    /// Waits until a file is there; answers whether it is.
    private mutating func wait(for path: String, _ interruption: Interruption) -> Bool {
        guard path != "-", !CaptureFiles.exists(path) else { return true }
        report("\(path) does not exist yet: waiting for it, Ctrl-C ends it")
        while !CaptureFiles.exists(path) {
            guard !interruption.isAsked else {
                failure = .noSuchFile(path: path)
                return false
            }
            CaptureFiles.wait(milliseconds: Self.patience)
        }
        return true
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
        if tellsNotices { for sentence in trace.summary.connectionSentences { report(sentence) } }
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
    private let flag = Atomic(false)

    /// From now on Ctrl-C asks for it.
    init() { TerminationSignals.onFirst { [self] in flag.store(true, ordering: .relaxed) } }

    var isAsked: Bool { flag.load(ordering: .relaxed) }

    /// Has the next line take the place of the ^C that the terminal has written.
    func returnCarriage() {
        if isAsked { Terminal.returnCarriage() }
    }
}

// MARK: Standard input

extension ReadSession {
    /// How long what was found may wait before it is shown, and how long the input must be silent for
    /// nothing to follow at once, in milliseconds.
    private static let mostDelay = 50

    /// Reads standard input as it comes, to its end or until Ctrl-C.
    ///
    /// It is read as any file is, so that what is shown is the same; and while it gives nothing, what
    /// was found goes out.
    mutating func readStandardInput() {
        let interruption = Interruption()
        var files = CaptureFiles(paths: ["-"])
        var shown = ContinuousClock.now
        while !trace.progress().isDone, !files.isAtEnd, !interruption.isAsked {
            if files.needsInput, !LiveInput.hasMore(within: 0) {
                guard wait(interruption, &shown) else { break }
            }
            _ = readOn(&files)
        }
        interruption.returnCarriage()
        note(files.description)
    }

    /// Waits until there is more, and shows what was found where that takes time; `false` where the
    /// end is wanted, or nobody reads.
    private mutating func wait(
        _ interruption: Interruption,
        _ shown: inout ContinuousClock.Instant
    ) -> Bool {
        let left = .milliseconds(Self.mostDelay) - shown.duration(to: .now)
        if left > .zero, LiveInput.hasMore(within: Self.mostDelay) { return true }
        trace.flush()
        shown = .now
        if LiveInput.hasMore(within: Self.patience) { return true }
        trace.pause()
        trace.flush()
        if Terminal.isError, !LiveInput.hasMore(within: 10 * Self.patience) { tellWaiting() }
        while !interruption.isAsked, !trace.progress().isDone {
            if LiveInput.hasMore(within: Self.patience) { return true }
        }
        return false
    }

    private mutating func tellWaiting() {
        guard !isWaitingTold else { return }
        isWaitingTold = true
        report("following standard input, Ctrl-C ends it")
    }
}
