import ArgumentParser
import CaptureIO
import Console
import Logging
import PeerTransport
import Peers
import TraceIO

#if os(Linux)
    import Processes
#endif

extension WireMode: ExpressibleByArgument {}

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Runs a server, a capture and a client, and shows eight requests with responses.",
        usage: "httptrace demo [<options>]",
        discussion: """
            The eight are those of a student's report about a file server that was written by hand: \
            some are not HTTP as the RFCs have it, one of them is shown by no other tool, and all \
            oddities are explained. --wire standard sends the same well formed.

            Everything happens on loopback and in a fresh temporary directory. Where this user may \
            not capture, the capture named by --recorded is shown instead.

            Examples:
              httptrace run -q -- httptrace demo             with no right to capture
              httptrace run -q -- httptrace demo --format list
              sudo httptrace demo -w demo.pcapng             kept for Wireshark
            """
    )

    @Option(help: "How requests and responses are written: as in that report, or well formed.")
    var wire: WireMode = .report

    @Option(help: "The port of the server; where it is in use, another is taken.")
    var port: UInt16 = 8080

    @Option(
        name: [.customShort("w"), .customLong("write")],
        help: ArgumentHelp("Write the frames to this pcapng file too.", valueName: "file"),
        completion: .file()
    )
    var output: String?

    @Option(
        help: ArgumentHelp(
            "The capture to show where this user may not capture.",
            valueName: "file"
        ),
        completion: .file()
    )
    var recorded: String?

    @OptionGroup var options: TraceOptions

    /// Gives up the rights that a demonstration does not need; to be called before there is a second
    /// thread, as the server has them too.
    func giveUpRights() throws {
        #if os(Linux)
            var kept: [Privileges.Right] = [.capture]
            if (1..<1024).contains(port) { kept.append(.lowPorts) }
            if output != nil { kept.append(.allFiles) }
            do throws(PrivilegeFailure) {
                try Privileges.giveUp(for: Successor(), keeping: kept)
            } catch {
                throw error.reported()
            }
        #endif
    }

    func run() async throws {
        FailedWrites.becomeErrors()
        let root = try TemporaryRoot()
        defer { root.remove() }
        let server = try await startServer(FileStore(path: root.path))
        let demonstration = Demonstration(port: server.end.port, options: options, output: output)
        let result: Demonstration.Result
        do throws(CaptureError) {
            result = try await demonstration.run(wire: wire)
        } catch {
            await server.stop()
            guard error.kind == .notPermitted, let recorded else { throw error.reported() }
            report("\(error)")
            return try showRecorded(recorded)
        }
        await server.stop()
        if let exit = result.exitCode { throw exit }
    }

    private func startServer(_ store: FileStore) async throws -> HTTPFileServer {
        var configuration = HTTPFileServerConfiguration()
        configuration.wire = wire
        configuration.port = Int(port)
        let logger = Logger(label: "httptrace-server") { _ in SwiftLogNoOpLogHandler() }
        do throws(ServerStartError) {
            return try await HTTPFileServer.start(configuration, store: store, logger: logger)
        } catch {
            guard case .addressInUse = error else { throw unavailable(error) }
        }
        configuration.port = 0
        do throws(ServerStartError) {
            let server = try await HTTPFileServer.start(
                configuration,
                store: store,
                logger: logger
            )
            report("port \(port) is in use, so the server listens on port \(server.end.port)")
            return server
        } catch {
            throw unavailable(error)
        }
    }

    private func unavailable(_ error: ServerStartError) -> ExitCode {
        report("\(error)")
        return ExitCode(CaptureError.Kind.unavailable.exitCode)
    }

    private func showRecorded(_ path: String) throws {
        report("this is the recorded capture \(path), not live traffic")
        var session = try ReadSession(options, tracer: options.tracerOptions)
        session.read([path])
        throw session.finish()
    }
}
