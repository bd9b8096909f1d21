package import CaptureIO
import Synchronization
package import Trace

/// Traces loopback on a separate thread while the program does something else, as tests and
/// demonstrations need.
package final class BackgroundTrace: Sendable {
    /// The outcome of a trace.
    package struct Outcome: Sendable {
        /// The sums over the capture.
        package var summary: TraceSummary
        /// The kernel's counts.
        package var statistics: CaptureStatistics
        /// Why the capture ended unasked; `nil` where that was not so.
        package var error: CaptureError?
        /// An error of the file that frames were written to.
        package var writingError: CaptureError?
    }

    // For who has types of these names of its own.
    package typealias Exchange = Trace.Exchange
    package typealias Message = Trace.Message
    package typealias Timing = Trace.Timing

    /// How long to wait, after everything was sent, for exchanges that are not over.
    private static let patience = Duration.seconds(2)

    private let isAskedToFinish = Atomic(false)
    private let marker: CaptureMarker
    private let outcome: AsyncStream<Outcome>
    private let ended: AsyncStream<Outcome>.Continuation

    private init() throws(CaptureError) {
        guard let marker = CaptureMarker() else {
            throw .interfaceUnavailable(name: "loopback", reason: "no free UDP port")
        }
        self.marker = marker
        (outcome, ended) = AsyncStream.makeStream(of: Outcome.self)
    }

    /// Begins to trace; frames sent after this returns are traced.
    ///
    /// - Parameters:
    ///   - capture: which frames, and how; the interface is loopback.
    ///   - options: which data the tracer keeps.
    ///   - path: the pcapng file that gets the frames too.
    ///   - body: gets each exchange when it is finished, on the trace's thread.
    /// - Returns: the trace, to be ended with ``finish()``.
    /// - Throws: the error that keeps this user from capturing there, or the file from being
    ///   written.
    package static func start(
        _ capture: LiveCaptureOptions,
        options: TracerOptions = TracerOptions(),
        writingTo path: String? = nil,
        _ body: @escaping @Sendable (Exchange) -> Void
    ) async throws(CaptureError) -> BackgroundTrace {
        let trace = try BackgroundTrace()
        let (readiness, ready) = AsyncStream.makeStream(of: CaptureError?.self)
        BackgroundThread.start {
            trace.run(capture, options, path, ready, body)
        }
        for await error in readiness {
            if let error { throw error }
            break
        }
        return trace
    }

    /// Waits until everything that was received on loopback before this call is traced and the
    /// exchanges are over, for at most two seconds; then ends the trace.
    package func finish() async -> Outcome? {
        isAskedToFinish.store(true, ordering: .releasing)
        marker.send()
        for await outcome in outcome { return outcome }
        return nil
    }

    private func run(
        _ capture: LiveCaptureOptions,
        _ options: TracerOptions,
        _ path: String?,
        _ ready: AsyncStream<CaptureError?>.Continuation,
        _ body: @Sendable (Exchange) -> Void
    ) {
        do throws(CaptureError) {
            let content = marker.content
            var trace = try LiveTrace(
                marker.extending(capture),
                options: options,
                writingTo: path,
                excluding: { content.isIn($0) }
            )
            ready.yield(nil)
            ended.yield(follow(&trace, body))
        } catch {
            ready.yield(error)
        }
        ended.finish()
    }

    private func follow(
        _ trace: inout LiveTrace,
        _ body: (Exchange) -> Void
    ) -> Outcome {
        var isMarkerSeen = false
        var deadline: ContinuousClock.Instant?
        var failure: CaptureError?
        while failure == nil, !(isMarkerSeen && !trace.isPending) {
            if let deadline, ContinuousClock.now > deadline { break }
            if deadline == nil, isAskedToFinish.load(ordering: .acquiring) {
                deadline = .now + Self.patience
            }
            do throws(CaptureError) {
                _ = try trace.read(
                    choosing: { bytes in
                        guard marker.content.isIn(bytes) else { return true }
                        isMarkerSeen = true
                        return false
                    },
                    body
                )
            } catch {
                failure = error
            }
        }
        trace.finish(body)
        return Outcome(
            summary: trace.summary,
            statistics: trace.statistics,
            error: failure,
            writingError: trace.writingError
        )
    }
}
