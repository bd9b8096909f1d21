internal import Dispatch
import Synchronization

/// A thread that does the given work, one piece after the other; the thread begins with the first
/// piece and ends with the owner.
package final class SerialWorker: Sendable {
    private typealias Work = @Sendable () -> Void

    private enum State: Sendable {
        case idle
        case running
        /// There is no thread to be had: work is done at once where given.
        case withoutThread
    }

    /// The state that thread and owner share.
    private final class Queue: Sendable {
        let work = Mutex<[Work]>([])
        let count = DispatchSemaphore(value: 0)

        /// Waits for the next piece of work; `nil` where no more will come.
        func next() -> Work? {
            count.wait()
            return work.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        }
    }

    private let queue = Queue()
    private let state = Mutex(State.idle)

    package init() {}

    deinit { queue.count.signal() }

    /// Has `work` done after everything that was given before.
    package func run(_ work: @escaping @Sendable () -> Void) {
        guard hasThread() else { return work() }
        queue.work.withLock { $0.append(work) }
        queue.count.signal()
    }

    private func hasThread() -> Bool {
        state.withLock { state in
            if state == .idle {
                let isStarted = BackgroundThread.begin { [queue] in
                    while let work = queue.next() { work() }
                }
                state = isStarted ? .running : .withoutThread
            }
            return state == .running
        }
    }
}
