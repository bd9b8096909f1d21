#if canImport(Glibc)
    internal import Glibc
#else
    internal import Musl
#endif
package import SystemPackage

/// A command that runs in this process's stead, below a guard of its own: it gets the signals that
/// this process is sent, and what it leaves running is ended with it, whatever becomes of this
/// process (see ``CommandGuard``).
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

    private let inherited: InheritedSignals
    private let signals: SignalQueue
    private let leftovers: Leftovers

    /// Gets ready: from now on this process's signals wait for ``wait(for:)``.
    ///
    /// It is to be created before any other thread, so that none of them takes the signals.
    package init(_ inherited: InheritedSignals) {
        self.inherited = inherited
        signals = SignalQueue(inherited)
        leftovers = Leftovers(signals)
    }

    /// Starts the command's guard; `output` becomes its standard output and the command's.
    ///
    /// - Parameters:
    ///   - name: the command of this program that is a guard.
    ///   - arguments: the command that it is to run.
    ///   - output: the descriptor for its output.
    /// - Returns: the guard, which runs.
    /// - Throws: why it cannot be started.
    package func startGuard(
        _ name: String,
        of arguments: [String],
        output: FileDescriptor
    ) throws(ChildProcess.StartFailure) -> ChildProcess {
        try ChildProcess.start(
            ["/proc/self/exe", name, "\(getpid())", "\(getpgrp())", "--"] + arguments,
            output: output,
            signals: inherited,
            // Who kills this process's group is not to kill the guard with it.
            group: 0
        )
    }

    /// Waits until the command that `process` guards and everything that it has started are over.
    ///
    /// It blocks its thread.
    package func wait(for process: ChildProcess) -> Outcome {
        while true {
            guard let signal = signals.next(until: nil) else { continue }
            if signal.number != SIGCHLD {
                if signal.isFromProcess { process.send(signal.number) }
            } else if let end = leftovers.reap(process).end {
                // There are some only where the guard was killed.
                let left = leftovers.end(process, within: .zero)
                return Outcome(end: end, leftRunning: left.ended, remaining: left.remaining)
            }
        }
    }

    /// Lets the calling thread write to the terminal while another process is in its foreground, as
    /// the job of a shell is: `stty tostop` would have it stopped.
    package static func allowOutputFromBackground() {
        var output = sigset_t()
        unsafe sigemptyset(&output)
        unsafe sigaddset(&output, SIGTTOU)
        unsafe pthread_sigmask(SIG_BLOCK, &output, nil)
    }

    /// Has signals end this process again, once the command is over and its results are shown.
    package func letSignalsThrough() { signals.letThrough() }
}
