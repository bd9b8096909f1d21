import Findings
import HTTPWire

/// Pairs the requests and responses of one connection by their order and by what each side had
/// received when it sent.
///
/// A response answers the earliest request without one whose first bytes its sender had
/// acknowledged; requests whose answer fell into a gap of the capture are passed over.
struct ExchangePairer: Sendable {
    /// The exchanges that are not finished, in the order of their requests.
    private(set) var open: [OpenExchange] = []

    /// The index of the next exchange of the stream.
    private var nextIndex = 0

    /// The places of the server's stream that the capture lacks; the latest few.
    private var gaps: [Range<Int>] = []

    /// Findings about the stream that no exchange has taken up yet.
    var pendingFindings: [Finding] = []

    /// How many exchanges there have been.
    var count: Int { nextIndex }

    /// Looks at, or changes, an open exchange.
    subscript(position: Int) -> OpenExchange {
        _read { yield open[position] }
        _modify { yield &open[position] }
    }

    /// Whether a request waits for its response.
    var hasUnanswered: Bool { open.contains { $0.isUnanswered } }

    /// Adds an exchange behind the others; answers its position.
    mutating func append(_ exchange: OpenExchange) -> Int {
        var exchange = exchange
        exchange.exchange.index = nextIndex
        nextIndex += 1
        open.append(exchange)
        return open.count - 1
    }

    /// Adds an exchange in front of the first request that began at or after `offset`: it is older
    /// than that.
    mutating func insert(_ exchange: OpenExchange, before offset: Int) -> Int {
        let position =
            open.firstIndex { $0.isUnanswered && $0.requestOffset >= offset } ?? open.count
        guard position < open.count else { return append(exchange) }
        var exchange = exchange
        exchange.exchange.index = open[position].exchange.index
        for later in position..<open.count { open[later].exchange.index += 1 }
        nextIndex += 1
        open.insert(exchange, at: position)
        return position
    }

    /// Notes bytes of the server's stream that the capture lacks.
    mutating func noteGap(_ range: Range<Int>) {
        if gaps.count == 64 { gaps.removeFirst() }
        gaps.append(range)
    }

    /// Finds the request that a response answers.
    ///
    /// - Parameters:
    ///   - start: where the response begins in the server's stream.
    ///   - acknowledged: how far the server had received the client's stream by then.
    /// - Returns: the position of its exchange, or `nil` where there is none.
    mutating func match(responseAt start: Int, acknowledged: Int) -> Int? {
        var position = open.startIndex
        while let candidate = open[position...].firstIndex(where: { $0.isUnanswered }),
            open[candidate].requestOffset < acknowledged
        {
            guard isAnswerInGap(candidate, responseAt: start) else { return candidate }
            open[candidate].exchange.absence = .responseNotCaptured
            position = candidate + 1
        }
        return nil
    }

    /// Whether the client went on to its next request after receiving bytes of which the capture
    /// lacks some, all of them before `start`: the answer was among these.
    private func isAnswerInGap(_ position: Int, responseAt start: Int) -> Bool {
        let received = open[position].requestAcknowledged
        guard
            let next = open[(position + 1)...].first(where: {
                $0.requestProgress != .absent && $0.requestAcknowledged > received
            })
        else { return false }
        let answer = received..<next.requestAcknowledged
        return start >= answer.upperBound && gaps.contains { $0.overlaps(answer) }
    }

    /// Whether an exchange is finished.
    var hasSettled: Bool { open.contains(where: Self.isOver) }

    /// Takes out the exchanges that are finished.
    mutating func takeSettled() -> [Exchange] {
        let settled = open.filter(Self.isOver).map(\.exchange)
        open.removeAll(where: Self.isOver)
        return settled
    }

    private static func isOver(_ item: OpenExchange) -> Bool {
        item.isSettled || item.exchange.absence != nil && item.requestProgress != .begun
    }
}
