import ArgumentParser
import Bytes
import Console
import Peers
import Replay
import Trace

/// Where the bytes that are sent come from.
struct SendSource: ParsableArguments {
    @Argument(
        help: "The files with the messages; - is standard input, and what is read without any.",
        completion: .file()
    )
    var files: [String] = []

    @Flag(help: "Files hold no escapes: every byte is sent as it is.")
    var raw = false

    @Option(
        help: ArgumentHelp("Play the steps of a file; - is standard input.", valueName: "file"),
        completion: .file()
    )
    var script: String?

    @Option(
        help: ArgumentHelp(
            """
            Send what was captured in a file, in the same segments (the system cuts those that \
            are longer than the path takes).
            """,
            valueName: "file"
        ),
        completion: .file()
    )
    var fromTrace: String?

    @Option(
        help: ArgumentHelp(
            """
            The exchange whose request is sent, with what belongs to no request behind it: its \
            number in httptrace --format list, or with --stream its number there, from 0.
            """,
            valueName: "number"
        )
    )
    var exchange: Int?

    @Option(
        help: ArgumentHelp(
            """
            The connection, from 0. Without --exchange all that the opening end of it, or of \
            every connection, did is done again, each step behind as many bytes of the server as \
            came before it.
            """,
            valueName: "number"
        )
    )
    var stream: Int?

    @Flag(help: "Wait as long as was waited in the capture.")
    var keepPauses = false

    func validate() throws {
        let count = [!files.isEmpty || raw, script != nil, fromTrace != nil].count { $0 }
        guard count < 2 else {
            throw ValidationError("Files, --script and --from-trace exclude each other.")
        }
        if files.count(where: { $0 == "-" }) > 1 {
            throw ValidationError("Standard input (-) can be read once only.")
        }
        if fromTrace == nil, exchange != nil || stream != nil || keepPauses {
            throw ValidationError("--exchange, --stream and --keep-pauses go with --from-trace.")
        }
    }

    /// What is to be done on each connection.
    func script(_ wire: SendWire) throws -> Script {
        if let script {
            try wire.refuse(with: "--script")
            return try ScriptFile.read(script)
        }
        guard let fromTrace else { return Script(sections: [try plan(wire).steps]) }
        if exchange == nil { try wire.refuse(with: "--from-trace without --exchange") }
        do throws(ReplayError) {
            return try captured(fromTrace, wire)
        } catch {
            StandardError.report("\(error)", by: "httptrace-client")
            throw ExitCode(error.exitCode)
        }
    }

    private func plan(_ wire: SendWire) throws -> SendPlan {
        let messages = try (files.isEmpty ? ["-"] : files).map { path in
            wire.message(try bytes(of: path))
        }
        return wire.plan(messages)
    }

    private func bytes(of path: String) throws -> [UInt8] {
        let bytes: [UInt8]
        do {
            bytes = try InputFile.read(path)
        } catch {
            StandardError.report("\(error)", by: "httptrace-client")
            throw ExitCode(66)
        }
        if raw { return bytes }
        do {
            return try EscapedText.unescape(bytes.span, joiningLines: true)
        } catch {
            let place = TextPlace(error.index, in: bytes)
            let name = path == "-" ? "standard input" : path
            StandardError.report(
                "\(name), \(place): \(error); --raw sends files as they are",
                by: "httptrace-client"
            )
            throw ExitCode(64)
        }
    }

    private func captured(_ path: String, _ wire: SendWire) throws(ReplayError) -> Script {
        guard let exchange else {
            let traffic = try CapturedTraffic.chosen(path, stream: stream)
            if let first = traffic.first { warn(of: first) }
            return try Script(traffic, .connecting, keepsPauses: keepPauses)
        }
        let traffic: CapturedTraffic
        let chosen: Exchange
        if let stream {
            traffic = try CapturedTraffic(path, stream: stream)
            chosen = try traffic.exchange(exchange)
        } else {
            (traffic, chosen) = try CapturedTraffic.read(path, exchange: exchange)
        }
        warn(of: traffic)
        let steps = try traffic.requestSteps(of: chosen, keepsPauses: keepPauses)
        let message = SendPlan.Message(steps: steps, answers: wire.answers ?? 1)
        return Script(sections: [wire.plan([message]).steps])
    }

    private func warn(of traffic: CapturedTraffic) {
        for error in traffic.damage { StandardError.report("\(error)", by: "httptrace-client") }
    }
}

/// A place in a text, for people.
struct TextPlace: CustomStringConvertible {
    private let line: Int
    private let column: Int

    init(_ index: Int, in text: [UInt8]) {
        let before = text.prefix(index)
        line = before.count { $0 == .lineFeed } + 1
        let start = before.lastIndex(of: .lineFeed).map { $0 + 1 } ?? 0
        // Continuation bytes of UTF-8 are no characters of their own.
        column = before[start...].count { $0 & 0xC0 != 0x80 } + 1
    }

    var description: String { "line \(line), column \(column)" }
}

extension ReplayError {
    /// What the program exits with (sysexits(3)).
    var exitCode: Int32 {
        switch self {
        case .unreadable(let error): error.kind.exitCode
        case .readTwice: 64
        default: isMissing ? 66 : 2
        }
    }
}
