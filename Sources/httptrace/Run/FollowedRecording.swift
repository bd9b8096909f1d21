import ArgumentParser
import Dispatch
import Packets
import Processes
import Synchronization
import TraceIO

/// Shows what a recording holds while it is made, on a thread of its own: the recording waits for
/// nobody, however slowly its exchanges are read.
final class FollowedRecording: Sendable {
    private let session: Mutex<ReadSession>
    private let isOver = Atomic(false)
    private let hasEnded = DispatchSemaphore(value: 0)

    /// Begins to show the recording at `path`, and what is in flight too where it `showsPending`.
    static func start(
        _ session: consuming sending ReadSession,
        of path: String,
        showsPending: Bool
    ) -> FollowedRecording {
        let recording = FollowedRecording(session)
        BackgroundThread.start { recording.follow(path, showsPending) }
        return recording
    }

    private init(_ session: consuming sending ReadSession) { self.session = Mutex(session) }

    private func follow(_ path: String, _ showsPending: Bool) {
        CommandRun.allowOutputFromBackground()
        session.withLock { session in
            session.follow(path, showsPending: showsPending) { isOver.load(ordering: .acquiring) }
        }
        hasEnded.signal()
    }

    /// Shows the rest of the recording, which has ended, and the summary; answers what to exit with,
    /// and which ports refused every connection.
    func finish() -> (exitCode: ExitCode, refusing: [Endpoint]) {
        isOver.store(true, ordering: .releasing)
        hasEnded.wait()
        return session.withLock { session in
            let exitCode = session.finish()
            return (exitCode, session.refusingServers())
        }
    }
}
