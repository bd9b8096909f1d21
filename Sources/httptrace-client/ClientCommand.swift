import ArgumentParser
import Console

@main
struct ClientCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "httptrace-client",
        abstract: "Sends any bytes to an HTTP server, or eight requests that try a file server.",
        usage: """
            httptrace-client [<options>]
            httptrace-client send [<options>] [<files> ...]
            """,
        discussion: """
            Examples:
              printf 'GET / HTTP/1.0\\r\\n\\r\\n' | httptrace-client send --expect 200
              httptrace-client send --segment-size 1 --pause 10ms request.txt
              httptrace-client --port 8080            the eight requests
            """,
        version: "0.1.0",
        subcommands: [ReportCommand.self, SendCommand.self],
        defaultSubcommand: ReportCommand.self
    )

    static func main() async {
        await runToEnd(habits: [Habit("-p", hint: "The port is --port N.")])
    }
}
