internal import NIOCore
internal import NIOPosix
package import Peers

/// Plays the connecting end of scripts.
package struct ScriptClient: Sendable {
    /// The server.
    package let end: HostAndPort
    /// The most time for connecting, for each segment to be taken, and for each thing expected.
    package let timeout: Duration

    /// Creates a client; it connects with each play.
    package init(host: String, port: Int, timeout: Duration = .seconds(10)) {
        end = HostAndPort(host: host, port: port)
        self.timeout = timeout
    }

    /// Connects and plays the steps; what keeps it from that stands in the result.
    package func play(_ steps: [ScriptStep], number: Int = 0) async -> Play {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let result = loop.makePromise(of: Play.self)
        let (timeout, end) = (timeout, end)
        var play = Play(number: number, peer: end)
        play.connectTime = .zero
        do {
            let channel = try await ClientBootstrap(group: loop)
                .connectTimeout(TimeAmount(timeout))
                .channelOption(.allowRemoteHalfClosure, value: true)
                .channelOption(.tcpOption(.tcp_nodelay), value: 1)
                .channelInitializer { [play] channel in
                    channel.eventLoop.makeCompletedFuture {
                        let handler = ScriptConnectionHandler(
                            steps,
                            play,
                            timeout: timeout,
                            result: result
                        )
                        try channel.pipeline.syncOperations.addHandler(handler)
                    }
                }
                .connect(host: end.host, port: end.port)
                .get()
            return try await withTaskCancellationHandler {
                try await result.futureResult.get()
            } onCancel: {
                channel.close(promise: nil)
            }
        } catch {
            let error = ClientError(connecting: error, end, timeout)
            result.fail(error)
            play.connectTime = nil
            play.failure = error.description
            play.isUnconnected = true
            return play
        }
    }
}
