import CaptureIO
import Packets
import Synchronization

/// Takes frames from the kernel on a separate thread, writes them to the file where there is one,
/// and queues them: however long the analysis takes, the kernel's buffer is emptied.
final class CaptureThread: Sendable {
    /// How long a read waits where nothing comes, in milliseconds.
    private static let patience = 50

    /// How long a read waits for frames from before the end, in milliseconds.
    private static let shortPatience = 10

    private struct Work: ~Copyable {
        var capture: OpenCapture
        /// Frames that are not for the file.
        let isExcluded: @Sendable (Span<UInt8>) -> Bool
    }

    /// The facts of the capture beside the frames.
    struct Report: Sendable {
        var statistics = CaptureStatistics()
        /// Why the capture ended unasked.
        var error: CaptureError?
        /// Why the file ended before the capture.
        var writingError: CaptureError?
    }

    /// Where the frames go.
    let queue: FrameQueue
    /// Ends the capture: frames that the kernel holds by then are taken first.
    let interrupter: LiveCapture.Interrupter

    private let work: Mutex<Work>
    private let latest = Mutex(Report())

    /// Begins to take frames.
    ///
    /// - Parameters:
    ///   - capture: where from, and the files.
    ///   - isExcluded: which frames the files do not get.
    init(
        _ capture: consuming sending OpenCapture,
        excluding isExcluded: @escaping @Sendable (Span<UInt8>) -> Bool
    ) {
        queue = FrameQueue(limit: capture.mostBytesWaiting)
        interrupter = capture.live.interrupter
        work = Mutex(Work(capture: capture, isExcluded: isExcluded))
        BackgroundThread.start { [self] in run() }
    }

    /// The facts so far; all of them once the queue has ended.
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
                takeRest(&work, &end)
            }
            let statistics = work.capture.live.statistics()
            work.capture.copy.finish(statistics)
            let report = Report(
                statistics: statistics.reduce(CaptureStatistics(), +),
                error: error,
                writingError: work.capture.copy.error
            )
            latest.withLock { $0 = report }
        }
        queue.end()
    }

    /// Takes the frames that the kernel has yet to hand out of an interface that is lost.
    private func takeRest(_ work: inout Work, _ end: inout Deadline) {
        end.set()
        while !end.hasPassed(work.capture.live) {
            // That it is lost is known.
            _ = try? takeFrames(&work, &end)
        }
    }

    /// Takes the frames that are there, or waits a moment; answers whether those were all.
    private func takeFrames(
        _ work: inout Work,
        _ end: inout Deadline
    ) throws(CaptureError) -> Bool {
        if interrupter.isInterrupted { end.set() }
        if work.capture.copy.wantsStatistics {
            work.capture.copy.note(work.capture.live.statistics())
        }
        var last = Timestamp(nanoseconds: 0)
        func take(_ frame: Frame, _ bytes: Span<UInt8>) {
            last = frame.timestamp
            if !work.isExcluded(bytes) { work.capture.copy.write(frame, bytes) }
            queue.append(frame, bytes)
        }
        let count =
            end.isSet
            ? try work.capture.live.readLast(waitingAtMost: Self.shortPatience, take)
            : try work.capture.live.read(waitingAtMost: Self.patience, take)
        queue.publish()
        work.capture.copy.flush()
        latest.withLock { $0.writingError = work.capture.copy.error }
        return count > 0 ? end.isBefore(last) : end.hasPassed(work.capture.live)
    }
}

/// When a capture was asked to end: frames that came later are not waited for, however fast they
/// come; those that came before are, as the kernel may not have handed them out yet.
private struct Deadline {
    /// How long frames are waited for that the kernel has counted and not handed out; before Linux
    /// 4.20 the kernel counts frames on loopback that are left out.
    private static let mostPatience = Duration.seconds(1)

    private var time: Timestamp?
    private var start = ContinuousClock.now

    var isSet: Bool { time != nil }

    mutating func set() {
        guard !isSet else { return }
        time = .now
        start = .now
    }

    /// Whether `frame`, the time of the latest one, is behind the end.
    func isBefore(_ frame: Timestamp) -> Bool {
        guard let time else { return false }
        return frame.nanoseconds(since: time) > 0
    }

    /// Whether nothing from before the end can come any more, where nothing came just now.
    func hasPassed(_ capture: borrowing LiveCaptures) -> Bool {
        guard isSet else { return false }
        let waited = start.duration(to: .now)
        guard waited > .milliseconds(capture.greatestDelay) else { return false }
        return capture.hasLentAll || waited > Self.mostPatience
    }
}
