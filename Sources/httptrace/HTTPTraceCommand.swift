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
        subcommands: [ReadCommand.self, CaptureCommand.self] + onLinux + [
            VerifyCommand.self, DiffCommand.self, DemoCommand.self, InterfacesCommand.self,
            ExplainCommand.self,
        ],
        defaultSubcommand: ReadCommand.self
    )

    #if os(Linux)
        private static let onLinux: [any ParsableCommand.Type] = [
            RunCommand.self, NetworkProbeCommand.self,
        ]
    #else
        private static let onLinux: [any ParsableCommand.Type] = []
    #endif

    /// Does what the library's `main` does, without leaving the first thread before the command
    /// runs: a process with a second one cannot move to a network of its own.
    static func main() async {
        do {
            var command = try parseAsRoot()
            if let demonstration = command as? DemoCommand { try demonstration.giveUpRights() }
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            exit(withError: error)
        }
    }
}
