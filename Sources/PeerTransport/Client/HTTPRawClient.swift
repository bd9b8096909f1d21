package import HTTPWire
internal import NIOCore
internal import NIOPosix
package import Peers

/// Sends bytes as they are, one connection for each request, and collects what comes back.
package struct HTTPRawClient: Sendable {
    /// The server.
    package let end: HostAndPort
    /// The most time for connecting, and again for the exchange.
    package let timeout: Duration
    /// The most bytes of a response.
    package let responseLimit: Int

    /// Creates a client; it connects with each request.
    package init(
        host: String,
        port: Int,
        timeout: Duration = .seconds(10),
        responseLimit: Int = 64 << 20
    ) {
        end = HostAndPort(host: host, port: port)
        self.timeout = timeout
        self.responseLimit = responseLimit
    }

    /// Connects, sends `bytes`, and closes as soon as the response is complete or has ended.
    ///
    /// - Parameters:
    ///   - bytes: what is sent, in one piece.
    ///   - answering: what is asked, as far as the response's framing depends on it.
    /// - Returns: the response, also one that the server's close has cut short.
    /// - Throws: ``ClientError`` if none came.
    package func exchange(
        _ bytes: [UInt8],
        answering: AnsweredRequest = .ordinary
    ) async throws(ClientError) -> ReceivedResponse {
        let (end, timeout) = (end, timeout)
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let response = loop.makePromise(of: ReceivedResponse.self)
        do {
            let channel = try await ClientBootstrap(group: loop)
                .connectTimeout(TimeAmount(timeout))
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let handler = ClientExchangeHandler(
                            client: self,
                            request: bytes,
                            answering: answering,
                            response: response
                        )
                        try channel.pipeline.syncOperations.addHandler(handler)
                    }
                }
                .connect(host: end.host, port: end.port)
                .get()
            return try await withTaskCancellationHandler {
                try await response.futureResult.get()
            } onCancel: {
                channel.close(promise: nil)
            }
        } catch {
            let error = ClientError(connecting: error, end, timeout)
            response.fail(error)
            throw error
        }
    }
}

/// Drives a ``ClientSession`` with one connection.
private final class ClientExchangeHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let client: HTTPRawClient
    private let request: [UInt8]
    private let response: EventLoopPromise<ReceivedResponse>
    private var session: ClientSession
    private var timer: Scheduled<Void>?

    init(
        client: HTTPRawClient,
        request: [UInt8],
        answering: AnsweredRequest,
        response: EventLoopPromise<ReceivedResponse>
    ) {
        self.client = client
        self.request = request
        self.response = response
        session = ClientSession(answering: answering)
    }

    private var received: Int { session.response.bytes.count }

    func channelActive(context: ChannelHandlerContext) {
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(client.timeout)) {
            let received = self.received
            self.fail(.timedOut(self.client.end, self.client.timeout, received: received), context)
        }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: request)), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = unwrapInboundIn(data)
        session.receive(buffer.readableBytesUInt8Span)
        if session.isOver {
            finish(context)
        } else if received > client.responseLimit {
            fail(.tooLong(client.end, limit: client.responseLimit), context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        fail(.reset(client.end, received: received), context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        session.inputEnded()
        if received == 0 {
            fail(.closedWithoutAnswer(client.end), context)
        } else {
            finish(context)
        }
    }

    // A promise takes only its first result, so what comes after the end of an exchange is of no
    // consequence.

    private func finish(_ context: ChannelHandlerContext) {
        timer?.cancel()
        response.succeed(session.response)
        context.close(promise: nil)
    }

    private func fail(_ error: ClientError, _ context: ChannelHandlerContext) {
        timer?.cancel()
        response.fail(error)
        context.close(promise: nil)
    }
}
