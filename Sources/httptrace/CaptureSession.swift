import CaptureIO
import TraceIO
import TraceOutput
import Console

/// Shows what a live trace finds, until it is asked to stop.
struct CaptureSession: ~Copyable {
    private var writer: ResultWriter
    private let filter: String?
    private let showsPending: Bool
    /// When exchanges in flight were last looked for.
    private var lastLook = ContinuousClock.now
    private var isWritingErrorTold = false
    /// Whether the output itself says what the whole capture held.
    private let showsSummary: Bool

    /// Shows with `writer`, and `limit` exchanges at the most, of the frames that `filter` chose; and
    /// those that are in flight, where it `showsPending`.
    init(
        writer: consuming ResultWriter,
        limit: Int,
        filter: String?,
        showsSummary: Bool,
        showsPending: Bool
    ) {
        self.showsSummary = showsSummary
        self.writer = writer
        self.filter = filter
        self.showsPending = showsPending
        self.writer.limit = limit
    }

    /// Why output ended early, if it did.
    var failure: TextWriter.Failure? { writer.failure }

    /// Captures until Ctrl-C, until `duration` is over, until enough was shown, or until `isOver`
    /// says so; then shows the summary.
    mutating func run(
        _ trace: inout LiveTrace,
        for duration: Duration?,
        until isOver: (borrowing LiveTrace) -> Bool = { _ in false }
    ) throws(CaptureError) {
        let interrupter = trace.interrupter
        TerminationSignals.onFirst { interrupter.interrupt() }
        for name in trace.interfaces.refusingPromiscuity {
            report("\(name) does not show frames that are for other machines: it refuses to")
        }
        report("capturing on \(trace.interfaces.names.joined(separator: ", ")), Ctrl-C ends it")
        let start = ContinuousClock.now
        var lost: CaptureError?
        while !interrupter.isInterrupted, !writer.isDone, !isOver(trace) {
            if let duration, start.duration(to: .now) >= duration { break }
            do throws(CaptureError) {
                _ = try trace.read { writer.write($0) }
            } catch {
                lost = error
                break
            }
            if showsPending { showPending(&trace) }
            writer.flush()
            tellWritingError(of: trace)
        }
        // The terminal has written ^C where the next line will begin.
        if interrupter.isInterrupted { Terminal.returnCarriage() }
        if lost == nil { lost = drain(&trace) }
        finish(&trace)
        if let lost { throw lost }
    }

    /// Shows the requests that wait; a few times a second is enough for that.
    private mutating func showPending(_ trace: inout LiveTrace) {
        guard lastLook.duration(to: .now) > .milliseconds(200) else { return }
        lastLook = .now
        trace.takePending { writer.write(pending: $0, waited: $1) }
    }

    /// Takes what the kernel still holds; answers what keeps that from being had, if anything does.
    private mutating func drain(_ trace: inout LiveTrace) -> CaptureError? {
        trace.interrupter.interrupt()
        do throws(CaptureError) {
            while !writer.isDone, try trace.read({ writer.write($0) }) > 0 {}
            return nil
        } catch {
            return error
        }
    }

    private mutating func finish(_ trace: inout LiveTrace) {
        trace.finish { writer.write($0) }
        let summary = writer.finish(trace.summary)
        tellWritingError(of: trace)
        if !showsSummary { for sentence in summary.connectionSentences { report(sentence) } }
        report("\(trace.statistics.sentence); \(summary.totals)")
        if trace.statistics.received == 0 { report(trace.interfaces.whereToLook(filter)) }
    }

    /// Tells once, and as soon as it is known, that the file ends before the capture.
    private mutating func tellWritingError(of trace: borrowing LiveTrace) {
        guard !isWritingErrorTold, let error = trace.writingError else { return }
        report("\(error); the capture goes on without it")
        isWritingErrorTold = true
    }
}

extension LiveTrace.Interfaces {
    /// One sentence: what to look at where no frame has come.
    fileprivate func whereToLook(_ filter: String?) -> String {
        let choice = filter.map { "whether the filter \"\($0)\" is right, and " } ?? ""
        let place =
            switch (areLoopback, names.contains("any")) {
            case (_, true): "whether there is such traffic on this machine"
            case (true, _): "whether the traffic crosses another interface than loopback (-i)"
            case (false, _):
                "whether the traffic crosses another interface, such as a bridge, a veth or loopback"
            }
        return "no frame was seen: look \(choice)\(place); `httptrace interfaces` lists them"
    }
}

extension CaptureStatistics {
    /// One sentence: how much was captured, and loudly what was not.
    var sentence: String {
        guard dropped > 0 else { return "\(received) frames, none dropped" }
        return """
            WARNING: \(dropped) frames were dropped (\(droppedByKernel) by the kernel, \
            \(droppedByInterface) by the interface, \(droppedByAnalysis) because the analysis fell \
            behind) of \(received); the gaps are shown where they are; a larger --buffer or a \
            narrower --filter helps
            """
    }
}
