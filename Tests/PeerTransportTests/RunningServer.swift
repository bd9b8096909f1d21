import Logging
import PeerTransport
import Peers

/// Runs `body` against a server of its own, on a free port and with a fresh root.
func withServer(
    _ wire: WireMode = .standard,
    idleTime: Duration = .milliseconds(20),
    _ body: (HTTPFileServer, FileStore) async throws -> Void
) async throws {
    let root = try TemporaryRoot()
    defer { root.remove() }
    let store = try FileStore(path: root.path)
    var configuration = HTTPFileServerConfiguration()
    configuration.allowedHosts = ["x"]
    configuration.port = 0
    configuration.wire = wire
    configuration.idleTime = idleTime
    // A client that waits for its turn on a busy machine must not be taken for one that is gone.
    configuration.firstByteTime = .seconds(3600)
    configuration.betweenBytesTime = .seconds(3600)
    configuration.keepAliveTime = .seconds(3600)
    configuration.requestTime = .seconds(3600)
    configuration.clock = {
        WallTime(secondsSinceEpoch: 1_651_564_662, offsetFromUTC: 32_400)
    }
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    let server = try await HTTPFileServer.start(configuration, store: store, logger: logger)
    do {
        try await body(server, store)
    } catch {
        await server.stop()
        throw error
    }
    await server.stop()
}

extension HTTPFileServer {
    /// A client of this server.
    var client: HTTPRawClient { HTTPRawClient(host: end.host, port: end.port) }
}
