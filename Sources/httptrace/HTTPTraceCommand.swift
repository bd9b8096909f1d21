import ArgumentParser

@main
struct HTTPTraceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "httptrace",
        abstract: "Shows every HTTP message on the wire, paired with its answer.",
        discussion: """
            Reads captures that tcpdump, Wireshark and others wrote, or captures live; shows each \
            request with its response, and what is wrong with them. `httptrace FILE` is \
            `httptrace read FILE`.
            """,
        version: "0.1.0",
        subcommands: [
            ReadCommand.self, CaptureCommand.self, DemoCommand.self, InterfacesCommand.self,
            ExplainCommand.self, VerifyCommand.self, DiffCommand.self,
        ],
        defaultSubcommand: ReadCommand.self
    )
}
