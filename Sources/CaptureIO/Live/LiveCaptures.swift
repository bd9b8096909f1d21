package import Packets

/// Captures on several interfaces at once, the frames of which come as those of one capture: each
/// says which interface it is from, and they come in the order of their times.
///
/// The kernel hands out the frames of each interface in blocks. So where there are several, those of
/// one wait until none of another can come any more that is older; a single one waits for nobody.
package struct LiveCaptures: ~Copyable {
    private final class Source {
        var capture: LiveCapture

        init(_ capture: consuming LiveCapture) { self.capture = capture }
    }

    private let sources: [Source]
    private var merge: FrameMerge

    /// Ends the waiting in ``read(waitingAtMost:_:)`` from elsewhere.
    package let interrupter: LiveCapture.Interrupter
    /// What a file says of each of the interfaces, in the order of their frames' indices.
    package let interfaces: [CapturedInterface]
    /// The names of those that refuse to show frames which are for other machines.
    package let refusingPromiscuity: [String]
    /// Whether all of them carry only this machine's traffic with itself.
    package let areLoopback: Bool
    /// How late a frame can be read after it came, in milliseconds.
    package let greatestDelay: Int

    /// Opens the interfaces and begins to capture.
    ///
    /// - Parameter options: those of each interface, at least one.
    /// - Throws: what keeps this user from capturing on one of them, and
    ///   ``CaptureError/invalidFilter(expression:reason:)``.
    package init(_ options: [LiveCaptureOptions]) throws(CaptureError) {
        let interrupter = try LiveCapture.Interrupter(for: options.first?.interface ?? "loopback")
        var sources: [Source] = []
        for options in options {
            sources.append(Source(try LiveCapture(options, interrupter)))
        }
        let delay = sources.map { $0.capture.greatestDelay }.max() ?? 0
        merge = FrameMerge(
            delay: .milliseconds(delay),
            limit: options.map(\.bufferSize).max() ?? 0
        )
        greatestDelay = sources.count > 1 ? 2 * delay : delay
        interfaces = sources.map { $0.capture.interface }
        refusingPromiscuity = sources.filter { $0.capture.isPromiscuityRefused }
            .map { $0.capture.interfaceName }
        areLoopback = sources.allSatisfy { $0.capture.isLoopback }
        self.sources = sources
        self.interrupter = interrupter
    }

    /// Waits at most `milliseconds` for frames and lends what is there; see
    /// ``LiveCapture/read(waitingAtMost:_:)``.
    package mutating func read(
        waitingAtMost milliseconds: Int,
        _ body: (Frame, Span<UInt8>) -> Void
    ) throws(CaptureError) -> Int {
        if let only = onlySource {
            return try only.capture.read(waitingAtMost: milliseconds, body)
        }
        let lent = try lend(body)
        guard lent == 0, milliseconds > 0, !interrupter.isInterrupted else { return lent }
        interrupter.wait(for: descriptors, milliseconds: patience(milliseconds))
        return try lend(body)
    }

    /// Does the same for frames that came before the capture was interrupted or an interface lost;
    /// see ``LiveCapture/readLast(waitingAtMost:_:)``.
    package mutating func readLast(
        waitingAtMost milliseconds: Int,
        _ body: (Frame, Span<UInt8>) -> Void
    ) throws(CaptureError) -> Int {
        if let only = onlySource {
            return try only.capture.readLast(waitingAtMost: milliseconds, body)
        }
        interrupter.waitOn(descriptors, milliseconds: patience(milliseconds))
        return try lend(body)
    }

    /// Whether every frame that the kernel has counted and not dropped was lent.
    package var hasLentAll: Bool { merge.isEmpty && sources.allSatisfy { $0.capture.hasLentAll } }

    /// What the kernel counted on each interface since the capture began, modulo 2^32.
    package func statistics() -> [CaptureStatistics] { sources.map { $0.capture.statistics() } }

    private var onlySource: Source? { sources.count == 1 ? sources[0] : nil }

    private var descriptors: [Int32] { sources.map { $0.capture.descriptor } }

    /// How long to wait at the most where something is held that will be due.
    private func patience(_ milliseconds: Int) -> Int {
        merge.isEmpty ? milliseconds : min(milliseconds, max(1, greatestDelay / 4))
    }

    /// Takes what each interface has, and lends what has waited for the others.
    private mutating func lend(
        _ body: (Frame, Span<UInt8>) -> Void
    ) throws(CaptureError) -> Int {
        var lost: CaptureError?
        for (index, source) in sources.enumerated() {
            do throws(CaptureError) {
                _ = try source.capture.read(waitingAtMost: 0) { frame, bytes in
                    var frame = frame
                    frame.interface = index
                    merge.append(frame, bytes, at: .now)
                }
            } catch {
                lost = lost ?? error
            }
        }
        let count = merge.lend(at: .now, body)
        if count == 0, let lost { throw lost }
        return count
    }
}
