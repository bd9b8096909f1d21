import Foundation
import Hummingbird
import Logging

/// Serves one file from memory: `hummingbird-server FILE PORT`.
@main
struct Server {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3, let port = Int(arguments[2]) else {
            fatalError("usage: hummingbird-server FILE PORT")
        }
        let content = ByteBuffer(bytes: try Data(contentsOf: URL(fileURLWithPath: arguments[1])))
        let router = Router()
        router.get("index.txt") { _, _ in
            Response(
                status: .ok,
                headers: [.contentType: "text/plain; charset=utf-8"],
                body: .init(byteBuffer: content)
            )
        }
        var logger = Logger(label: "hummingbird-server")
        logger.logLevel = .critical
        let application = Application(
            router: router,
            configuration: .init(address: .hostname("127.0.0.1", port: port)),
            logger: logger
        )
        try await application.runService()
    }
}
