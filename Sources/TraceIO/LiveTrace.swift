package import CaptureIO
import Packets
package import Trace

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Traces what crosses an interface now.
package struct LiveTrace: ~Copyable {
    /// How long a read waits where nothing comes, in milliseconds: what is finished by the passing
    /// of time alone is seen no later than this.
    private static let patience = 50

    private var capture: LiveCapture
    private var tracer: Tracer
    private var copy: FrameCopy

    /// An error of the file that frames are written to; capturing goes on without it.
    package var writingError: CaptureError? { copy.error }

    /// Begins to capture; frames sent from now on are traced.
    ///
    /// - Parameters:
    ///   - capture: which frames.
    ///   - options: what the tracer keeps.
    ///   - path: the pcapng file that gets the frames too.
    /// - Throws: what keeps this user from capturing there, or the file from being written.
    package init(
        _ capture: LiveCaptureOptions,
        options: TracerOptions = TracerOptions(),
        writingTo path: String? = nil
    ) throws(CaptureError) {
        let live = try LiveCapture(capture)
        copy = try FrameCopy(of: live, filter: capture.filter, to: path)
        self.capture = live
        var options = options
        // Who looks on wants to see that a connection was turned over, not that it ended.
        options.holdsSwitched = false
        tracer = Tracer(options: options)
    }

    /// The interface that is captured on.
    package var interfaceName: String { capture.interfaceName }

    /// Ends the waiting in ``read(_:)`` from another thread.
    package var interrupter: LiveCapture.Interrupter { capture.interrupter }

    /// What was captured and what was lost, as the kernel counts it.
    package var statistics: CaptureStatistics { capture.statistics() }

    /// What the capture has come to so far.
    package var summary: TraceSummary { tracer.summary }

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
        let count = try capture.read(waitingAtMost: Self.patience) { frame, bytes in
            guard isWanted(bytes) else { return }
            copy.write(frame, bytes)
            tracer.process(frame, bytes)
            tracer.takeFinished(body)
        }
        if count == 0 {
            tracer.advance(to: Self.now)
            tracer.takeFinished(body)
        }
        copy.flush()
        return count
    }

    /// Ends the trace: lends what was unfinished to `body`, and closes the file.
    package mutating func finish(_ body: (Exchange) -> Void) {
        tracer.finish()
        tracer.takeFinished(body)
        copy.finish(capture.statistics())
    }

    private static var now: Timestamp {
        var time = timespec()
        guard unsafe clock_gettime(CLOCK_REALTIME, &time) == 0 else {
            return Timestamp(nanoseconds: 0)
        }
        return Timestamp(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }
}

/// The file that captured frames are written to, where there is one; the first failure ends it.
private struct FrameCopy: ~Copyable {
    private var writer: CaptureWriter?
    private(set) var error: CaptureError?

    init(
        of capture: borrowing LiveCapture,
        filter: String?,
        to path: String?
    ) throws(CaptureError) {
        guard let path else { return }
        writer = try CaptureWriter(
            path: path,
            linkType: capture.linkType,
            snapshotLength: capture.snapshotLength,
            interfaceName: capture.interfaceName,
            filter: filter,
            timestampDigits: capture.timestampDigits
        )
    }

    mutating func write(_ frame: Frame, _ bytes: Span<UInt8>) {
        guard writer != nil else { return }
        do throws(CaptureError) {
            try writer?.write(frame, bytes)
        } catch {
            end(error)
        }
    }

    mutating func flush() {
        guard writer != nil else { return }
        do throws(CaptureError) {
            try writer?.flush()
        } catch {
            end(error)
        }
    }

    mutating func finish(_ statistics: CaptureStatistics) {
        guard writer != nil else { return }
        do throws(CaptureError) {
            try writer?.finish(statistics: statistics)
        } catch {
            end(error)
        }
    }

    private mutating func end(_ error: CaptureError) {
        self.error = error
        writer = nil
    }
}
