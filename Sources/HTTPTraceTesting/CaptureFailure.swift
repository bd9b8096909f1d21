import CaptureIO

/// Why traffic could not be captured, or not all of it.
public struct CaptureFailure: Error, Sendable, CustomStringConvertible {
    /// One sentence: what is wrong, and what to do.
    public let description: String

    /// Whether it is the right to capture that is missing.
    public let isNotPermitted: Bool

    init(_ error: CaptureError) {
        description = error.description
        isNotPermitted = error.kind == .notPermitted
    }

    init(dropped: Int) {
        description = """
            the kernel dropped \(dropped) frames, so the trace is not whole: capture less at a time
            """
        isNotPermitted = false
    }

    init(withoutResult: Void) {
        description = "the capture ended without a result"
        isNotPermitted = false
    }
}
