internal import Dispatch
package import Packets
import Synchronization

/// Frames on their way from the thread that captures to the one that analyses them.
///
/// The two swap portions, so that a frame is copied once and costs no allocation. Where the
/// analysis is behind by more than ``limit``, frames are left out, and counted.
package final class FrameQueue: Sendable {
    /// Frames in the order of arrival, their bytes one behind the other.
    package struct Portion: ~Copyable, Sendable {
        /// The most bytes of storage that are worth keeping: a burst's storage goes back.
        private static let spareLimit = 4 << 20

        private var frames: [(frame: Frame, length: Int)] = []
        private var bytes: [UInt8] = []

        package init() {}

        package var isEmpty: Bool { frames.isEmpty }

        /// The memory that the frames take, in bytes.
        fileprivate var footprint: Int {
            bytes.count + frames.count * MemoryLayout<(Frame, Int)>.stride
        }

        fileprivate mutating func append(_ frame: Frame, _ content: Span<UInt8>) {
            frames.append((frame, content.count))
            unsafe content.withUnsafeBufferPointer { content in
                unsafe bytes.append(contentsOf: content)
            }
        }

        /// Lends each frame to `body`, and empties the portion.
        ///
        /// - Returns: how many frames there were.
        package mutating func drain(_ body: (Frame, Span<UInt8>) -> Void) -> Int {
            var start = 0
            for (frame, length) in frames {
                body(frame, bytes.span.extracting(start..<start + length))
                start += length
            }
            let count = frames.count
            empty()
            return count
        }

        private mutating func empty() {
            let isSpare = footprint <= Self.spareLimit
            frames.removeAll(keepingCapacity: isSpare)
            bytes.removeAll(keepingCapacity: isSpare)
        }
    }

    private struct State: ~Copyable, Sendable {
        var portion = Portion()
        var leftOut = 0
        var hasEnded = false
        /// Whether ``news`` was, or is just being, signalled and nobody has answered yet.
        var isAnnounced = false
    }

    /// The most bytes that wait.
    private let limit: Int
    private let state = Mutex(State())
    private let news = DispatchSemaphore(value: 0)

    /// Creates an empty queue in which at most `limit` bytes wait.
    package init(limit: Int) { self.limit = limit }

    /// How many frames were left out because too many were waiting.
    package var leftOut: Int { state.withLock { $0.leftOut } }

    /// Adds a frame, or counts one left out where there is no room.
    package func append(_ frame: Frame, _ bytes: Span<UInt8>) {
        state.withLock { state in
            guard state.portion.footprint + bytes.count <= limit else {
                state.leftOut += 1
                return
            }
            state.portion.append(frame, bytes)
        }
    }

    /// Lets the waiting thread know of frames added.
    package func publish() {
        announce { !$0.portion.isEmpty }
    }

    /// Lets the waiting thread know that nothing more will come.
    package func end() {
        announce { state in
            state.hasEnded = true
            return true
        }
    }

    private func announce(_ hasNews: (inout State) -> Bool) {
        let isNew = state.withLock { state in
            guard hasNews(&state), !state.isAnnounced else { return false }
            state.isAnnounced = true
            return true
        }
        if isNew { news.signal() }
    }

    /// Swaps `portion`, which is empty, for the waiting one; where no frame waits, waits for one.
    ///
    /// - Parameters:
    ///   - portion: gets the frames.
    ///   - milliseconds: how long to wait at the most; `nil` is until the end.
    package func take(_ portion: inout Portion, waitingAtMost milliseconds: Int?) {
        let deadline = milliseconds.map { DispatchTime.now() + .milliseconds($0) } ?? .distantFuture
        var isAnswered = false
        while true {
            let (isDone, isAnnounced) = state.withLock { state in
                guard !state.portion.isEmpty || state.hasEnded else { return (false, false) }
                swap(&state.portion, &portion)
                let isAnnounced = state.isAnnounced
                state.isAnnounced = false
                return (true, isAnnounced)
            }
            // Every announcement is answered once, so that none is left for later.
            if isAnnounced, !isAnswered { news.wait() }
            if isDone { return }
            guard news.wait(timeout: deadline) == .success else { return }
            isAnswered = true
        }
    }
}
