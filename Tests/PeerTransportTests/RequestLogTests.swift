import Logging
import PeerTransport
import Peers
import Synchronization
import Testing

struct RequestLogTests {
    @Test func `each request has a line, with what came in escapes, before the server has stopped`()
        async throws
    {
        let written = Mutex<[UInt8]>([])
        let root = try TemporaryRoot()
        defer { root.remove() }
        var configuration = HTTPFileServerConfiguration()
        configuration.allowedHosts = ["x"]
        configuration.port = 0
        configuration.requestLog = RequestLog { bytes in written.withLock { $0 += bytes } }
        configuration.clock = { WallTime(secondsSinceEpoch: 1_651_564_662) }
        let server = try await HTTPFileServer.start(
            configuration,
            store: FileStore(path: root.path),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        for _ in 0..<20 {
            let request = "GET /\u{1B}[2J HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
            _ = try await server.client.exchange(Array(request.utf8))
        }
        await server.stop()
        let lines = String(decoding: written.withLock { $0 }, as: UTF8.self).split(separator: "\n")
        #expect(lines.count == 20)
        #expect(lines.allSatisfy { $0.hasPrefix("2022-05-03T07:57:42+0000 127.0.0.1:") })
        #expect(lines.allSatisfy { $0.contains(" 400 GET /\\x1b[2J HTTP/1.1\\r\\nHost: x\\r\\n") })
    }
}
