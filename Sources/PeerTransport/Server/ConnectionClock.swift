internal import NIOCore
internal import Peers

/// The time limits of one connection: what it waits for, since when, and for how long.
struct ConnectionClock {
    private let configuration: HTTPFileServerConfiguration
    /// When the connection, the last request or the last pause of the output began.
    private var lastByte = NIODeadline.now()
    /// When the request that is under way began, and how many were answered before it.
    private var request: (began: NIODeadline, number: Int)?

    init(_ configuration: HTTPFileServerConfiguration) { self.configuration = configuration }

    /// Takes note that bytes came or went.
    mutating func sawBytes() { lastByte = .now() }

    /// The moment at which the wait is over; `nil` for never.
    ///
    /// - Parameters:
    ///   - wait: what is waited for.
    ///   - answered: how many requests were answered on the connection.
    ///   - isSending: whether the client has not taken everything that is sent.
    ///   - isLingering: whether the connection is closed for sending.
    /// - Returns: the moment.
    mutating func deadline(
        of wait: ServerWait,
        answered: Int,
        isSending: Bool,
        isLingering: Bool
    ) -> NIODeadline? {
        switch wait {
        case .nothing where isLingering: return after(configuration.lingerTime)
        case .answer: return isSending ? after(configuration.betweenBytesTime) : nil
        case .nothing: return after(configuration.betweenBytesTime)
        case .request:
            if isSending { return after(configuration.betweenBytesTime) }
            let isFirst = answered == 0
            return after(isFirst ? configuration.firstByteTime : configuration.keepAliveTime)
        case .more, .blankLine:
            if request?.number != answered { request = (lastByte, answered) }
            let began = request?.began ?? lastByte
            let idle = wait == .blankLine
            let silence = after(idle ? configuration.idleTime : configuration.betweenBytesTime)
            return min(silence, began + TimeAmount(configuration.requestTime))
        }
    }

    /// Whether the request that is under way has taken longer than one may.
    var isRequestOverdue: Bool {
        guard let began = request?.began else { return false }
        return NIODeadline.now() >= began + TimeAmount(configuration.requestTime)
    }

    private func after(_ time: Duration) -> NIODeadline { lastByte + TimeAmount(time) }
}
