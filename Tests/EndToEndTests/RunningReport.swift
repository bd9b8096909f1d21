import Logging
import PeerTransport
import Peers

/// A server of the report's files on a free port of loopback, and a client of it.
struct RunningReport {
    private let root: TemporaryRoot
    private let server: HTTPFileServer

    init(wire: WireMode) async throws {
        root = try TemporaryRoot()
        var configuration = HTTPFileServerConfiguration()
        configuration.port = 0
        configuration.wire = wire
        // However busy the machine is, the client is not to be taken for one that is gone.
        configuration.firstByteTime = .seconds(3600)
        configuration.betweenBytesTime = .seconds(3600)
        server = try await HTTPFileServer.start(
            configuration,
            store: FileStore(path: root.path),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    var port: Int { server.end.port }

    /// Sends the report's eight requests one after the other.
    func sendAll(wire: WireMode) async throws {
        let client = HTTPRawClient(host: "127.0.0.1", port: port)
        for request in ReportRequest.all {
            _ = try await client.exchange(request.bytes(wire: wire))
        }
    }

    func stop() async {
        await server.stop()
        root.remove()
    }
}
