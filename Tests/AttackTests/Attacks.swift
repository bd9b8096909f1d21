import Dispatch
import Testing

/// Attacks on the server, one after the other.
///
/// They wait for sockets and processes, which the threads of Swift's tasks must not: as many tests
/// as there are of these threads would hold up all others. So they have a thread of their own.
@Suite(.serialized, .onThreadOfItsOwn)
enum Attacks {}

/// Runs tests on a thread on which they may wait.
struct ThreadOfItsOwn: SuiteTrait, TestTrait, TestScoping {
    var isRecursive: Bool { true }

    func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @Sendable () async throws -> Void
    ) async throws {
        try await withTaskExecutorPreference(WaitingExecutor()) { try await function() }
    }
}

extension Trait where Self == ThreadOfItsOwn {
    /// Runs tests on a thread on which they may wait.
    static var onThreadOfItsOwn: ThreadOfItsOwn { ThreadOfItsOwn() }
}

/// Runs jobs on a queue of its own.
private final class WaitingExecutor: TaskExecutor {
    private let queue = DispatchQueue(label: "waiting")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { unsafe job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
