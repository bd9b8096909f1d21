internal import NIOCore
internal import NIOPosix

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

// What goes out.
extension ScriptConnectionHandler {
    /// How often is looked whether the system has sent everything.
    private static let pollInterval = TimeAmount.microseconds(500)
    /// How long the other end's close is waited for at the end.
    private static let lingerTime = TimeAmount.seconds(1)

    func send(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
        guard !isReset else {
            player.sendFailed(bytes.count)
            return goOn(context)
        }
        note(.sent(bytes))
        hasSent = true
        limitSending(of: bytes.count, context)
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)))
            .assumeIsolated()
            .whenComplete { outcome in
                self.stopTimer()
                if case .failure(let error) = outcome {
                    self.connectionFailed(error)
                    self.player.sendFailed(bytes.count)
                }
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

    func halfClose(_ context: ChannelHandlerContext) {
        closeOutput(context)
        goOn(context)
    }

    private func closeOutput(_ context: ChannelHandlerContext) {
        guard !isOutputClosed, !isReset else { return }
        isOutputClosed = true
        note(.halfClosed)
        context.close(mode: .output, promise: nil)
    }

    func closeInOrder(_ context: ChannelHandlerContext) {
        stopTimer()
        state = .lingering
        closeOutput(context)
        guard !isInputClosed, !isReset, context.channel.isActive else { return close(context) }
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: Self.lingerTime) {
            self.close(context)
        }
    }

    /// Closes with a reset: a linger time of 0 does that.
    func breakOff(_ context: ChannelHandlerContext) {
        note(.broken)
        state = .lingering
        let option = (context.channel as? any SocketOptionProvider)?
            .setSoLinger(linger(l_onoff: 1, l_linger: 0))
        guard let option else { return close(context) }
        option.assumeIsolated().whenComplete { _ in self.close(context) }
    }

    /// Does `body` when the system has sent everything that it was given.
    func whenDrained(_ context: ChannelHandlerContext, _ body: @escaping () -> Void) {
        state = .busy
        // What a failed play leaves unsent need not be waited for once more.
        guard hasSent, player.failure == nil, context.channel.isActive else { return body() }
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
            guard self.state == .busy else { return }
            if unsent == 0 {
                body()
            } else if ContinuousClock.now < deadline {
                context.eventLoop.assumeIsolated().scheduleTask(in: Self.pollInterval) {
                    self.poll(context, deadline, body)
                }
            } else {
                self.player.notTaken(unsent, self.timeout)
                self.goOn(context)
            }
        }
    }
}
