public import Trace

/// The HTTP traffic that was captured while something ran.
public struct HTTPTrace: Sendable {
    /// The exchanges in the order in which they finished.
    public let exchanges: [Exchange]

    /// Frames in the capture.
    public let frameCount: Int

    init(exchanges: [Exchange], frameCount: Int) {
        self.exchanges = exchanges
        self.frameCount = frameCount
    }
}
