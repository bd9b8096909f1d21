import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix

/// Greets whoever `GET /hello/NAME` names, on a free port of loopback.
public struct GreetingServer: Sendable {
    /// How a response's `Content-Length` is counted.
    public enum Counting: Sendable {
        /// In bytes, as RFC 9110 §8.6 asks.
        case bytes
        /// In characters: a mistake that only names such as Jürgen bring to light.
        case characters
    }

    private let channel: any Channel

    /// The port it listens on.
    public let port: Int

    /// Starts to listen.
    public static func start(counting: Counting = .bytes) async throws -> GreetingServer {
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(
                        GreetingHandler(counting: counting)
                    )
                }
            }
            .bind(host: "127.0.0.1", port: 0)
            .get()
        guard let port = channel.localAddress?.port else { throw ChannelError.unknownLocalAddress }
        return GreetingServer(channel: channel, port: port)
    }

    /// Listens no more.
    public func stop() async throws { try await channel.close() }
}

/// Answers the requests of one connection.
private final class GreetingHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let counting: GreetingServer.Counting
    private var request: HTTPRequestHead?

    init(counting: GreetingServer.Counting) { self.counting = counting }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): request = head
        case .body: break
        case .end:
            guard let request else { return }
            answer(request, context)
            self.request = nil
        }
    }

    private func answer(_ request: HTTPRequestHead, _ context: ChannelHandlerContext) {
        let path = "/hello/"
        guard request.uri.hasPrefix(path),
            let name = String(request.uri.dropFirst(path.count)).removingPercentEncoding
        else { return send("No such page.\n", .notFound, request, context) }
        guard request.method == .GET else {
            return send("Only GET is understood.\n", .methodNotAllowed, request, context)
        }
        send("Hello, \(name)!\n", .ok, request, context)
    }

    private func send(
        _ text: String,
        _ status: HTTPResponseStatus,
        _ request: HTTPRequestHead,
        _ context: ChannelHandlerContext
    ) {
        let length =
            switch counting {
            case .bytes: text.utf8.count
            case .characters: text.count
            }
        var head = HTTPResponseHead(version: request.version, status: status)
        head.headers.add(name: "Content-Type", value: "text/plain; charset=utf-8")
        head.headers.add(name: "Content-Length", value: "\(length)")
        if status == .methodNotAllowed { head.headers.add(name: "Allow", value: "GET") }
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(
            wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: text)))),
            promise: nil
        )
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }
}
