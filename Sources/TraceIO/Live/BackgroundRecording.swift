package import CaptureIO
internal import Dispatch
import Packets
import Synchronization

/// Writes the frames on loopback to a file, on a separate thread, while something else runs.
///
/// The calls block: a recording is for programs that wait anyhow.
package final class BackgroundRecording: Sendable {
    /// The outcome of a recording.
    package struct Outcome: Sendable {
        /// The kernel's counts.
        package var statistics: CaptureStatistics
        /// Why the recording ended unasked, or lacks something; `nil` where neither is so.
        package var error: CaptureError? = nil
    }

    /// How long a read waits where nothing comes, in milliseconds.
    private static let waitingTime = 50

    /// How long to wait until all frames sent before the end are seen.
    private static let patience = Duration.seconds(2)

    private let isAskedToFinish = Atomic(false)
    private let marker: CaptureMarker
    /// Why the recording could not begin; `nil` where that has begun.
    private let beginning = Mutex<CaptureError?>(nil)
    private let hasBegun = DispatchSemaphore(value: 0)
    private let outcome = Mutex(Outcome(statistics: CaptureStatistics()))
    private let hasEnded = DispatchSemaphore(value: 0)

    private init() throws(CaptureError) {
        guard let marker = CaptureMarker() else {
            throw .interfaceUnavailable(name: "loopback", reason: "no free UDP port")
        }
        self.marker = marker
    }

    /// Begins to record; frames sent after this returns are recorded.
    ///
    /// - Parameters:
    ///   - options: which frames, and how; the interface is loopback.
    ///   - path: the pcapng file that gets them.
    ///   - duration: the time after which no more are recorded; `nil` where there is no such time.
    /// - Returns: the recording, to be ended with ``finish()``.
    /// - Throws: the error that keeps this user from capturing there, or the file from being
    ///   written.
    package static func start(
        _ options: LiveCaptureOptions,
        to path: String,
        for duration: Duration? = nil
    ) throws(CaptureError) -> BackgroundRecording {
        let recording = try BackgroundRecording()
        BackgroundThread.start { recording.run(options, path, duration) }
        recording.hasBegun.wait()
        if let error = recording.beginning.withLock({ $0 }) { throw error }
        return recording
    }

    /// Waits until everything that was received on loopback before this call is in the file, and
    /// ends the recording.
    package func finish() -> Outcome {
        isAskedToFinish.store(true, ordering: .releasing)
        marker.send()
        hasEnded.wait()
        return outcome.withLock { $0 }
    }

    private func run(
        _ options: LiveCaptureOptions,
        _ path: String,
        _ duration: Duration?
    ) {
        do throws(CaptureError) {
            var capture = try LiveCapture(marker.extending(options))
            var writer = try CaptureWriter(path: path, of: capture.interface)
            hasBegun.signal()
            let result = record(&capture, to: &writer, for: duration)
            outcome.withLock { $0 = result }
            hasEnded.signal()
        } catch {
            beginning.withLock { $0 = error }
            hasBegun.signal()
        }
    }

    private func record(
        _ capture: inout LiveCapture,
        to writer: inout CaptureWriter,
        for duration: Duration?
    ) -> Outcome {
        let end = duration.map { ContinuousClock.now + $0 }
        var isMarkerSeen = false
        var deadline: ContinuousClock.Instant?
        var failure: CaptureError?
        while failure == nil, !isMarkerSeen {
            if let end, ContinuousClock.now > end { break }
            if let deadline, ContinuousClock.now > deadline { break }
            if deadline == nil, isAskedToFinish.load(ordering: .acquiring) {
                deadline = .now + Self.patience
            }
            do throws(CaptureError) {
                var writing: CaptureError?
                _ = try capture.read(waitingAtMost: Self.waitingTime) { frame, bytes in
                    if marker.content.isIn(bytes) {
                        isMarkerSeen = true
                    } else if writing == nil {
                        writing = Self.write(frame, bytes, to: &writer)
                    }
                }
                if let writing { throw writing }
                try writer.flush()
            } catch {
                failure = error
            }
        }
        var statistics = capture.statistics()
        if isMarkerSeen { statistics.received -= 1 }
        do throws(CaptureError) {
            try writer.finish(statistics: statistics)
        } catch {
            failure = failure ?? error
        }
        return Outcome(statistics: statistics, error: failure)
    }

    private static func write(
        _ frame: Frame,
        _ bytes: Span<UInt8>,
        to writer: inout CaptureWriter
    ) -> CaptureError? {
        do throws(CaptureError) {
            try writer.write(frame, bytes)
            return nil
        } catch {
            return error
        }
    }
}
