internal import NIOCore

/// Watches over the socket that takes connections in: where one cannot be taken in, for want of a
/// descriptor most of all, it says so and has an idle connection make room.
final class AcceptWatch: ChannelInboundHandler {
    typealias InboundIn = any Channel

    /// How long nothing is taken in after a failure, so that it does not fail all the time.
    static let pause = TimeAmount.milliseconds(50)

    private let work: ServerWork

    init(work: ServerWork) { self.work = work }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if let error = error as? IOError, error.isLackOfDescriptors {
            work.isOutOfDescriptors.give()
            work.registry.makeRoom()
        } else {
            work.logger.debug("a connection could not be taken in: \(error)")
        }
        context.fireErrorCaught(error)
    }
}
