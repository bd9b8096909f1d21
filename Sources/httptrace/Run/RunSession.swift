import ArgumentParser
import CaptureIO
import Expectations
import Processes
import TraceIO

/// Runs a command while loopback is recorded, then shows what it did there.
///
/// It is shown from the recording, not live: the command's output stays in one piece, and which
/// ports of the machine's own loopback were the command's is known only afterwards.
struct RunSession {
    private let command: RunCommand
    private let expectation: TraceExpectation?
    private let network: CommandNetwork
    private let commandRun: CommandRun
    private let descriptors: OpenDescriptors

    init(
        _ command: RunCommand,
        _ expectation: TraceExpectation?,
        _ network: CommandNetwork,
        _ commandRun: CommandRun,
        _ descriptors: OpenDescriptors
    ) {
        self.command = command
        self.expectation = expectation
        self.network = network
        self.commandRun = commandRun
        self.descriptors = descriptors
    }

    /// Runs the command, and answers what to exit with.
    func run() throws -> ExitCode {
        guard command.isRecording else { return ExitCode(try runCommand().exitCode) }
        do {
            let copy = try command.limits.output.map { try RecordingCopy(path: $0) }
            let recording = try UnnamedFile()
            return try runRecorded(to: recording.path, keeping: copy)
        } catch let error as CaptureError {
            throw error.reported()
        } catch let error as UnnamedFile.Failure {
            report(error.description)
            throw ExitCode(CaptureError.Kind.cannotCreate.exitCode)
        }
    }

    private func runRecorded(to path: String, keeping copy: RecordingCopy?) throws -> ExitCode {
        let recording = try BackgroundRecording.start(
            command.limits.captureOptions(command.options, on: nil),
            to: path,
            for: command.limits.time?.duration
        )
        let watch = isChoosing ? try PortWatch.start() : nil
        let end = try runCommand()
        let ports = watch?.finish()
        let outcome = recording.finish()
        // From here on, Ctrl-C is about the output.
        commandRun.letSignalsThrough()
        let shown: ExitCode
        if let ports {
            let chosen = try UnnamedFile()
            try choose(ports, of: path, to: chosen.path, outcome.statistics)
            shown = try show(chosen.path, keeping: copy, outcome.statistics)
        } else {
            shown = try show(path, keeping: copy, outcome.statistics)
        }
        report(outcome.statistics.sentence)
        if let error = outcome.error { throw error }
        return end.exitCode == 0 ? shown : ExitCode(end.exitCode)
    }

    /// Whether only the command's ports are shown: nobody else uses a network of its own, and where
    /// there is a filter, that says what is wanted.
    private var isChoosing: Bool { network == .host && command.options.filter == nil }

    private func runCommand() throws -> ChildProcess.End {
        descriptors.keepOthersPrivate()
        let process: ChildProcess
        do throws(ChildProcess.StartFailure) {
            process = try commandRun.startGuard(
                GuardCommand.name,
                of: command.arguments,
                output: command.commandOutput
            )
        } catch {
            report(error.description)
            throw ExitCode(error.exitCode)
        }
        let outcome = commandRun.wait(for: process)
        outcome.reportLeftovers()
        return outcome.end
    }

    private func choose(
        _ ports: Set<UInt16>,
        of path: String,
        to chosen: String,
        _ statistics: CaptureStatistics
    ) throws(CaptureError) {
        let leftOut = try PortSelection.copy(
            path,
            to: chosen,
            ports: ports,
            statistics: statistics
        )
        guard leftOut > 0 else { return }
        report("\(leftOut) frames on loopback were of ports that the command was not seen to use")
    }

    private func show(
        _ path: String,
        keeping copy: RecordingCopy?,
        _ statistics: CaptureStatistics
    ) throws -> ExitCode {
        try copy?.write(path)
        if let expectation { return try compare(path, with: expectation, statistics) }
        guard !command.quiet else { return .success }
        var session = try ReadSession(
            command.options,
            tracer: command.options.tracerOptions(command.protocols),
            limit: command.limits.count
        )
        session.read([path])
        return session.finish()
    }

    /// Shows how the exchanges differ from what is expected of them.
    private func compare(
        _ path: String,
        with expectation: TraceExpectation,
        _ statistics: CaptureStatistics
    ) throws -> ExitCode {
        var tracer = command.options.tracerOptions(command.protocols)
        tracer.contentLimit = expectation.needsContent ? 64 << 20 : 0
        tracer.codedContentLimit = 64 << 20
        let session = try CollectingSession([path], filter: nil, options: tracer)
        var damage = session.damage.map(\.description)
        // Which exchange lacks them, nobody knows.
        if statistics.dropped > 0 { damage.append(statistics.sentence) }
        let verdict = Verdict(
            options: command.expectations,
            output: command.options.outputOptions,
            specification: command.expect ?? "",
            captures: [command.limits.output ?? command.arguments.first ?? ""],
            damage: damage
        )
        return verdict.show(
            expectation.difference(from: session.exchanges, session.summary.ledger)
        )
    }
}
