import ArgumentParser
import Console
import Processes

/// Runs the command of `run`, and ends what is left of it when that is over or `run` is gone.
struct GuardCommand: ParsableCommand {
    /// The command's name.
    static let name = "guard-command"

    static let configuration = CommandConfiguration(
        commandName: name,
        abstract: "Runs a command as long as the process that asks for it is there.",
        shouldDisplay: false
    )

    @Argument(help: "The process that is to be there.")
    var parent: Int32

    @Argument(help: "The process group that the command is to be in.")
    var group: Int32

    @Argument(parsing: .captureForPassthrough, help: "The command and its arguments.")
    var command: [String]

    func run() throws {
        let signals = InheritedSignals()
        FailedWrites.becomeErrors()
        let commandGuard = CommandGuard(for: parent, signals)
        let arguments = command.first == "--" ? Array(command.dropFirst()) : command
        let outcome: CommandRun.Outcome?
        do throws(ChildProcess.StartFailure) {
            outcome = try commandGuard.run(arguments, group: group)
        } catch {
            report(error.description)
            throw ExitCode(error.exitCode)
        }
        outcome?.reportLeftovers()
        throw ExitCode(outcome?.end.exitCode ?? 0)
    }
}

extension CommandRun.Outcome {
    /// Tells which programs were left running, and which still are.
    func reportLeftovers() {
        if !leftRunning.isEmpty {
            let names = leftRunning.joined(separator: ", ")
            report("ended what the command left running: \(names)")
        }
        if !remaining.isEmpty {
            report("could not be ended: \(remaining.joined(separator: ", "))")
        }
    }
}
