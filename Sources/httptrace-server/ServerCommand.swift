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
        abstract: "An HTTP server for the files of a folder, on loopback unless told otherwise.",
        usage: "httptrace-server [<options>] [<folder>]",
        discussion: """
            GET and HEAD show the files below the root: a folder by its index.html, or as a list. \
            With --writable, and below the temporary root, PUT stores content, PATCH appends a line, \
            and POST makes files of forms, of JSON (the file that the target names, or 1.json and so \
            on in a folder) and of Filename: NAME Content: TEXT. Data comes as content, or in a Data \
            field; plain text that is PUT gets its line end.

            With --wire report it answers byte for byte as the server of the student's report did \
            with which this project began: GET, PUT and PATCH know /index.txt only.

            No name leads out of the root, and no symbolic link is followed. A file changes as a \
            whole or not at all; a file without write permission is not changed.

            A request is refused where httptrace finds an error in it, and answered with the \
            finding. One whose header section has only whole lines but no blank line at its end is \
            waited for during the idle time and then carried out, as the student's server did, if it \
            announces no content. Another request that stops before its end is answered 408.

            A web page of another origin changes nothing: what a browser sends for it is answered \
            403, and 421 where it is for a host that this server is not.

            With --script it plays a script on each connection instead, and can misbehave in any \
            way; what was sent and came is shown as such a script:

            \(ScriptHelp.text)

            Exit codes: 0 stopped by SIGINT or SIGTERM, 1 a script was not played to its end, \
            64 wrong options, 66 no such root, 69 address or port unavailable, 73 the output \
            cannot be written, 77 not permitted.

            Examples:
              httptrace-server site
              httptrace-server --writable -p 8099 uploads
              httptrace-server --address 0.0.0.0 --allow-host my.example site
              httptrace-server --script broken.txt --plays 1
              httptrace-server --from-trace traffic.pcapng --stream 0
            """,
        version: "0.1.0"
    )

    @Argument(
        help: ArgumentHelp(
            """
            The folder with the files; an empty one that is writable gets an index.txt. Default: a \
            fresh temporary folder, which is writable, and removed at the end.
            """,
            valueName: "folder"
        ),
        completion: .directory
    )
    var folder: String?

    @Option(
        help: ArgumentHelp("The folder with the files, as an option.", valueName: "folder"),
        completion: .directory
    )
    var root: String?

    @Option(help: "The address to listen on.")
    var address = "127.0.0.1"

    @Option(name: .shortAndLong, help: "The port to listen on; 0 takes a free one.")
    var port: UInt16 = 8080

    @Flag(help: "Let clients change the files, by PUT, PATCH and POST.")
    var writable = false

    @Flag(inversion: .prefixedNo, help: "Show folders without an index.html as a list.")
    var listing = true

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
            the server in a student's report wrote them (report).
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

    @Flag(help: "Answer a change only when it is on the disk.")
    var durable = false

    @Flag(inversion: .prefixedNo, help: "Write a line to standard error for each request.")
    var requestLog = true

    @Option(help: "How much such a line has of it: the request line, or all in escapes.")
    var log = RequestLog.Detail.short

    @OptionGroup(title: "Playing a script") var scripted: ScriptOptions

    @OptionGroup(title: "Limits")
    var limits: LimitOptions

    static func main() async { await runToEnd(habits: otherServers) }

    /// Options of other servers for what is said in another way here.
    private static let otherServers = [
        Habit("-P", hint: "The port is --port N."),
        Habit("-b", "--bind", "--listen", "-a", hint: "The address is --address ADDRESS."),
        Habit("-d", "--directory", "--dir", hint: "The folder is an argument, or --root DIR."),
    ]

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
            if chosenRoot == nil { temporary = try TemporaryRoot() }
            let store = try FileStore(
                path: chosenRoot ?? temporary?.path ?? ".",
                lengthLimit: max(64 << 20, limits.maxContent),
                isDurable: durable
            )
            if isWritable, try store.isEmpty() { try TemporaryRoot.furnish(store) }
            try await serve(store, logger)
        } catch let error as FileStoreError {
            logger.error("\(error)")
            throw ExitCode(66)
        } catch let error as ServerStartError {
            logger.error("\(error)")
            throw ExitCode(exitCode(for: error))
        }
    }

    func validate() throws {
        if let folder, let root, folder != root {
            throw ValidationError("The folder is named twice: \(folder) and --root \(root).")
        }
    }

    private var chosenRoot: String? { folder ?? root }

    /// Whether files may be changed: those of a folder of the server's own are nobody else's.
    private var isWritable: Bool { writable || chosenRoot == nil || wire == .report }

    private func serve(_ store: FileStore, _ logger: Logger) async throws {
        var configuration = HTTPFileServerConfiguration()
        configuration.address = address
        configuration.port = Int(port)
        configuration.wire = wire
        configuration.allowedHosts = allowHost
        configuration.isWritable = isWritable
        configuration.listsFolders = listing
        configuration.idleTime = idleTime.duration
        limits.apply(to: &configuration)
        if requestLog {
            configuration.requestLog = RequestLog(detail: log) { StandardError.write($0) }
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
        StandardError.report("http://\(server.end)/", by: "httptrace-server")
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
extension RequestLog.Detail: ExpressibleByArgument {}
