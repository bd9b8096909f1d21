import Reassembly

/// Where the capture's clock went back between two frames with payload of one connection.
struct ClockSteps: Sendable {
    /// How far times may go back, in nanoseconds, before the clock did: the queues and processors of
    /// one machine write frames down in another order than that of their times.
    private static let tolerance: Int64 = 1_000_000
    /// The most steps that are kept.
    private static let limit = 16

    private var latest = Int64.min
    private var latestFrame = 0
    /// The frames behind the steps, in order.
    private var frames: [Int] = []

    /// Whether there is none.
    var isEmpty: Bool { frames.isEmpty }

    /// Takes note of the next frame; answers whether the clock went back before it.
    @inline(__always)
    mutating func note(_ frame: FrameReference) -> Bool {
        // What waited for others is told of later than it came.
        guard frame.number > latestFrame, frame.timestamp.isKnown else { return false }
        let isBack = frame.timestamp.nanoseconds < latest &- Self.tolerance && latestFrame > 0
        if isBack { noteStep(at: frame.number) }
        latest = frame.timestamp.nanoseconds
        latestFrame = frame.number
        return isBack
    }

    @inline(never)
    private mutating func noteStep(at frame: Int) {
        if frames.count == Self.limit { frames.removeFirst() }
        frames.append(frame)
    }

    /// Whether there is one behind the first of two frames and not behind the last.
    func divide(_ first: Int, _ last: Int) -> Bool {
        frames.contains { first < $0 && $0 <= last }
    }
}
