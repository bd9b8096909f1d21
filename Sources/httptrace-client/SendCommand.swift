import ArgumentParser
import Console
import Peers

struct SendCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "send",
        abstract: "Sends any bytes just as they are to be on the wire, and shows what comes back.",
        usage: "httptrace-client send [<options>] [<files> ...]",
        discussion: """
            Each FILE is a message: its bytes with the escapes \\r, \\n, \\t, \\xNN, and \\\\ for a \
            backslash. A line end of the file goes away behind \\r or \\n and behind a lone \
            backslash, and is sent as it is otherwise. By default a message is one segment, and \
            the next is sent when its requests are answered.

            A script (--script) says it step by step:

            \(ScriptHelp.text)

            What was sent and came is shown as such a script. With --json each connection is one \
            object on a line: connection, local and peer (address, port), connectTime, sent and \
            received (bytes), events (time, event; for sent and received length, encoding and data \
            as utf-8 or base64), messages (role, status, interim, contentLength, complete, \
            findings), failure (a sentence or null). Times are seconds.

            Exit codes: 0 sent, and answered as expected; 1 not so, which a sentence says; 2 a \
            capture that cannot be read, or lacks bytes of what was sent; 64 wrong options, escapes \
            or script; 66 no such input; 69 the server cannot be reached; 73 the output cannot be \
            written.

            Examples:
              printf 'GET / HTTP/1.0\\r\\n\\r\\n' | httptrace-client send --expect 200
              httptrace-client send --segment-size 1 --pause 10ms slowly.txt
              httptrace-client send --from-trace x.pcapng --exchange 3 --port 80
              httptrace-client send --script SCRIPT
            """
    )

    @OptionGroup var source: SendSource
    @Option(help: "The server's host name or address.")
    var host = "127.0.0.1"

    @Option(help: "The server's port.")
    var port: UInt16 = 8080

    @Option(
        help: ArgumentHelp(
            "The most time for connecting, for each segment to be taken, and for each answer.",
            valueName: "duration"
        )
    )
    var timeout = TimeSpan(.seconds(10))

    @Option(help: ArgumentHelp("The most time for a whole connection.", valueName: "duration"))
    var maxTime = TimeSpan(.seconds(3600))

    @Option(
        help: ArgumentHelp(
            "The status codes that must come, in order; repeatable, 200,404 too.",
            valueName: "status"
        )
    )
    var expect: [StatusList] = []

    @Option(
        help: ArgumentHelp(
            """
            So many connections at once. Default: one, and of a script with several one after the \
            other.
            """,
            valueName: "number"
        )
    )
    var connections: Int?

    @Flag(help: "Show each connection as one JSON object on a line.")
    var json = false

    @Flag(help: "Show all bytes, and with several connections all of them.")
    var all = false

    @Flag(help: "Print what would be done as a script, and do nothing.")
    var printScript = false

    @OptionGroup(title: "How it is sent") var wire: SendWire

    func validate() throws {
        guard timeout.duration > .zero, maxTime.duration > .zero else {
            throw ValidationError("--timeout and --max-time take more than no time.")
        }
        if let connections, !(1...100_000).contains(connections) {
            throw ValidationError("--connections takes 1 to 100000.")
        }
    }

    func run() async throws {
        FailedWrites.becomeErrors()
        OpenFiles.raiseLimit()
        let script = try source.script(wire)
        if printScript {
            var output = StandardOutput()
            return try output.write(script.text)
        }
        var session = SendSession(self, script)
        throw try await session.run()
    }
}

/// Status codes that are expected, separated by commas.
struct StatusList: ExpressibleByArgument, Sendable {
    let statuses: [Int]

    init?(argument: String) {
        let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { $0.utf8.count == 3 ? UInt16($0).map(Int.init) : nil }
        guard numbers.count == parts.count else { return nil }
        statuses = numbers
    }
}
