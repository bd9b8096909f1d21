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

    /// How many things one connection does before others have their turn.
    private static let actionsAtOnce = 64

    enum State {
        /// The player is to be asked.
        case playing
        /// Something goes on behind which the player is to be asked.
        case busy
        /// The script is over; the other end's close is waited for.
        case lingering
        /// Nothing is to be done any more.
        case over
    }

    let timeout: Duration
    /// The most time for the whole play; `nil` for no limit.
    private let limit: Duration?
    private var wholeTimer: Scheduled<Void>?
    let result: EventLoopPromise<Play>
    var player: ScriptPlayer
    var play: Play
    var state = State.playing
    private var start = ContinuousClock.now
    var timer: Scheduled<Void>?
    /// The wait that ``timer`` is for.
    private var timedWait: Int?
    private var isDriving = false
    var hasSent = false
    var isOutputClosed = false
    var isInputClosed = false
    var isReset = false

    init(
        _ steps: [ScriptStep],
        _ play: Play,
        timeout: Duration,
        limit: Duration? = nil,
        result: EventLoopPromise<Play>
    ) {
        player = ScriptPlayer(steps)
        self.play = play
        self.timeout = timeout
        self.limit = limit
        self.result = result
    }

    func channelActive(context: ChannelHandlerContext) {
        play.local = context.localAddress.flatMap { HostAndPort($0) } ?? play.local
        play.peer = context.remoteAddress.flatMap { HostAndPort($0) } ?? play.peer
        if play.connectTime != nil { play.connectTime = ContinuousClock.now - start }
        start = .now
        limitWhole(context)
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
        drive(context)
        if state == .lingering { finish() }
    }

    func note(_ event: Play.Event) { play.note(event, at: ContinuousClock.now - start) }

    private func inputEnded() {
        guard !isInputClosed, !isReset else { return }
        isInputClosed = true
        note(.ended)
        player.inputEnded()
    }

    func connectionFailed(_ error: (any Error)?) {
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
    ///
    /// What is done at once comes back here, to the same loop; after a while it makes room for other
    /// connections.
    private func drive(_ context: ChannelHandlerContext) {
        guard !isDriving else { return }
        isDriving = true
        defer { isDriving = false }
        var count = 0
        while state == .playing {
            count += 1
            if count > Self.actionsAtOnce {
                return context.eventLoop.assumeIsolated().execute { self.drive(context) }
            }
            let action = player.nextAction()
            if case .receive(let limit) = action { return setTimer(limit ?? timeout, context) }
            stopTimer()
            switch action {
            case .receive: break
            case .send(let bytes): whenDrained(context) { self.send(bytes, context) }
            case .pause(let time): pause(time, context)
            case .halfClose: whenDrained(context) { self.halfClose(context) }
            case .close: whenDrained(context) { self.closeInOrder(context) }
            case .reset: whenDrained(context) { self.breakOff(context) }
            }
        }
    }

    func goOn(_ context: ChannelHandlerContext) {
        guard state == .busy else { return }
        state = .playing
        drive(context)
    }

    private func limitWhole(_ context: ChannelHandlerContext) {
        guard let limit else { return }
        wholeTimer = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(limit)) {
            self.player.fail(.tookTooLong(limit))
            self.close(context)
        }
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

    func stopTimer() {
        timer?.cancel()
        timer = nil
        timedWait = nil
    }

    private func pause(_ time: Duration, _ context: ChannelHandlerContext) {
        state = .busy
        context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(time)) {
            self.goOn(context)
        }
    }

    func close(_ context: ChannelHandlerContext) {
        guard state != .over else { return }
        // Before the close, which reports an end that is not the other's.
        finish()
        context.close(promise: nil)
    }

    private func finish() {
        guard state != .over else { return }
        state = .over
        stopTimer()
        wholeTimer?.cancel()
        play.messages = player.messages
        play.failure = player.failure?.description
        result.succeed(play)
    }
}
