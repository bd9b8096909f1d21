#if canImport(Glibc)
    internal import Glibc
#else
    internal import Musl
#endif
internal import CLinux

/// The process between `run` and its command, which sees to it that nothing of the command outlives
/// either: killed, `run` itself can end nothing any more.
///
/// | what happens | what becomes of the command |
/// |---|---|
/// | it ends | what it leaves running is asked to end, and killed after a while |
/// | a signal comes | it gets it |
/// | a signal that ends programs comes again | it gets it, and is killed where it goes on |
/// | `run` is gone | it is killed with all that it has started |
///
/// It is in a process group of its own, and the command in that of `run`: a terminal's signals are
/// for the command alone, and who kills the group of `run` does not get rid of the guard.
package struct CommandGuard {
    /// How long programs may take to end before they are killed.
    fileprivate static let patience = Duration.seconds(2)

    private let parent: Int32
    private let inherited: InheritedSignals
    private let signals: SignalQueue
    private let leftovers: Leftovers

    /// Begins to guard, as long as `parent` is there; to be created before any other thread.
    package init(for parent: Int32, _ inherited: InheritedSignals) {
        self.parent = parent
        self.inherited = inherited
        signals = SignalQueue(inherited)
        leftovers = Leftovers(signals)
        // It is in the background.
        CommandRun.allowOutputFromBackground()
        // It is waited for anyway, and nobody ignores it here.
        _ = control_process(PR_SET_PDEATHSIG, UInt(SIGCHLD), 0)
        // Who ends all programs of one name means those that do something.
        _ = unsafe "httptrace-guard".withCString { name in
            control_process(PR_SET_NAME, UInt(bitPattern: name), 0)
        }
    }

    /// Runs a command in the process group `group` until it and everything that it has started are
    /// over; `nil` where nobody is there to be told.
    ///
    /// It blocks its thread.
    package func run(
        _ arguments: [String],
        group: Int32
    ) throws(ChildProcess.StartFailure) -> CommandRun.Outcome? {
        guard !isAlone else { return nil }
        let command = try ChildProcess.start(arguments, signals: inherited, group: group)
        var insistence = Insistence()
        while !isAlone {
            guard let signal = signals.next(until: insistence.deadline) else {
                insistence = Insistence()
                if command.send(SIGKILL) { continue }
                // It is another user's: this is all that can be done.
                return outcome(.killed(signal: SIGKILL), command)
            }
            if signal.number == SIGCHLD {
                if let end = leftovers.reap(command).end { return outcome(end, command) }
            } else if signal.isFromProcess {
                command.send(signal.number)
                insistence.note(signal.number)
            }
        }
        _ = leftovers.end(command, within: .zero)
        return nil
    }

    /// Whether the process that started this one is gone.
    private var isAlone: Bool { getppid() != parent }

    private func outcome(
        _ end: ChildProcess.End,
        _ command: ChildProcess
    ) -> CommandRun.Outcome {
        let left = leftovers.end(command, within: Self.patience) { isAlone }
        return CommandRun.Outcome(end: end, leftRunning: left.ended, remaining: left.remaining)
    }
}

/// How often the command was asked to end.
private struct Insistence {
    /// How much later a signal is to come to be another one: who ends a process and then its group
    /// means one thing.
    private static let interval = Duration.milliseconds(500)

    /// The signals by which a program is asked to end.
    private static let endings = [SIGTERM, SIGINT, SIGQUIT]

    /// When the command is to be killed; `nil` where it was not asked twice.
    private(set) var deadline: ContinuousClock.Instant?
    private var first: ContinuousClock.Instant?

    /// Takes note of a signal that the command got.
    mutating func note(_ signal: Int32) {
        guard Self.endings.contains(signal) else { return }
        let now = ContinuousClock.now
        if let first, deadline == nil, now - first >= Self.interval {
            deadline = now + CommandGuard.patience
        }
        first = first ?? now
    }
}
