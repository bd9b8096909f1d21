package import Packets

/// Frames of several interfaces on their way into the order of their times.
///
/// Each interface's frames come late by as much as a block of the kernel's is old when it is handed
/// out. Once a frame has waited for that long, everything older has come.
package struct FrameMerge: Sendable {
    private struct Waiting: Sendable {
        var frame: Frame
        var bytes: Range<Int>
    }

    /// When a frame came, and the latest time of any up to it.
    private struct Arrival: Sendable {
        var instant: ContinuousClock.Instant
        var latest: Int64
    }

    private let delay: Duration
    private let limit: Int
    private var waiting: [Waiting] = []
    private var bytes: [UInt8] = []
    private var arrivals: [Arrival] = []
    private var framesLent = 0

    /// Makes a merge of interfaces whose frames come late by `delay` at the most; no more than `limit`
    /// bytes wait, or those that came first go out as they are.
    package init(delay: Duration, limit: Int) {
        self.delay = delay
        self.limit = limit
    }

    /// Whether no frame waits.
    package var isEmpty: Bool { waiting.isEmpty }

    /// Takes a frame that came at `instant`.
    package mutating func append(
        _ frame: Frame,
        _ content: Span<UInt8>,
        at instant: ContinuousClock.Instant
    ) {
        let start = bytes.count
        unsafe content.withUnsafeBufferPointer { content in
            unsafe bytes.append(contentsOf: content)
        }
        waiting.append(Waiting(frame: frame, bytes: start..<bytes.count))
        let latest = max(arrivals.last?.latest ?? .min, frame.timestamp.nanoseconds)
        arrivals.append(Arrival(instant: instant, latest: latest))
    }

    /// Lends the frames that have waited long enough at `instant`, numbered through, and those that
    /// are older.
    ///
    /// - Returns: how many there were.
    package mutating func lend(
        at instant: ContinuousClock.Instant,
        _ body: (Frame, Span<UInt8>) -> Void
    ) -> Int {
        let dueCount =
            bytes.count > limit
            ? arrivals.count : arrivals.count { $0.instant + delay <= instant }
        guard dueCount > 0 else { return 0 }
        let latest = arrivals[dueCount - 1].latest
        arrivals.removeFirst(dueCount)
        // The standard library's sort keeps the order of those that are of one time.
        waiting.sort { $0.frame.timestamp.nanoseconds < $1.frame.timestamp.nanoseconds }
        let count = waiting.count { $0.frame.timestamp.nanoseconds <= latest }
        for item in waiting[..<count] {
            var frame = item.frame
            framesLent += 1
            frame.number = framesLent
            body(frame, bytes.span.extracting(item.bytes))
        }
        forget(count)
        return count
    }

    /// Forgets the first frames, and moves the bytes of the others together.
    private mutating func forget(_ count: Int) {
        waiting.removeFirst(count)
        if waiting.isEmpty {
            arrivals.removeAll(keepingCapacity: true)
            bytes.removeAll(keepingCapacity: bytes.count <= 4 << 20)
            return
        }
        var rest: [UInt8] = []
        for index in waiting.indices {
            let start = rest.count
            rest += bytes[waiting[index].bytes]
            waiting[index].bytes = start..<rest.count
        }
        bytes = rest
    }
}
