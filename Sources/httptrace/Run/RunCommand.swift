import ArgumentParser
import Console
import Processes

struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Runs a command, and shows the HTTP exchanges that it has on loopback.",
        usage: "httptrace run [<options>] -- <command> [<arguments>]",
        discussion: """
            The command runs in a network of its own, which has a loopback interface and nothing \
            else: no right is needed, nobody else's traffic is in the capture, and no port is in \
            use. It runs as the same user, and may capture there itself; unless that is root, sudo \
            and su do not work in there. What it leaves running is ended after it, and all of it \
            is killed where httptrace is killed. Signals are for the command; one that is asked to \
            end twice (SIGTERM, SIGINT, SIGQUIT) is killed if it does not.

            Where the system does not allow such a network, the reason is told, and with the right \
            to capture the machine's own loopback is captured on (see --host-network).

            Exchanges are shown while the command runs, as they complete. With --format pairs and \
            list they stand on standard output, between the command's own lines. With json that is \
            for them alone, and the command's output goes to standard error. Which connections of \
            this machine's network are the command's is known only when it is over, and so they are \
            shown then.

            With --expect the exchanges are compared with an expectation file, as verify does it, \
            and the difference is shown in their stead.

            Exit codes: the command's own, 128 and the signal where one killed it; where that is \
            0, 1 for an expectation that is not met, and 2 where frames were lost so that nothing \
            can be said; 127 where there is no such command, 126 where it cannot be started; 64 \
            wrong options, 73 the output cannot be written, 77 not permitted.

            Examples:
              httptrace run -- make check
              httptrace run --format list -w tests.pcapng -- swift test
              httptrace run --expect traffic.expect --junit verdict.xml -- make check
              httptrace run --host-network -- curl -s http://example.com/
            """
    )

    @OptionGroup var own: RunOptions

    @Argument(
        parsing: .captureForPassthrough,
        help: "The command and its arguments.",
        completion: .programs
    )
    var command: [String]

    func validate() throws {
        try refuseOptions()
        if arguments.isEmpty { throw ValidationError("Which command? httptrace run -- COMMAND…") }
    }

    /// Takes for an option what begins as one where the command should: a command of such a name
    /// stands behind `--`.
    private func refuseOptions() throws {
        guard let first = command.first, first.hasPrefix("-"), first != "--" else { return }
        switch first {
        case "-h", "--help": throw CleanExit.helpRequest(self)
        case "--version": throw CleanExit.message(HTTPTraceCommand.configuration.version)
        case _: break
        }
        do {
            _ = try RunOptions.parse([first])
        } catch {
            throw ValidationError(RunOptions.message(for: error))
        }
    }

    func run() throws {
        let signals = InheritedSignals()
        FailedWrites.becomeErrors()
        let descriptors = OpenDescriptors()
        let expectation = try own.expect.map { try own.expectations.expectation(from: $0) }
        let network = try CommandNetwork.enter(asking: own.hostNetwork, signals)
        let session = RunSession(
            own,
            arguments,
            expectation,
            network,
            CommandRun(signals),
            descriptors
        )
        throw try session.run()
    }

    /// The command without the `--` before it.
    var arguments: [String] { command.first == "--" ? Array(command.dropFirst()) : command }
}
