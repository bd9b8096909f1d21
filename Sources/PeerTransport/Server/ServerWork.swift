internal import Logging
internal import NIOCore
internal import NIOPosix
internal import Peers
internal import Synchronization

/// What all connections of a server have in common.
struct ServerWork: Sendable {
    let configuration: HTTPFileServerConfiguration
    let service: FileService
    let logger: Logger
    let registry: ConnectionRegistry
    /// File systems block; the event loops must not.
    private let readers = NIOThreadPool.singleton
    private let hosts: ServedHosts
    /// Warns that a connection or file could not be opened for want of a descriptor.
    let isOutOfDescriptors: RareWarning
    /// The content of requests under way, of all connections.
    let buffered = BufferedContent()
    /// Warns that a connection was declined.
    let isFull: RareWarning
    /// Warns that content was refused for want of memory.
    let isCrowded: RareWarning

    init(
        _ configuration: HTTPFileServerConfiguration,
        service: FileService,
        logger: Logger
    ) {
        self.configuration = configuration
        self.service = service
        self.logger = logger
        registry = ConnectionRegistry(limit: configuration.connections)
        hosts = ServedHosts(
            listeningOn: configuration.address,
            names: configuration.allowedHosts
        )
        isOutOfDescriptors = RareWarning(
            "out of file descriptors: connections wait until one is free",
            logger
        )
        isCrowded = RareWarning(
            "\(configuration.bufferedContent) bytes of content are on their way: more gets 503",
            logger
        )
        isFull = RareWarning(
            "all \(configuration.connections) connections are busy: a new one got 503",
            logger
        )
    }

    /// A session for a new connection.
    func makeSession() -> ServerSession {
        let encoder = ResponseEncoder(wire: configuration.wire, address: configuration.address)
        var limits = configuration.limits
        if configuration.requestLog == nil { limits.loggedRequest = 0 }
        return ServerSession(encoder: encoder, limits: limits, hosts: hosts)
    }

    /// The answer to content for which there is no memory.
    var crowded: Answer {
        Answer(.unavailable, "Too much content is on its way to this server; try again later.")
    }

    /// Carries a request out on a thread that may wait; where it lacks a descriptor, an idle
    /// connection has to make room, and it is tried again.
    func answer(
        _ request: FileRequest,
        on loop: any EventLoop,
        attempts: Int = 5
    ) -> EventLoopFuture<Answer> {
        // Changes wait for each other anyway, and for the disk: they hold no reader up.
        let pool = request.isChange ? Self.writer : readers
        return pool.runIfActive(eventLoop: loop) { [service] in service.answer(request) }
            .flatMapErrorThrowing { _ in
                // The pool was shut down: the process ends.
                Answer(.internalError, "The server stops.")
            }
            .flatMap { answer in
                guard answer.status == .unavailable else {
                    return loop.makeSucceededFuture(answer)
                }
                isOutOfDescriptors.give()
                registry.makeRoom()
                guard attempts > 1 else { return loop.makeSucceededFuture(answer) }
                return loop.flatScheduleTask(in: AcceptWatch.pause) {
                    self.answer(request, on: loop, attempts: attempts - 1)
                }
                .futureResult
            }
    }

    private static let writer = {
        let pool = NIOThreadPool(numberOfThreads: 1)
        pool.start()
        return pool
    }()

    /// The answer to a connection beyond the limit.
    var full: Answer {
        Answer(.unavailable, "All \(configuration.connections) connections are in use.")
    }
}

/// How many bytes of content the connections keep in memory, taken together.
final class BufferedContent: Sendable {
    private let total = Atomic<Int>(0)

    /// Takes note of so many more, or fewer, and answers the total.
    func add(_ count: Int) -> Int { total.add(count, ordering: .relaxed).newValue }
}
