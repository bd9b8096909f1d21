internal import NIOCore
internal import NIOPosix
package import Peers
internal import Synchronization

/// Plays the end of scripts that is connected to.
package struct ScriptServer: Sendable {
    /// Where it listens.
    package let end: HostAndPort

    private let channel: any Channel
    private let connections: Connections

    /// Starts to listen, and plays on each connection the section of `script` whose turn it is.
    ///
    /// - Parameters:
    ///   - end: where to listen; port 0 takes any that is free.
    ///   - script: what is played.
    ///   - timeout: the most time for each segment to be taken, and for each thing expected.
    ///   - body: gets what each connection came to, in the order in which they end.
    /// - Returns: the server, which is listening.
    /// - Throws: ``ServerStartError`` where it cannot listen there.
    package static func start(
        _ end: HostAndPort,
        _ script: Script,
        timeout: Duration,
        _ body: @escaping @Sendable (Play) -> Void
    ) async throws(ServerStartError) -> ScriptServer {
        // One loop for all: connections get their numbers in the order in which they come.
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let connections = Connections()
        do {
            let channel = try await ServerBootstrap(group: loop)
                .serverChannelOption(.backlog, value: 1024)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .childChannelOption(.allowRemoteHalfClosure, value: true)
                .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
                .childChannelInitializer { channel in
                    let number = connections.add(channel)
                    let result = channel.eventLoop.makePromise(of: Play.self)
                    result.futureResult.whenSuccess(body)
                    return channel.eventLoop.makeCompletedFuture {
                        let handler = ScriptConnectionHandler(
                            script.section(number),
                            Play(number: number, peer: end),
                            timeout: timeout,
                            result: result
                        )
                        try channel.pipeline.syncOperations.addHandler(handler)
                    }
                }
                .bind(host: end.host, port: end.port)
                .get()
            let port = channel.localAddress?.port ?? end.port
            return ScriptServer(
                end: HostAndPort(host: end.host, port: port),
                channel: channel,
                connections: connections
            )
        } catch {
            throw ServerStartError(error, end)
        }
    }

    /// Stops: no new connections, and those that are open are closed.
    package func stop() async {
        // The channel may be closed already: there is nothing to learn from that.
        try? await channel.close().get()
        for connection in connections.open { try? await connection.close().get() }
    }
}

/// The connections of a server: how many there were, and those that are open.
private final class Connections: Sendable {
    private struct State {
        var count = 0
        var open: [ObjectIdentifier: any Channel] = [:]
    }

    private let state = Mutex(State())

    var open: [any Channel] { state.withLock { Array($0.open.values) } }

    /// Takes a new connection in until it closes; answers its number.
    func add(_ channel: any Channel) -> Int {
        channel.closeFuture.whenComplete { [weak self] _ in
            self?.state.withLock { $0.open[ObjectIdentifier(channel)] = nil }
        }
        return state.withLock { state in
            state.count += 1
            state.open[ObjectIdentifier(channel)] = channel
            return state.count - 1
        }
    }
}
