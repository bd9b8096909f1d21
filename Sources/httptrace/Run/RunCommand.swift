import ArgumentParser
import CaptureIO
import Console
import Expectations
import Processes
import SystemPackage
import TraceIO
import TraceOutput

struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Runs a command, then shows the HTTP exchanges that it had on loopback.",
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

            With --format pairs and list the command's output comes first, then the exchanges. With \
            the others standard output is for them alone, and the command's output goes to \
            standard error.

            With --expect the exchanges are compared with an expectation file, as verify does it, \
            and the difference is shown in their stead.

            Exit codes: the command's own, 128 and the signal where one killed it; where that is \
            0, 1 for an expectation that is not met, and 2 where frames were lost so that nothing \
            can be said; 127 where there is no such command, 126 where it cannot be started; 64 \
            wrong options, 73 the output cannot be written, 77 not permitted.
            """
    )

    @OptionGroup var options: TraceOptions
    @OptionGroup var protocols: ProtocolOptions
    @OptionGroup var limits: CaptureLimits

    @Option(
        help: ArgumentHelp("Compare the exchanges with this expectation file.", valueName: "file"),
        completion: .file()
    )
    var expect: String?

    @OptionGroup var expectations: ExpectationOptions

    @Flag(
        name: [.short, .long],
        help: "Show no exchanges; without -w nothing is captured, and the command may do it itself."
    )
    var quiet = false

    @Flag(
        help: ArgumentHelp(
            "Run the command in this machine's network, which needs the right to capture there.",
            discussion: """
                Connections are chosen by the ports that the command's programs are seen to use, \
                which is looked up when a connection begins: where it is over within a \
                millisecond, and the server is not the command's either, it can be missed. With -f \
                the filter alone chooses.
                """
        )
    )
    var hostNetwork = false

    @Argument(parsing: .captureForPassthrough, help: "The command and its arguments.")
    var command: [String]

    func validate() throws {
        if expect == "-" { throw ValidationError("Standard input is the command's: name a file.") }
        if expect == nil, expectations.junit != nil || expectations.sarif != nil {
            throw ValidationError("There is a verdict to report only with --expect.")
        }
        if arguments.isEmpty { throw ValidationError("Which command? httptrace run -- COMMAND…") }
    }

    func run() throws {
        let signals = InheritedSignals()
        FailedWrites.becomeErrors()
        let descriptors = OpenDescriptors()
        let expectation = try expect.map { try expectations.expectation(from: $0) }
        let network = try CommandNetwork.enter(asking: hostNetwork, signals)
        let session = RunSession(self, expectation, network, CommandRun(signals), descriptors)
        throw try session.run()
    }

    /// The command without the `--` before it.
    var arguments: [String] { command.first == "--" ? Array(command.dropFirst()) : command }

    /// Whether somebody wants to know what crossed loopback.
    var isRecording: Bool { !quiet || limits.output != nil || expect != nil }

    /// Where the command's output goes: not among what programs are to read.
    var commandOutput: FileDescriptor {
        switch options.format {
        case .pairs, .list: .standardOutput
        case .json: quiet || expect != nil ? .standardOutput : .standardError
        }
    }
}
