import ArgumentParser
import Console

@main
struct ClientCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "httptrace-client",
        abstract: "Sends the report's eight requests, or any bytes you give it.",
        version: "0.1.0",
        subcommands: [ReportCommand.self, SendCommand.self],
        defaultSubcommand: ReportCommand.self
    )

    static func main() async { await runToEnd() }
}
