import NIOCore
import NIOPosix
import PeerTransport
import Peers
import Testing

struct ClientErrorTests {
    @Test func `a port where nobody listens refuses, in one sentence`() async throws {
        let holder = try HeldPort()
        let end = HostAndPort(host: "127.0.0.1", port: holder.port)
        let error = await #expect(throws: ClientError.self) {
            try await HTTPRawClient(host: end.host, port: end.port).exchange([])
        }
        #expect(error == .refused(end))
        #expect(error?.isConnectFailure == true)
        #expect(
            error?.description
                == "cannot connect to \(end): connection refused; is the server running?"
        )
    }

    @Test func `a server that never answers is waited for no longer than the time-out`()
        async throws
    {
        let (end, listener) = try await listen()
        let timeout = Duration.seconds(2)
        await #expect(throws: ClientError.timedOut(end, timeout, received: 0)) {
            try await HTTPRawClient(host: end.host, port: end.port, timeout: timeout)
                .exchange([0x41])
        }
        try await listener.close().get()
    }

    @Test func `a server that closes without a word gave no answer`() async throws {
        let (end, listener) = try await listen(onActive: { $0.close(promise: nil) })
        await #expect(throws: ClientError.closedWithoutAnswer(end)) {
            try await HTTPRawClient(host: end.host, port: end.port).exchange([])
        }
        try await listener.close().get()
    }

    @Test func `a server that resets is told apart from one that closes`() async throws {
        let (end, listener) = try await listen(onRead: { HeldPort.reset($0) })
        await #expect(throws: ClientError.reset(end, received: 0)) {
            try await HTTPRawClient(host: end.host, port: end.port).exchange([0x41])
        }
        try await listener.close().get()
    }

    @Test func `an unknown host is said to be unknown`() async {
        let end = HostAndPort(host: "host.invalid", port: 80)
        await #expect(throws: ClientError.unknownHost(end)) {
            try await HTTPRawClient(host: end.host, port: end.port).exchange([])
        }
    }

    /// A listener on a free port that does something with each connection, when it is there and
    /// when it has brought bytes.
    private func listen(
        onActive: @escaping @Sendable (any Channel) -> Void = { _ in },
        onRead: @escaping @Sendable (any Channel) -> Void = { _ in }
    ) async throws -> (HostAndPort, any Channel) {
        let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let handler = OddServer(onActive: onActive, onRead: onRead)
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return (HostAndPort(host: "127.0.0.1", port: channel.localAddress?.port ?? 0), channel)
    }
}

/// Does what it is told with a connection.
private final class OddServer: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let onActive: @Sendable (any Channel) -> Void
    private let onRead: @Sendable (any Channel) -> Void

    init(
        onActive: @escaping @Sendable (any Channel) -> Void,
        onRead: @escaping @Sendable (any Channel) -> Void
    ) {
        self.onActive = onActive
        self.onRead = onRead
    }

    func channelActive(context: ChannelHandlerContext) {
        onActive(context.channel)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        onRead(context.channel)
    }
}
