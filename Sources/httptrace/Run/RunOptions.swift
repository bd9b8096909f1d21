import ArgumentParser
import Console
import SystemPackage
import TraceOutput

/// The options of `run`, without the command.
struct RunOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Compare the exchanges with this expectation file.", valueName: "file"),
        completion: .file()
    )
    var expect: String?

    @OptionGroup(title: "With --expect") var expectations: ExpectationOptions

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

    @OptionGroup var options: TraceOptions
    @OptionGroup var protocols: ProtocolOptions
    @OptionGroup var limits: CaptureLimits
    @OptionGroup var inFlight: PendingOption

    func validate() throws {
        if expect == "-" { throw ValidationError("Standard input is the command's: name a file.") }
        if expect == nil, expectations.junit != nil || expectations.sarif != nil {
            throw ValidationError("There is a verdict to report only with --expect.")
        }
    }

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
