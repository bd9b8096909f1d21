import ArgumentParser
import Console
import PeerTransport
import Peers
import Replay

/// Playing a script in place of serving files.
struct ScriptOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Play the steps of a file on each connection; - is standard input.",
            valueName: "file"
        ),
        completion: .file()
    )
    var script: String?

    @Option(
        help: ArgumentHelp(
            "Play what the servers of a capture did, connection by connection.",
            valueName: "file"
        ),
        completion: .file()
    )
    var fromTrace: String?

    @Option(
        help: ArgumentHelp(
            "Of the captured connections this one only, from 0.",
            valueName: "number"
        )
    )
    var stream: Int?

    @Flag(help: "Wait as long as was waited in the capture.")
    var keepPauses = false

    @Option(
        help: ArgumentHelp("End when so many connections were played.", valueName: "number")
    )
    var plays: Int?

    @Option(
        help: ArgumentHelp(
            "The most time for each thing that a script expects, and for each segment to be taken.",
            valueName: "duration"
        )
    )
    var stepTime = TimeSpan(.seconds(30))

    @Flag(help: "Show each played connection as one JSON object on a line.")
    var json = false

    @Flag(help: "Print the script, and do nothing.")
    var printScript = false

    /// Whether a script is to be played.
    var isChosen: Bool { script != nil || fromTrace != nil }

    func validate() throws {
        if script != nil, fromTrace != nil {
            throw ValidationError("--script and --from-trace exclude each other.")
        }
        if fromTrace == nil, stream != nil || keepPauses {
            throw ValidationError("--stream and --keep-pauses go with --from-trace.")
        }
        if !isChosen, plays != nil || json || printScript {
            throw ValidationError("--plays, --json and --print-script go with a script.")
        }
        if let plays, plays < 1 { throw ValidationError("--plays takes 1 or more.") }
    }

    /// What is played.
    func read() throws -> Script {
        do {
            if let script { return try ScriptReader.read(try InputFile.read(script)) }
            let traffic = try CapturedTraffic.chosen(fromTrace ?? "-", stream: stream)
            for error in traffic.first?.damage ?? [] {
                StandardError.report("\(error)", by: "httptrace-server")
            }
            return try Script(traffic, .listening, keepsPauses: keepPauses)
        } catch let error as ScriptError {
            let name = script == "-" ? "standard input" : script ?? ""
            StandardError.report("\(name), \(error)", by: "httptrace-server")
            throw ExitCode(64)
        } catch {
            StandardError.report("\(error)", by: "httptrace-server")
            throw ExitCode((error as? ReplayError).map { $0.isMissing ? 66 : 2 } ?? 66)
        }
    }
}
