internal import NIOCore
internal import NIOPosix
internal import Peers
internal import SystemPackage

/// Drives a ``ScriptPlayer`` with one connection.
///
/// Every segment is written by itself, and only when the system has none left of the one before, so
/// that nothing joins what the script keeps apart. (The other way round the system may still cut
/// what is longer than the path's segments.)
final class ScriptConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// How often is looked whether the system has sent everything.
    private static let pollInterval = TimeAmount.microseconds(500)
    /// How long the other end's close is waited for at the end.
    private static let lingerTime = TimeAmount.seconds(1)

    private enum State {
        /// The player is to be asked.
        case playing
        /// Something goes on behind which the player is to be asked.
        case busy
        /// The script is over; the other end's close is waited for.
        case lingering
        /// Nothing is to be done any more.
        case over
    }

    private let timeout: Duration
    private let result: EventLoopPromise<Play>
    private var player: ScriptPlayer
    private var play: Play
    private var state = State.playing
    private var start = ContinuousClock.now
    private var timer: Scheduled<Void>?
    /// The wait that ``timer`` is for.
    private var timedWait: Int?
    private var hasSent = false
    private var isOutputClosed = false
    private var isInputClosed = false
    private var isReset = false

    init(
        _ steps: [ScriptStep],
        _ play: Play,
        timeout: Duration,
        result: EventLoopPromise<Play>
    ) {
        player = ScriptPlayer(steps)
        self.play = play
        self.timeout = timeout
        self.result = result
    }

    func channelActive(context: ChannelHandlerContext) {
        play.local = context.localAddress.flatMap { HostAndPort($0) } ?? play.local
        play.peer = context.remoteAddress.flatMap { HostAndPort($0) } ?? play.peer
        if play.connectTime != nil { play.connectTime = ContinuousClock.now - start }
        start = .now
        drive(context)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = unwrapInboundIn(data)
        note(.received(Array(buffer.readableBytesView)))
        player.receive(buffer.readableBytesUInt8Span)
    }

    func channelReadComplete(context: ChannelHandlerContext) { drive(context) }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard case ChannelEvent.inputClosed = event else { return }
        inputEnded()
        if state == .lingering { close(context) } else { drive(context) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        connectionFailed(error)
        drive(context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        // The system ends a connection by itself only when both directions are closed, or none is.
        if state == .playing || state == .busy, !isReset {
            if isOutputClosed { inputEnded() } else { connectionFailed(nil) }
        } else if state == .lingering {
            inputEnded()
        }
        if state == .busy { state = .playing }
        drive(context)
        if state == .lingering { finish() }
    }

    private func note(_ event: Play.Event) { play.note(event, at: ContinuousClock.now - start) }

    private func inputEnded() {
        guard !isInputClosed, !isReset else { return }
        isInputClosed = true
        note(.ended)
        player.inputEnded()
    }

    private func connectionFailed(_ error: (any Error)?) {
        guard !isReset, state != .over else { return }
        isReset = true
        let code = (error as? IOError).map { Errno(rawValue: $0.errnoCode) }
        if let code, ![.connectionReset, .brokenPipe].contains(code) {
            player.fail(.refused("the connection failed: \(code)"))
        }
        note(.reset)
        player.connectionReset()
    }

    /// Does what the player wants, as far as that goes at once.
    private func drive(_ context: ChannelHandlerContext) {
        while state == .playing {
            switch player.nextAction() {
            case .send(let bytes): whenDrained(context) { self.send(bytes, context) }
            case .pause(let time): pause(time, context)
            case .receive(let limit): return setTimer(limit ?? timeout, context)
            case .halfClose: whenDrained(context) { self.halfClose(context) }
            case .close: whenDrained(context) { self.closeInOrder(context) }
            case .reset: whenDrained(context) { self.breakOff(context) }
            }
        }
    }

    private func goOn(_ context: ChannelHandlerContext) {
        guard state == .busy else { return }
        state = .playing
        drive(context)
    }

    private func setTimer(_ time: Duration, _ context: ChannelHandlerContext) {
        guard timedWait != player.waits else { return }
        stopTimer()
        timedWait = player.waits
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(time)) {
            self.player.timeIsUp(time)
            self.drive(context)
        }
    }

    private func stopTimer() {
        timer?.cancel()
        timer = nil
        timedWait = nil
    }

    private func pause(_ time: Duration, _ context: ChannelHandlerContext) {
        stopTimer()
        state = .busy
        context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(time)) {
            self.goOn(context)
        }
    }
}

// What goes out.
extension ScriptConnectionHandler {
    private func send(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
        note(.sent(bytes))
        hasSent = true
        limitSending(of: bytes.count, context)
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)))
            .assumeIsolated()
            .whenComplete { outcome in
                self.stopTimer()
                if case .failure(let error) = outcome { self.connectionFailed(error) }
                self.goOn(context)
            }
    }

    private func limitSending(of length: Int, _ context: ChannelHandlerContext) {
        stopTimer()
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(timeout)) {
            self.player.notTaken(length, self.timeout)
            self.state = .lingering
            self.close(context)
        }
    }

    private func halfClose(_ context: ChannelHandlerContext) {
        closeOutput(context)
        goOn(context)
    }

    private func closeOutput(_ context: ChannelHandlerContext) {
        guard !isOutputClosed, !isReset else { return }
        isOutputClosed = true
        note(.halfClosed)
        context.close(mode: .output, promise: nil)
    }

    private func closeInOrder(_ context: ChannelHandlerContext) {
        stopTimer()
        state = .lingering
        closeOutput(context)
        guard !isInputClosed, !isReset, context.channel.isActive else { return close(context) }
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: Self.lingerTime) {
            self.close(context)
        }
    }

    /// Closes with a reset: a linger time of 0 does that.
    private func breakOff(_ context: ChannelHandlerContext) {
        note(.broken)
        state = .lingering
        let option = (context.channel as? any SocketOptionProvider)?
            .setSoLinger(linger(l_onoff: 1, l_linger: 0))
        guard let option else { return close(context) }
        option.assumeIsolated().whenComplete { _ in self.close(context) }
    }

    private func close(_ context: ChannelHandlerContext) {
        guard state != .over else { return }
        // Before the close, which reports an end that is not the other's.
        finish()
        context.close(promise: nil)
    }

    private func finish() {
        guard state != .over else { return }
        state = .over
        stopTimer()
        play.messages = player.messages
        play.failure = player.failure?.description
        result.succeed(play)
    }

    /// Does `body` when the system has sent everything that it was given.
    private func whenDrained(_ context: ChannelHandlerContext, _ body: @escaping () -> Void) {
        state = .busy
        guard hasSent, context.channel.isActive else { return body() }
        let deadline = ContinuousClock.now + timeout
        poll(context, deadline, body)
    }

    private func poll(
        _ context: ChannelHandlerContext,
        _ deadline: ContinuousClock.Instant,
        _ body: @escaping () -> Void
    ) {
        UnsentBytes.count(context.channel).assumeIsolated().whenComplete { result in
            let unsent = (try? result.get()) ?? 0
            if unsent > 0, ContinuousClock.now >= deadline {
                self.player.notTaken(unsent, self.timeout)
            } else if unsent > 0 {
                context.eventLoop.assumeIsolated().scheduleTask(in: Self.pollInterval) {
                    self.poll(context, deadline, body)
                }
                return
            }
            body()
        }
    }
}
