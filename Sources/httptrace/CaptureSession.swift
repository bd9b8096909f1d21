import CaptureIO
import TraceIO
import TraceOutput
import Console

/// Shows what a live trace finds, until it is asked to stop.
struct CaptureSession: ~Copyable {
    private var writer: ResultWriter
    private var isWritingErrorTold = false
    /// Whether the output itself says what the whole capture held.
    private let showsSummary: Bool

    init(writer: consuming ResultWriter, limit: Int, showsSummary: Bool) {
        self.showsSummary = showsSummary
        self.writer = writer
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
        report("capturing on \(trace.interfaceName), Ctrl-C ends it")
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
            writer.flush()
            tellWritingError(of: trace)
        }
        if lost == nil { lost = drain(&trace) }
        finish(&trace)
        if let lost { throw lost }
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
        let summary = trace.summary
        writer.finish(summary)
        tellWritingError(of: trace)
        if !showsSummary, let sentence = summary.foreignSentence { report(sentence) }
        report("\(trace.statistics.sentence); \(summary.totals)")
    }

    /// Tells once, and as soon as it is known, that the file ends before the capture.
    private mutating func tellWritingError(of trace: borrowing LiveTrace) {
        guard !isWritingErrorTold, let error = trace.writingError else { return }
        report("\(error); the capture goes on without it")
        isWritingErrorTold = true
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
