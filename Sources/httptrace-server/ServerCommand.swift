import ArgumentParser
import Bytes
import Console
import Logging
import PeerTransport
import Peers

@main
struct ServerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "httptrace-server",
        abstract: "The report's HTTP file server, grown up: GET, POST, PUT and PATCH on files.",
        discussion: """
            GET, HEAD, PUT and PATCH know the files below the root; POST makes files of forms and of \
            Filename: NAME Content: TEXT. PATCH appends a line. Data comes as content, or in a Data \
            field as the report's client sends it; plain text that is PUT gets its line end. With \
            --wire report, GET, PUT and PATCH know /index.txt only.

            No name leads out of the root, and no symbolic link is followed. A file changes as a \
            whole or not at all; a file without write permission is not changed.

            A request is refused where httptrace finds an error in it, and answered with the \
            finding. One whose header section has only whole lines but no blank line at its end is \
            waited for during the idle time and then carried out, as the report's server did, if \
            it announces no content. Another request that stops before its end is answered 408.

            A web page of another origin changes nothing: what a browser sends for it is answered \
            403, and 421 where it is for a host that this server is not.

            With --script it plays a script on each connection instead, and can misbehave in any \
            way; what was sent and came is shown as such a script:

            \(ScriptHelp.text)

            Exit codes: 0 stopped by SIGINT or SIGTERM, 1 a script was not played to its end, \
            64 wrong options, 66 no such root, 69 address or port unavailable, 73 the output \
            cannot be written, 77 not permitted.
            """,
        version: "0.1.0"
    )

    @Option(
        help: ArgumentHelp(
            """
            The directory with the files; an empty one gets an index.txt. Default: a fresh \
            temporary directory, removed at the end.
            """,
            valueName: "dir"
        )
    )
    var root: String?

    @Option(help: "The address to listen on.")
    var address = "127.0.0.1"

    @Option(help: "The port to listen on; 0 takes a free one.")
    var port: UInt16 = 8080

    @Option(
        help: ArgumentHelp(
            "Answer as this host too; as often as there are such names.",
            discussion: """
                It answers as localhost and as its address, on loopback as any of loopback's. \
                Another name in Host gets 421, as it may be that of a web page whose owner has it \
                resolved to this machine.
                """,
            valueName: "name"
        )
    )
    var allowHost: [String] = []

    @Option(
        help: """
            How responses are written: as RFC 9110 and 9112 ask (standard), or byte for byte as \
            the report's server wrote them (report).
            """
    )
    var wire = WireMode.standard

    @Option(
        help: ArgumentHelp(
            "The idle time, such as 200ms or 1s.",
            valueName: "duration"
        )
    )
    var idleTime = TimeSpan(.milliseconds(200))

    @OptionGroup(title: "Playing a script") var scripted: ScriptOptions

    @OptionGroup(title: "Limits")
    var limits: LimitOptions

    @Flag(help: "Answer a change only when it is on the disk.")
    var durable = false

    @Flag(inversion: .prefixedNo, help: "Write a line to standard error for each request.")
    var requestLog = true

    static func main() async { await runToEnd() }

    func run() async throws {
        FailedWrites.becomeErrors()
        LoggingSystem.bootstrap(StreamLogHandler.standardError)
        let logger = Logger(label: "httptrace-server")
        var temporary: TemporaryRoot?
        defer { temporary?.remove() }
        do {
            if scripted.isChosen {
                let end = HostAndPort(host: address, port: Int(port))
                var session = ScriptSession(scripted, end, logger)
                throw try await session.run()
            }
            if root == nil { temporary = try TemporaryRoot() }
            let store = try FileStore(
                path: root ?? temporary?.path ?? ".",
                lengthLimit: max(64 << 20, limits.maxContent),
                isDurable: durable
            )
            if try store.isEmpty() { try TemporaryRoot.furnish(store) }
            try await serve(store, logger)
        } catch let error as FileStoreError {
            logger.error("\(error)")
            throw ExitCode(66)
        } catch let error as ServerStartError {
            logger.error("\(error)")
            throw ExitCode(exitCode(for: error))
        }
    }

    private func serve(_ store: FileStore, _ logger: Logger) async throws {
        var configuration = HTTPFileServerConfiguration()
        configuration.address = address
        configuration.port = Int(port)
        configuration.wire = wire
        configuration.allowedHosts = allowHost
        configuration.idleTime = idleTime.duration
        limits.apply(to: &configuration)
        if requestLog {
            configuration.requestLog = RequestLog { StandardError.write($0) }
        }
        let descriptors = DescriptorLimit.raise()
        let room = DescriptorLimit.connections(configuration.connections, limit: descriptors)
        if room < configuration.connections {
            logger.warning(
                "room for \(room) connections only: this process may have \(descriptors) files open"
            )
            configuration.connections = room
        }
        let signal = TerminationSignals.first()
        let server = try await HTTPFileServer.start(configuration, store: store, logger: logger)
        logger.info("listening on \(server.end), serving \(EscapedText.escape(store.path))")
        await signal.wait()
        logger.info("stopping")
        await server.stop(grace: limits.grace.duration)
    }

    private func exitCode(for error: ServerStartError) -> Int32 {
        switch error {
        case .notPermitted: 77
        case .addressInUse, .noSuchAddress, .failed: 69
        }
    }
}

extension WireMode: ExpressibleByArgument {}
