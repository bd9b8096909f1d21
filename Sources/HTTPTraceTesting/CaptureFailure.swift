internal import CaptureIO

/// Why traffic could not be captured, or not all of it.
public struct CaptureFailure: Error, Sendable, CustomStringConvertible {
    /// One sentence: what is wrong, and what to do.
    public let description: String

    /// Whether it is the right to capture that is missing.
    public let isNotPermitted: Bool

    init(_ error: CaptureError) {
        isNotPermitted = error.kind == .notPermitted
        description =
            isNotPermitted
            ? """
            this user may not capture on loopback: run the tests as \
            `httptrace run --quiet -- swift test`, which needs no right (on Linux), or as root
            """
            : error.description
    }

    init(lost statistics: CaptureStatistics) {
        description = """
            \(statistics.dropped) frames were lost (\(statistics.droppedByKernel) dropped by the \
            kernel), so the trace is not whole: capture less at a time, or with a larger bufferSize
            """
        isNotPermitted = false
    }

    init(withoutResult: Void) {
        description = "the capture ended without a result"
        isNotPermitted = false
    }
}
