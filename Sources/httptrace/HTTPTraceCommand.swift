import ArgumentParser
import Console

@main
struct HTTPTraceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "httptrace",
        abstract: "Shows every HTTP message on the wire, paired with its answer.",
        usage: """
            httptrace [<options>] <files> ...
            httptrace <subcommand> [<options>]
            """,
        discussion: """
            Reads captures that tcpdump, Wireshark and others wrote, or captures live; shows each \
            request with its response, and what is wrong with them. `httptrace FILE` is \
            `httptrace read FILE`.

            Examples:
              httptrace traffic.pcapng                  all about each exchange
              httptrace --format list traffic.pcapng    a line for each
              httptrace capture -i eth0 -f 'port 80'    live
              httptrace run -- make check               a command's traffic, with no right
            """,
        version: "0.1.0",
        subcommands: [ReadCommand.self, CaptureCommand.self] + onLinux + [
            VerifyCommand.self, DiffCommand.self, DemoCommand.self, InterfacesCommand.self,
            ExplainCommand.self, HelpCommand.self,
        ],
        defaultSubcommand: ReadCommand.self
    )

    #if os(Linux)
        private static let onLinux: [any ParsableCommand.Type] = [
            RunCommand.self, NetworkProbeCommand.self, GuardCommand.self,
        ]
    #else
        private static let onLinux: [any ParsableCommand.Type] = []
    #endif

    static func main() async {
        await runToEnd(habits: Habit.ofOtherTools) { command in
            if let demonstration = command as? DemoCommand { try demonstration.giveUpRights() }
        }
    }
}
