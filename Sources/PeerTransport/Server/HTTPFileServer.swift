package import Logging
internal import NIOCore
internal import NIOPosix
package import Peers

/// The report's file server on real sockets.
///
/// ```swift
/// let server = try await HTTPFileServer.start(configuration, store: store, logger: logger)
/// // server.end.port is the port, also where 0 was asked for.
/// await server.stop()
/// ```
package struct HTTPFileServer: Sendable {
    /// Where it listens.
    package let end: HostAndPort

    private let channel: any Channel
    private let work: ServerWork

    /// Starts a server for the files of `store`; it is listening when this returns.
    package static func start(
        _ configuration: HTTPFileServerConfiguration,
        store: FileStore,
        logger: Logger
    ) async throws(ServerStartError) -> HTTPFileServer {
        let wanted = HostAndPort(host: configuration.address, port: configuration.port)
        let service = FileService(
            store: store,
            wire: configuration.wire,
            isWritable: configuration.isWritable,
            listsFolders: configuration.listsFolders
        )
        let work = ServerWork(configuration, service: service, logger: logger)
        do {
            let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .serverChannelOption(.backlog, value: 1024)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .serverChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(AcceptWatch(work: work))
                    }
                }
                // A client that shuts down its sending side still gets its answer.
                .childChannelOption(.allowRemoteHalfClosure, value: true)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let handler = ServerConnectionHandler(work: work)
                        try channel.pipeline.syncOperations.addHandler(handler)
                    }
                }
                .bind(host: wanted.host, port: wanted.port)
                .get()
            let port = channel.localAddress?.port ?? wanted.port
            let end = HostAndPort(host: wanted.host, port: port)
            return HTTPFileServer(end: end, channel: channel, work: work)
        } catch {
            throw ServerStartError(error, wanted)
        }
    }

    /// Stops: no new connections; requests that are under way are answered, for at most `grace`.
    package func stop(grace: Duration = .seconds(2)) async {
        // The channel may be closed already: there is nothing to learn from that.
        try? await channel.close().get()
        let open = work.registry.close()
        for connection in open {
            connection.pipeline.fireUserInboundEventTriggered(ServerStops())
            let force = connection.eventLoop.scheduleTask(in: TimeAmount(grace)) {
                connection.close(promise: nil)
            }
            connection.closeFuture.whenComplete { _ in force.cancel() }
        }
        for connection in open { try? await connection.closeFuture.get() }
        work.configuration.requestLog?.writeOut()
    }
}
