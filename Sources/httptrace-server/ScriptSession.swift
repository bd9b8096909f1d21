import ArgumentParser
import Console
import Logging
import PeerTransport
import Peers
import Replay
import TraceIO

/// Plays a script on each connection, and shows what comes of it, until it is asked to stop.
struct ScriptSession: ~Copyable {
    private let options: ScriptOptions
    private let end: HostAndPort
    private let logger: Logger
    private var text = TextWriter()
    private var failures = 0

    init(_ options: ScriptOptions, _ end: HostAndPort, _ logger: Logger) {
        self.options = options
        self.end = end
        self.logger = logger
    }

    /// Answers what to exit with.
    mutating func run() async throws -> ExitCode {
        let script = try options.read()
        if options.printScript {
            var output = StandardOutput()
            try output.write(script.text)
            return .success
        }
        OpenFiles.raiseLimit()
        let (plays, continuation) = AsyncStream.makeStream(of: Play.self)
        let server = try await ScriptServer.start(
            end,
            script,
            timeout: options.stepTime.duration
        ) { continuation.yield($0) }
        logger.info("listening on \(server.end), playing a script")
        TerminationSignals.onFirst { continuation.finish() }
        var count = 0
        for await play in plays {
            show(play)
            count += 1
            if count == options.plays { break }
        }
        logger.info("stopping")
        await server.stop()
        if case .refused = text.failure { return ExitCode(73) }
        return failures == 0 ? .success : ExitCode(1)
    }

    private mutating func show(_ play: Play) {
        if let failure = play.failure {
            failures += 1
            logger.error("connection \(play.number) from \(play.peer): \(failure)")
        }
        if options.json {
            PlayJSON.append(play, to: &text.buffer)
        } else {
            PlayText.append(play, showsAll: false, to: &text.buffer)
        }
        text.flush()
    }
}
