internal import Bytes
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
    private var client = "?"
    private var timer: Scheduled<Void>?
    private var isDriving = false
    private var isInputOver = false
    /// Whether the last response is sent, and what still comes is only read to be dropped.
    private var isLingering = false
    private var isReadWithheld = false

    init(work: ServerWork) {
        self.work = work
        session = work.makeSession()
    }

    func channelActive(context: ChannelHandlerContext) {
        guard work.registry.add(context.channel) else {
            return context.close(promise: nil)
        }
        if let address = context.remoteAddress, let host = address.ipAddress {
            client = "\(HostAndPort(host: host, port: address.port ?? 0))"
        }
        drive(context)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = unwrapInboundIn(data)
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
        timer?.cancel()
        timer = nil
        context.fireChannelInactive()
    }

    /// Does what the session asks for, as long as the client takes what is sent.
    private func drive(_ context: ChannelHandlerContext) {
        if isDriving { return }
        isDriving = true
        defer { isDriving = false }
        while isWritable(context), let action = session.nextAction(at: work.configuration.clock()) {
            switch action {
            case .perform(let request): perform(request, context)
            case .send(let bytes): send(bytes, context)
            case .sendFile(let file, let range): send(file, range, context)
            case .log(let entry): log(entry)
            case .close: close(context)
            }
        }
        context.flush()
        setTimer(context)
        if isReadWithheld { read(context: context) }
    }

    private func isWritable(_ context: ChannelHandlerContext) -> Bool {
        if !context.channel.isWritable { context.flush() }
        return context.channel.isWritable
    }

    private func perform(_ request: FileRequest, _ context: ChannelHandlerContext) {
        let service = work.service
        work.pool.runIfActive(eventLoop: context.eventLoop) { service.answer(request) }
            .assumeIsolated()
            .whenComplete { result in
                switch result {
                case .success(let answer): self.session.answer(answer)
                // The pool was shut down: the process ends.
                case .failure: self.session.answer(Answer(.internalError, "The server stops."))
                }
                self.drive(context)
            }
    }

    /// Sends in pieces: each that is gone shows that the client still takes something.
    private func send(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
        var rest = ByteBuffer(bytes: bytes)
        while let piece = rest.readSlice(length: min(rest.readableBytes, 64 << 10)),
            piece.readableBytes > 0
        {
            context.write(wrapOutboundOut(piece)).assumeIsolated().whenSuccess {
                self.setTimer(context)
            }
        }
    }

    /// Sends from the disk, without the bytes coming by here.
    private func send(_ file: SharedFile, _ range: Range<Int>, _ context: ChannelHandlerContext) {
        let handle = NIOFileHandle(_deprecatedTakingOwnershipOfDescriptor: file.rawDescriptor)
        let region = FileRegion(
            fileHandle: handle,
            readerIndex: range.lowerBound,
            endIndex: range.upperBound
        )
        context.write(NIOAny(IOData.fileRegion(region))).assumeIsolated().whenComplete { _ in
            // The descriptor stays with the file, which may be sent elsewhere at the same time.
            _ = try? handle.takeDescriptorOwnership()
            withExtendedLifetime(file) {}
            self.setTimer(context)
        }
    }

    private func setTimer(_ context: ChannelHandlerContext) {
        // What is dropped must not keep the connection open.
        if isLingering, timer != nil { return }
        timer?.cancel()
        timer = nil
        let limit = work.timeLimit(for: session.wait, isLingering: isLingering)
        guard let limit, context.channel.isActive else { return }
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: limit) {
            self.timer = nil
            self.timeIsUp(context)
        }
    }

    private func timeIsUp(_ context: ChannelHandlerContext) {
        switch session.wait {
        case .blankLine: session.silence()
        case .request, .more: session.timeOut(at: work.configuration.clock())
        case .answer: break
        case .nothing: return context.close(promise: nil)
        }
        // A client that takes nothing of what is sent will not take the rest either.
        if context.channel.isWritable { drive(context) } else { context.close(promise: nil) }
    }

    /// Closes in two steps (RFC 9112 §9.6): at once for sending; for reading when the client has
    /// closed too, or the linger time is over.
    private func close(_ context: ChannelHandlerContext) {
        let sent = context.eventLoop.makePromise(of: Void.self)
        context.write(wrapOutboundOut(ByteBuffer()), promise: sent)
        sent.futureResult.assumeIsolated().whenComplete { _ in
            context.close(mode: self.isInputOver ? .all : .output, promise: nil)
            self.timer?.cancel()
            self.timer = nil
            self.isLingering = true
            self.setTimer(context)
        }
    }

    private func log(_ entry: ServerLogEntry) {
        let omitted = entry.receivedCount - entry.received.count
        let rest = omitted > 0 ? " and \(omitted) bytes more" : ""
        let text = EscapedText.escape(entry.received.span)
        work.logger.info("\(client) \(entry.status.rawValue) \(text)\(rest)")
    }
}
