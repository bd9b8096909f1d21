internal import NIOCore
internal import NIOPosix
package import Peers
internal import SystemPackage

/// Plays the connecting end of scripts.
package struct ScriptClient: Sendable {
    /// The server.
    package let end: HostAndPort
    /// The most time for connecting, for each segment to be taken, and for each thing expected.
    package let timeout: Duration
    /// The most time for a whole connection; a script may go on for ever.
    package let limit: Duration

    /// Creates a client; it connects with each play.
    package init(
        host: String,
        port: Int,
        timeout: Duration = .seconds(10),
        limit: Duration = .seconds(3600)
    ) {
        end = HostAndPort(host: host, port: port)
        self.timeout = timeout
        self.limit = limit
    }

    /// Connects and plays the steps; what keeps it from that stands in the result.
    package func play(_ steps: [ScriptStep], number: Int = 0) async -> Play {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let result = loop.makePromise(of: Play.self)
        let (timeout, limit, end) = (timeout, limit, end)
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
                            limit: limit,
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
            if case .cannotConnect(_, .connectionReset?) = error {
                return Self.resetAtOnce(play, steps)
            }
            play.connectTime = nil
            play.failure = error.description
            play.isUnconnected = true
            return play
        }
    }

    /// What a play comes to whose connection was made, and broken before this end took note of it:
    /// an attempt that is turned away is refused, and not reset.
    private static func resetAtOnce(_ play: Play, _ steps: [ScriptStep]) -> Play {
        var play = play
        var player = ScriptPlayer(steps)
        player.connectionReset()
        play.note(.reset, at: .zero)
        var isOver = false
        while !isOver {
            switch player.nextAction() {
            case .send, .pause, .halfClose: break
            case .receive, .close, .reset: isOver = true
            }
        }
        play.failure = player.failure?.description
        return play
    }
}
