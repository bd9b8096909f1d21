internal import NIOCore
internal import NIOPosix
internal import Peers

/// Drives a ``ServerSession`` with the bytes, the silence and the end of one connection.
final class ServerConnectionHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let work: ServerWork
    private var session: ServerSession
    private var entry: ConnectionRegistry.Entry?
    private var client = "?"
    private var timer = PatientTimer()
    private var clock: ConnectionClock
    private var output = ConnectionOutput()
    private var isDriving = false
    private var isInputOver = false
    /// Whether the last response is sent, and what still comes is only read to be dropped.
    private var isLingering = false
    private var isReadWithheld = false
    /// How many bytes of content are counted as kept by this connection.
    private var buffered = 0

    init(work: ServerWork) {
        self.work = work
        session = work.makeSession()
        clock = ConnectionClock(work.configuration)
    }

    func channelActive(context: ChannelHandlerContext) {
        let (admission, entry) = work.registry.add(context.channel)
        self.entry = entry
        switch admission {
        case .closed: return context.close(promise: nil)
        case .declined:
            work.isFull.give()
            session.decline(work.full, at: work.configuration.clock())
        case .admitted: break
        }
        if let address = context.remoteAddress, let host = address.ipAddress {
            client = "\(HostAndPort(host: host, port: address.port ?? 0))"
        }
        drive(context)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = unwrapInboundIn(data)
        // What is dropped must not keep the connection open.
        if session.wait == .nothing { return }
        clock.sawBytes()
        session.receive(buffer.readableBytesUInt8Span)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        drive(context)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case ChannelEvent.inputClosed:
            isInputOver = true
            session.inputEnded()
        case is ServerStops: session.finish()
        // A request may have come since the connection was chosen.
        case is ServerNeedsRoom where session.isIdle || isLingering:
            return context.close(promise: nil)
        default: break
        }
        if isInputOver, isLingering {
            context.close(promise: nil)
        } else {
            drive(context)
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { drive(context) }
    }

    /// Reads on only when the session can take more, so that nobody fills the memory with requests
    /// sent ahead.
    func read(context: ChannelHandlerContext) {
        isReadWithheld = session.wait == .answer || !context.channel.isWritable
        if !isReadWithheld { context.read() }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        work.logger.debug("\(client) failed: \(error)")
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer.cancel()
        output.drop()
        if buffered > 0 { _ = work.buffered.add(-buffered) }
        buffered = 0
        context.fireChannelInactive()
    }

    /// Does what the session asks for, as long as the client takes what is sent.
    private func drive(_ context: ChannelHandlerContext) {
        if isDriving { return }
        isDriving = true
        defer { isDriving = false }
        repeat {
            act(context)
            // Before the client learns of its answer: it may then open its next connection.
            entry?.setIdle(session.isIdle)
            context.flush()
        } while refusesContent()
        setTimer(context)
        if isReadWithheld { read(context: context) }
    }

    private func act(_ context: ChannelHandlerContext) {
        let now = work.configuration.clock()
        while isWritable(context) {
            if output.hasRest {
                sendRest(context)
            } else if let action = session.nextAction(at: now) {
                perform(action, at: now, context)
            } else {
                return
            }
        }
    }

    /// Keeps the books of content in memory, and answers whether what came was too much.
    private func refusesContent() -> Bool {
        let (before, count) = (buffered, session.contentCount)
        guard count != before else { return false }
        buffered = count
        let total = work.buffered.add(count - before)
        guard count > before, total > work.configuration.bufferedContent else { return false }
        work.isCrowded.give()
        session.decline(work.crowded, at: work.configuration.clock())
        return true
    }

    private func perform(
        _ action: ServerAction,
        at now: WallTime,
        _ context: ChannelHandlerContext
    ) {
        switch action {
        case .perform(let request): answer(request, context)
        case .send(let bytes): send(bytes, context)
        case .sendFile(let file, let range): output.enqueue(file, range)
        case .log(let entry): log(entry, at: now, context)
        case .close: close(context)
        }
    }

    private func isWritable(_ context: ChannelHandlerContext) -> Bool {
        if !context.channel.isWritable { context.flush() }
        return context.channel.isWritable
    }

    private func answer(_ request: FileRequest, _ context: ChannelHandlerContext) {
        if let answer = work.service.answerAtOnce(request) { return session.answer(answer) }
        work.answer(request, on: context.eventLoop).assumeIsolated().whenSuccess { answer in
            self.session.answer(answer)
            self.drive(context)
        }
    }

    /// Sends bytes; each piece of many that is gone shows that the client still takes something.
    private func send(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
        var rest = context.channel.allocator.buffer(bytes: bytes)
        if rest.readableBytes <= ConnectionOutput.untracked {
            return context.write(wrapOutboundOut(rest), promise: nil)
        }
        while rest.readableBytes > 0 {
            let length = min(rest.readableBytes, ConnectionOutput.piece)
            guard let piece = rest.readSlice(length: length) else { return }
            track(context.write(wrapOutboundOut(piece)), context)
        }
    }

    /// Sends the next piece from the disk, without the bytes coming by here.
    private func sendRest(_ context: ChannelHandlerContext) {
        guard let (region, file) = output.nextPiece() else { return }
        let sent = context.write(NIOAny(IOData.fileRegion(region)))
        track(sent, context)
        sent.assumeIsolated().whenComplete { _ in
            // The descriptor stays with the file, which may be sent elsewhere at the same time.
            _ = try? region.fileHandle.takeDescriptorOwnership()
            withExtendedLifetime(file) {}
        }
    }

    private func track(_ sent: EventLoopFuture<Void>, _ context: ChannelHandlerContext) {
        output.pending += 1
        sent.assumeIsolated().whenComplete { _ in
            self.output.pending -= 1
            self.clock.sawBytes()
            self.setTimer(context)
        }
    }

    private func setTimer(_ context: ChannelHandlerContext) {
        guard context.channel.isActive else { return }
        let deadline = clock.deadline(
            of: session.wait,
            answered: session.answeredCount,
            isSending: output.pending > 0,
            isLingering: isLingering
        )
        timer.set(deadline, on: context.eventLoop) {
            if self.timer.isOver() { self.timeIsUp(context) }
            self.setTimer(context)
        }
    }

    private func timeIsUp(_ context: ChannelHandlerContext) {
        // A client that takes nothing of what is sent will not take the rest either.
        guard output.pending == 0, context.channel.isWritable else {
            return context.close(promise: nil)
        }
        switch session.wait {
        case .blankLine where !clock.isRequestOverdue: session.silence()
        case .request, .more, .blankLine: session.timeOut(at: work.configuration.clock())
        case .answer: break
        case .nothing: return context.close(promise: nil)
        }
        drive(context)
    }

    /// Closes in two steps (RFC 9112 §9.6): at once for sending; for reading when the client has
    /// closed too, or the linger time is over.
    private func close(_ context: ChannelHandlerContext) {
        let sent = context.eventLoop.makePromise(of: Void.self)
        context.write(wrapOutboundOut(ByteBuffer()), promise: sent)
        sent.futureResult.assumeIsolated().whenComplete { _ in
            context.close(mode: self.isInputOver ? .all : .output, promise: nil)
            self.clock.sawBytes()
            self.isLingering = true
            self.setTimer(context)
        }
    }

    private func log(
        _ entry: ServerLogEntry,
        at now: WallTime,
        _ context: ChannelHandlerContext
    ) {
        work.configuration.requestLog?.add(entry, of: client, at: now, on: context.eventLoop)
    }
}
