import CaptureIO
import Packets
import Synchronization

/// Takes frames from the kernel on a thread of its own, writes them to the file where there is one,
/// and queues them: however long the analysis takes, the kernel's buffer is emptied.
final class CaptureThread: Sendable {
    /// How long a read waits where nothing comes, in milliseconds.
    private static let patience = 50

    private struct Work: ~Copyable {
        var capture: LiveCapture
        var copy: FrameCopy
        /// Frames that are not for the file.
        let isExcluded: @Sendable (Span<UInt8>) -> Bool
    }

    /// What is known of the capture beside its frames.
    struct Report: Sendable {
        var statistics = CaptureStatistics()
        /// Why the capture ended before it was asked to.
        var error: CaptureError?
        /// Why the file ended before the capture.
        var writingError: CaptureError?
    }

    /// Where the frames go.
    let queue: FrameQueue
    /// Ends the capture: what the kernel holds by then is taken first.
    let interrupter: LiveCapture.Interrupter

    private let work: Mutex<Work>
    private let latest = Mutex(Report())

    /// Begins to take frames.
    ///
    /// - Parameters:
    ///   - capture: where from.
    ///   - copy: the file.
    ///   - isExcluded: which frames the file does not get.
    ///   - limit: the most bytes that wait for the analysis.
    init(
        _ capture: consuming sending LiveCapture,
        _ copy: consuming sending FrameCopy,
        excluding isExcluded: @escaping @Sendable (Span<UInt8>) -> Bool,
        limit: Int
    ) {
        queue = FrameQueue(limit: limit)
        interrupter = capture.interrupter
        work = Mutex(Work(capture: capture, copy: copy, isExcluded: isExcluded))
        BackgroundThread.start { [self] in run() }
    }

    /// What is known so far; all of it once the queue has ended.
    var report: Report {
        var report = latest.withLock { $0 }
        report.statistics.droppedByAnalysis = queue.leftOut
        return report
    }

    private func run() {
        work.withLock { work in
            var end = Deadline()
            var error: CaptureError?
            do throws(CaptureError) {
                while !(try takeFrames(&work, &end)) {}
            } catch let failure {
                error = failure
            }
            let statistics = work.capture.statistics()
            work.copy.finish(statistics)
            let report = Report(
                statistics: statistics,
                error: error,
                writingError: work.copy.error
            )
            latest.withLock { $0 = report }
        }
        queue.end()
    }

    /// Takes what is there, or waits a moment; answers whether that was all.
    private func takeFrames(
        _ work: inout Work,
        _ end: inout Deadline
    ) throws(CaptureError) -> Bool {
        if interrupter.isInterrupted { end.set() }
        var last = Timestamp(nanoseconds: 0)
        let count = try work.capture.read(waitingAtMost: Self.patience) { frame, bytes in
            last = frame.timestamp
            if !work.isExcluded(bytes) { work.copy.write(frame, bytes) }
            queue.append(frame, bytes)
        }
        queue.publish()
        work.copy.flush()
        latest.withLock { $0.writingError = work.copy.error }
        return end.isOver(count == 0 ? nil : last)
    }
}

/// When a capture was asked to end: frames that came later are not waited for, however fast they
/// come.
private struct Deadline {
    private var time: Timestamp?

    mutating func set() { time = time ?? .now }

    /// Whether the end is reached with the latest frame, `nil` where there was none.
    func isOver(_ latest: Timestamp?) -> Bool {
        guard let time else { return false }
        guard let latest else { return true }
        return latest.nanoseconds(since: time) > 0
    }
}
