import ArgumentParser
import CaptureIO
import Expectations
import Packets
import Processes
import TraceIO

/// Runs a command while loopback is recorded, and shows what it does there.
///
/// It is shown from the recording, which is followed: nothing is lost because somebody reads slowly.
/// Which ports of the machine's own loopback were the command's is known only afterwards, and what is
/// compared is compared as a whole.
struct RunSession {
    private let options: RunOptions
    private let arguments: [String]
    private let expectation: TraceExpectation?
    private let network: CommandNetwork
    private let commandRun: CommandRun
    private let descriptors: OpenDescriptors

    init(
        _ options: RunOptions,
        _ arguments: [String],
        _ expectation: TraceExpectation?,
        _ network: CommandNetwork,
        _ commandRun: CommandRun,
        _ descriptors: OpenDescriptors
    ) {
        self.options = options
        self.arguments = arguments
        self.expectation = expectation
        self.network = network
        self.commandRun = commandRun
        self.descriptors = descriptors
    }

    /// Runs the command, and answers what to exit with.
    func run() throws -> ExitCode {
        guard options.isRecording else { return ExitCode(try runCommand().exitCode) }
        do {
            let copy = try options.limits.output.map { try RecordingCopy(path: $0) }
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
            options.limits.captureOptions(options.options),
            to: path,
            for: options.limits.time?.duration
        )
        let watch = isChoosing ? try PortWatch.start() : nil
        let followed = isFollowing ? try follow(path) : nil
        let end = try runCommand()
        let ports = watch?.finish()
        let outcome = recording.finish()
        // From here on, Ctrl-C is about the output.
        commandRun.letSignalsThrough()
        let shown: ExitCode
        if let followed {
            try copy?.write(path)
            let (exitCode, refusing) = followed.finish()
            shown = exitCode
            if network == .own { tellUnreached(refusing) }
        } else if let ports {
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
    private var isChoosing: Bool { network == .host && options.options.filter == nil }

    /// Whether exchanges are shown while the command runs.
    private var isFollowing: Bool { !isChoosing && expectation == nil && !options.quiet }

    /// Tells what the command tried to reach that is not in its network.
    private func tellUnreached(_ refusing: [Endpoint]) {
        let way = "--host-network runs it in this machine's"
        if !refusing.isEmpty {
            let ends = refusing.map(\.description).joined(separator: ", ")
            report(
                "nobody listened at \(ends): the command has a network of its own, where only what "
                    + "it starts itself does; \(way)"
            )
        }
        let unreached = UnreachedTraffic.current
        guard unreached.withoutRoute + unreached.toNobody > 0 else { return }
        report(
            "the command looked up a name or sent to another machine, and has a network of its own "
                + "with neither; \(way)"
        )
    }

    private func runCommand() throws -> ChildProcess.End {
        descriptors.keepOthersPrivate()
        let process: ChildProcess
        do throws(ChildProcess.StartFailure) {
            process = try commandRun.startGuard(
                GuardCommand.name,
                of: arguments,
                output: options.commandOutput
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
        guard !options.quiet else { return .success }
        var session = try reading(isFollowing: false)
        session.read([path])
        return session.finish()
    }

    private func follow(_ path: String) throws -> FollowedRecording {
        FollowedRecording.start(
            try reading(isFollowing: true),
            of: path,
            showsPending: options.inFlight.isWanted(in: options.options.format)
        )
    }

    private func reading(isFollowing: Bool) throws -> ReadSession {
        try ReadSession(
            options.options,
            tracer: options.options.tracerOptions(options.protocols),
            threads: isFollowing ? 1 : nil,
            limit: options.limits.count
        )
    }

    /// Shows how the exchanges differ from what is expected of them.
    private func compare(
        _ path: String,
        with expectation: TraceExpectation,
        _ statistics: CaptureStatistics
    ) throws -> ExitCode {
        var tracer = options.options.tracerOptions(options.protocols)
        tracer.contentLimit = expectation.needsContent ? 64 << 20 : 0
        tracer.codedContentLimit = 64 << 20
        let session = try CollectingSession([path], filter: nil, options: tracer)
        var damage = session.damage.map(\.description)
        // Which exchange lacks them, nobody knows.
        if statistics.dropped > 0 { damage.append(statistics.sentence) }
        let verdict = Verdict(
            options: options.expectations,
            output: options.options.outputOptions,
            specification: options.expect ?? "",
            captures: [options.limits.output ?? arguments.first ?? ""],
            damage: damage
        )
        return verdict.show(
            expectation.difference(from: session.exchanges, session.summary.ledger)
        )
    }
}
