package import CaptureIO
import Packets
package import Trace

/// Traces the frames that cross an interface now.
///
/// Frames are captured on a thread of their own, and analysed on the one that calls ``read(_:)``.
package struct LiveTrace: ~Copyable {
    /// How long a read waits where nothing comes, in milliseconds: exchanges finished by the
    /// passing of time alone are seen no later than this.
    private static let patience = 50

    private let thread: CaptureThread
    private var portion = FrameQueue.Portion()
    private var tracer: Tracer
    private var pending = PendingExchanges()

    /// The interfaces that are captured on.
    package let interfaces: Interfaces

    /// The facts for users about the interfaces that are captured on.
    package struct Interfaces: Sendable {
        /// Their names.
        package var names: [String]
        /// The names of those that refuse to show frames which are for other machines.
        package var refusingPromiscuity: [String]
        /// Whether all are loopback interfaces.
        package var areLoopback: Bool
    }

    /// Begins to capture; frames sent from now on are traced.
    ///
    /// - Parameters:
    ///   - capture: which frames; as many bytes as the kernel buffer holds may wait once more
    ///     between capture and analysis.
    ///   - options: which data the tracer keeps.
    ///   - path: the pcapng file that gets the frames too.
    ///   - isExcluded: which frames the file does not get.
    /// - Throws: the error that keeps this user from capturing there, or the file from being
    ///   written.
    package init(
        _ capture: LiveCaptureOptions,
        options: TracerOptions = TracerOptions(),
        writingTo path: String? = nil,
        excluding isExcluded: @escaping @Sendable (Span<UInt8>) -> Bool = { _ in false }
    ) throws(CaptureError) {
        let destination = path.map { CaptureDestination(path: $0) }
        let opened = try OpenCapture([capture], writingTo: destination)
        try self.init(opened, options: options, excluding: isExcluded)
    }

    /// Begins to read the capture; frames are traced from when the capture was opened on.
    ///
    /// - Parameters:
    ///   - opened: the capture.
    ///   - options: which data the tracer keeps.
    ///   - isExcluded: which frames the file does not get.
    /// - Throws: the error that keeps the first file of a ring from being created.
    package init(
        _ opened: consuming sending OpenCapture,
        options: TracerOptions,
        excluding isExcluded: @escaping @Sendable (Span<UInt8>) -> Bool = { _ in false }
    ) throws(CaptureError) {
        try opened.copy.begin()
        interfaces = Interfaces(
            names: opened.live.interfaces.compactMap(\.name),
            refusingPromiscuity: opened.live.refusingPromiscuity,
            areLoopback: opened.live.areLoopback
        )
        var options = options
        // Who looks on wants to see that a connection was turned over, not that it ended.
        options.holdsSwitched = false
        // Frames come when they are captured.
        options.clockSkew = 0
        tracer = Tracer(options: options)
        thread = CaptureThread(opened, excluding: isExcluded)
    }

    deinit { thread.interrupter.interrupt() }

    /// Ends the capture from another thread: ``read(_:)`` then gives the frames captured before,
    /// and at last nothing.
    package var interrupter: LiveCapture.Interrupter { thread.interrupter }

    /// How much was captured and how much lost, once the trace has ended.
    package var statistics: CaptureStatistics { thread.report.statistics }

    /// An error of the file that frames are written to; capturing goes on without the file.
    package var writingError: CaptureError? { thread.report.writingError }

    /// The summary of the capture so far.
    package var summary: TraceSummary {
        var summary = tracer.summary
        summary.note(statistics)
        return summary
    }

    /// Whether something that was captured waits for more: an exchange, or bytes out of order.
    package var isPending: Bool { tracer.isPending }

    /// Takes the frames that have come, waiting a moment where there are none, and lends each
    /// exchange that is finished to `body`.
    ///
    /// - Returns: how many frames there were.
    package mutating func read(
        _ body: (Exchange) -> Void
    ) throws(CaptureError) -> Int {
        try read(choosing: { _ in true }, body)
    }

    /// Does the same with the frames that `isWanted` chooses.
    package mutating func read(
        choosing isWanted: (Span<UInt8>) -> Bool,
        _ body: (Exchange) -> Void
    ) throws(CaptureError) -> Int {
        // Interrupted, the capture ends by itself and soon.
        let patience = interrupter.isInterrupted ? nil : Self.patience
        var count = analyse(waitingAtMost: patience, choosing: isWanted, body)
        if count == 0, let error = thread.report.error {
            // What came last may not have been there yet when the waiting was over.
            count = analyse(waitingAtMost: nil, choosing: isWanted, body)
            if count == 0 { throw error }
        }
        if count == 0 {
            tracer.advance(to: .now)
            tracer.takeFinished(body)
        }
        return count
    }

    private mutating func analyse(
        waitingAtMost milliseconds: Int?,
        choosing isWanted: (Span<UInt8>) -> Bool,
        _ body: (Exchange) -> Void
    ) -> Int {
        thread.queue.take(&portion, waitingAtMost: milliseconds)
        defer { tracer.takeFinished(body) }
        return portion.drain { frame, bytes in
            guard isWanted(bytes) else { return }
            tracer.process(frame, bytes)
            tracer.takeManyFinished(body)
        }
    }

    /// Lends the exchanges to `body` that have been in flight for a while by the frames captured so
    /// far, each once and with the time waited, in nanoseconds.
    package mutating func takePending(_ body: (Exchange, Int64) -> Void) {
        pending.look(at: tracer, now: tracer.time, body)
    }

    /// Ends the trace: lends unfinished exchanges to `body`, and closes the file.
    package mutating func finish(_ body: (Exchange) -> Void) {
        thread.interrupter.interrupt()
        repeat {
            thread.queue.take(&portion, waitingAtMost: nil)
        } while portion.drain { _, _ in } > 0
        tracer.finish(body)
    }
}
