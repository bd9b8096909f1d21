#if canImport(Glibc)
    internal import Glibc
#else
    internal import Musl
#endif
internal import CLinux
package import SystemPackage

/// A command that runs in this process's stead: it gets the signals that this process is sent, and
/// what it leaves running is ended with it.
///
/// On a terminal, Ctrl-C reaches the command without this process, as both are in the foreground;
/// so only signals that another process sent are passed on.
package final class CommandRun: Sendable {
    /// What became of a command.
    package struct Outcome: Sendable {
        /// How it ended itself.
        package var end: ChildProcess.End
        /// The names of the programs that it left running, which were ended.
        package var leftRunning: [String]
        /// The names of those that could not be ended.
        package var remaining: [String]
    }

    /// The signals that are taken by ``wait(for:)``.
    private static let taken = InheritedSignals.passed

    /// How long what was left running may take to end before it is killed.
    private static let patience = Duration.seconds(2)

    /// How often what is left is killed before it is given up: it may be another user's.
    private static let attempts = 20

    private let inherited: InheritedSignals

    /// Gets ready: from now on this process's signals wait for ``wait(for:)``.
    ///
    /// It is to be created before any other thread, so that none of them takes the signals.
    package init(_ inherited: InheritedSignals) {
        self.inherited = inherited
        // Where it is ignored, nothing could be waited for.
        signal(SIGCHLD, SIG_DFL)
        var signals = Self.signals(inherited)
        unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
        // What the command's programs leave behind becomes this process's child.
        _ = control_process(PR_SET_CHILD_SUBREAPER, 1, 0)
    }

    /// Starts the command; `output` becomes its standard output.
    package func start(
        _ arguments: [String],
        output: FileDescriptor
    ) throws(ChildProcess.StartFailure) -> ChildProcess {
        try ChildProcess.start(arguments, output: output, signals: inherited)
    }

    /// Waits until `command` and everything that it has started are over.
    ///
    /// It blocks its thread.
    package func wait(for command: ChildProcess) -> Outcome {
        while true {
            switch nextSignal(waitingAtMost: nil) {
            case (SIGCHLD, _)?:
                guard let end = reap(command).end else { continue }
                let left = ProcessTree.descendants()
                endAll(left, command)
                let remaining = ProcessTree.descendants().map(\.name)
                return Outcome(
                    end: end,
                    leftRunning: left.map(\.name),
                    remaining: remaining
                )
            case (let signal, isFromProcess: true)?: command.send(signal)
            case _: continue
            }
        }
    }

    /// Has signals end this process again, once the command is over and its results are shown.
    package func letSignalsThrough() {
        var signals = Self.signals(inherited)
        unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    }

    /// Asks the programs that are left to end, and kills those that do not.
    private func endAll(_ left: [ProcessTree.Process], _ command: ChildProcess) {
        for process in left { kill(process.id, SIGTERM) }
        var deadline = ContinuousClock.now + Self.patience
        var attempts = 0
        while !reap(command).areAllOver, attempts < Self.attempts {
            let remaining = deadline - .now
            if remaining <= .zero {
                // What they start meanwhile is found the next time.
                for process in ProcessTree.descendants() { kill(process.id, SIGKILL) }
                deadline = .now + .milliseconds(100)
                attempts += 1
                continue
            }
            if case (let signal, _)? = nextSignal(waitingAtMost: remaining), signal != SIGCHLD {
                deadline = .now
            }
        }
    }

    /// Takes the ends of children that are over.
    private func reap(_ command: ChildProcess) -> (end: ChildProcess.End?, areAllOver: Bool) {
        var end: ChildProcess.End?
        while true {
            var status: Int32 = 0
            let id = unsafe waitpid(-1, &status, WNOHANG)
            if id < 0, errno != EINTR { return (end, true) }
            if id == 0 { return (end, false) }
            if id == command.id { end = ChildProcess.End(status: status) }
        }
    }

    /// The next signal that this process is sent, and whether another process sent it; `nil` when
    /// the time is over.
    private func nextSignal(
        waitingAtMost time: Duration?
    ) -> (number: Int32, isFromProcess: Bool)? {
        var signals = Self.signals(inherited)
        var info = unsafe siginfo_t()
        let number: Int32
        if let time {
            let (seconds, attoseconds) = time.components
            var limit = timespec(
                tv_sec: Int(seconds),
                tv_nsec: Int(attoseconds / 1_000_000_000)
            )
            number = unsafe sigtimedwait(&signals, &info, &limit)
        } else {
            number = unsafe sigwaitinfo(&signals, &info)
        }
        return unsafe number > 0 ? (number, info.si_code <= 0) : nil
    }

    private static func signals(_ inherited: InheritedSignals) -> sigset_t {
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        for signal in taken where !inherited.ignored.contains(signal) {
            unsafe sigaddset(&signals, signal)
        }
        return signals
    }
}
