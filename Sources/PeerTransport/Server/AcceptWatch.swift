internal import NIOCore

/// Watches over the socket that takes connections in: where one cannot be taken in, for want of a
/// descriptor most of all, it says so, has an idle connection make room, and rests for a while.
final class AcceptWatch: ChannelInboundHandler {
    typealias InboundIn = any Channel

    /// How long nothing is taken in after a failure, so that it does not fail all the time.
    static let pause = TimeAmount.milliseconds(50)

    private let work: ServerWork
    private var isResting = false

    init(work: ServerWork) { self.work = work }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if let error = error as? IOError, error.isLackOfDescriptors {
            work.isOutOfDescriptors.give()
            work.registry.makeRoom()
        } else {
            work.logger.debug("a connection could not be taken in: \(error)")
        }
        rest(context)
        context.fireErrorCaught(error)
    }

    /// Withholding reads would not do: who waits to be taken in keeps the socket readable, and the
    /// event loop would be woken for it again and again.
    private func rest(_ context: ChannelHandlerContext) {
        guard !isResting else { return }
        isResting = true
        try? context.channel.syncOptions?.setOption(.autoRead, value: false)
        context.eventLoop.assumeIsolated().scheduleTask(in: Self.pause) {
            self.isResting = false
            try? context.channel.syncOptions?.setOption(.autoRead, value: true)
        }
    }
}
