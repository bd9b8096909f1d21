#if canImport(Glibc)
    internal import Glibc
#else
    internal import Musl
#endif
internal import CLinux

/// The programs that a command leaves behind: they become this process's children, which sees to
/// their end.
struct Leftovers: Sendable {
    /// How often what is left is killed before it is given up: it may be another user's.
    private static let attempts = 20

    private let signals: SignalQueue

    /// Has what is left behind from now on become this process's child.
    init(_ signals: SignalQueue) {
        self.signals = signals
        _ = control_process(PR_SET_CHILD_SUBREAPER, 1, 0)
    }

    /// Takes the ends of children that are over: whether all are, and how `command` ended if it is
    /// among them.
    func reap(_ command: ChildProcess) -> (end: ChildProcess.End?, areAllOver: Bool) {
        var end: ChildProcess.End?
        while true {
            var status: Int32 = 0
            let id = unsafe waitpid(-1, &status, WNOHANG)
            if id < 0, errno != EINTR { return (end, true) }
            if id == 0 { return (end, false) }
            if id == command.id { end = ChildProcess.End(status: status) }
        }
    }

    /// Ends them, `command` as well where it is not over: asks them to end, and kills those that do
    /// not within `patience` or until another signal comes.
    ///
    /// - Parameters:
    ///   - command: the command that has left them.
    ///   - patience: how long they may take.
    ///   - isUrgent: whether they may not, asked again when something ends.
    /// - Returns: the names of those that there were, and of those that cannot be ended.
    func end(
        _ command: ChildProcess,
        within patience: Duration,
        unless isUrgent: () -> Bool = { false }
    ) -> (ended: [String], remaining: [String]) {
        let left = ProcessTree.descendants()
        for process in left { kill(process.id, SIGTERM) }
        var deadline = ContinuousClock.now + patience
        var attempts = 0
        while !reap(command).areAllOver, attempts < Self.attempts {
            if deadline <= .now {
                // What they start meanwhile is found the next time.
                for process in ProcessTree.descendants() { kill(process.id, SIGKILL) }
                deadline = .now + .milliseconds(100)
                attempts += 1
            } else if let signal = signals.next(until: deadline),
                signal.number != SIGCHLD || attempts == 0 && isUrgent()
            {
                deadline = .now
            }
        }
        return (left.map(\.name), ProcessTree.descendants().map(\.name))
    }
}
