import Findings
import HTTPWire

/// Pairs the requests and responses of one connection by their order and by what each side had
/// received when it sent.
///
/// A response answers the earliest request without one whose first bytes its sender had
/// acknowledged; requests whose answer fell into a gap of the capture are passed over. What gaps may
/// hide is in ``doubt``.
///
/// However many requests wait for an answer, each step costs the same: what is not over and no
/// longer unanswered stands in front of the first unanswered request, and is little.
struct ExchangePairer: Sendable {
    /// The exchanges that are not finished, in the order of their requests, from `head` on.
    var items: [OpenExchange] = []
    var head = 0

    /// Nothing in front of it is unanswered; what is has its final index.
    var firstCandidate = 0

    /// The exchange whose request is being read, and the one whose response is.
    var requestPosition: Int?
    var responsePosition: Int?

    /// The index of the next exchange of the stream.
    var nextIndex = 0

    /// Whether an exchange may have been finished since the last was taken.
    private(set) var hasSettled = false

    /// The places of the server's stream that the capture lacks; the latest few.
    private var gaps: [Range<Int>] = []

    /// Where requests began whose client had received more than it had before: what it had.
    private var steps: [(request: Int, acknowledged: Int)] = []

    /// What the order of messages does not tell.
    var doubt = PairingDoubt()

    /// Findings about the stream that no exchange has taken up yet.
    var pendingFindings: [Finding] = []

    /// The requests whose exchanges were given up for want of memory and that wait for their answers
    /// all the same, oldest first; each is older than all of ``items``.
    var givenUp: [GivenUpRequest] = []

    /// How many exchanges there have been.
    var count: Int { nextIndex }

    /// The positions of the exchanges that are not finished.
    var positions: Range<Int> { head..<items.count }

    /// Looks at, or changes, an open exchange.
    subscript(position: Int) -> OpenExchange {
        _read { yield items[position] }
        _modify {
            yield &items[position]
            if items[position].isOver { hasSettled = true }
        }
    }

    /// The last of those whose response has ended.
    var lastAnswered: Int? {
        items[head..<max(head, min(firstCandidate + 1, items.count))].lastIndex {
            $0.responseProgress == .done
        }
    }

    /// The first request that waits for its response.
    mutating func firstUnanswered() -> Int? {
        while firstCandidate < items.count {
            if items[firstCandidate].isUnanswered { return firstCandidate }
            items[firstCandidate].index = nextIndex - (items.count - firstCandidate)
            firstCandidate += 1
        }
        return nil
    }

    /// Adds an exchange whose request begins behind those of all others.
    ///
    /// - Parameters:
    ///   - exchange: the exchange, whose response is not known yet.
    ///   - quiet: whether, when it was sent, nothing of the server's was under way.
    /// - Returns: its position.
    mutating func append(_ exchange: OpenExchange, _ quiet: Quiet) -> Int {
        passOverUnseenAnswer(receivedBy: exchange)
        noteProgress(of: exchange, quiet)
        if exchange.requestAcknowledged > steps.last?.acknowledged ?? .min {
            if steps.count >= 2 * (items.count - head) + 64 { dropSteps() }
            steps.append((exchange.requestOffset, exchange.requestAcknowledged))
        }
        nextIndex += 1
        items.append(exchange)
        if !doubt.isNone { doubt.passUnseen(to: &items[items.count - 1]) }
        return items.count - 1
    }

    /// Adds an exchange without request in front of the first unanswered one: it is older.
    mutating func insertWithoutRequest(_ exchange: OpenExchange) -> Int {
        if exchange.isOver { hasSettled = true }
        guard firstUnanswered() != nil else {
            nextIndex += 1
            items.append(exchange)
            return items.count - 1
        }
        if head == 0 { makeRoomInFront() }
        let place = firstCandidate
        var item = exchange
        item.index = nextIndex - (items.count - place)
        nextIndex += 1
        // What stands in front moves up into the room there.
        head -= 1
        for index in head..<place - 1 { items.swapAt(index, index + 1) }
        items[place - 1] = item
        movePositions { $0 < place ? $0 - 1 : $0 }
        return place - 1
    }

    /// Notes bytes of the server's stream that the capture lacks.
    mutating func noteGap(_ range: Range<Int>) {
        if let last = gaps.last, last.upperBound == range.lowerBound {
            gaps[gaps.count - 1] = last.lowerBound..<range.upperBound
            return
        }
        if gaps.count == 64 { gaps.removeFirst() }
        gaps.append(range)
    }

    /// Whether the capture lacks bytes of the server's stream that the client had not received when
    /// it sent this request.
    func hasGap(behind position: Int) -> Bool {
        gaps.last.map { $0.upperBound > self[position].requestAcknowledged } ?? false
    }

    /// Finds the request that a response answers.
    ///
    /// - Parameters:
    ///   - start: where the response begins in the server's stream.
    ///   - acknowledged: how far the server had received the client's stream by then.
    ///   - isFinal: whether it is the final one.
    /// - Returns: the position of its exchange, or `nil` where there is none.
    mutating func match(responseAt start: Int, acknowledged: Int, isFinal: Bool) -> Int? {
        if doubt.unseenResponses > 0 { passOverUnseenResponses(acknowledged) }
        while let candidate = firstUnanswered(), items[candidate].requestOffset < acknowledged {
            if items[candidate].unseenBefore > 0 {
                if isFinal { items[candidate].unseenBefore -= 1 }
                return nil
            }
            guard isAnswerInGap(candidate, responseAt: start) else { return candidate }
            self[candidate].absence = .responseNotCaptured
        }
        if isFinal, doubt.unseenRequests > 0 { doubt.unseenRequests -= 1 }
        return nil
    }

    /// Whether the client went on to its next request after receiving bytes of which the capture
    /// lacks some, all of them before `start`: the answer was among these.
    private func isAnswerInGap(_ position: Int, responseAt start: Int) -> Bool {
        guard !gaps.isEmpty else { return false }
        let item = items[position]
        let received = item.requestAcknowledged
        let first = steps.partition { $0.acknowledged > received }
        let behind = steps.partition { $0.request > item.requestOffset }
        guard max(first, behind) < steps.count else { return false }
        let answer = received..<max(received, steps[max(first, behind)].acknowledged)
        return start >= answer.upperBound && gaps.contains { $0.overlaps(answer) }
    }

    /// Where the client has received nothing but bytes that the capture lacks since its oldest
    /// request, as where one direction is captured alone, the answer is not waited for.
    private mutating func passOverUnseenAnswer(receivedBy next: OpenExchange) {
        guard let gap = gaps.last, responsePosition == nil, let oldest = firstUnanswered(),
            items[oldest].requestAcknowledged < next.requestAcknowledged,
            gap.lowerBound <= items[oldest].requestAcknowledged,
            gap.upperBound >= next.requestAcknowledged
        else { return }
        self[oldest].absence = .responseNotCaptured
    }

    /// Forgets steps of requests that are finished.
    private mutating func dropSteps() {
        let oldest = firstUnanswered().map { items[$0].requestOffset } ?? .max
        steps.removeFirst(max(0, steps.partition { $0.request >= oldest } - 1))
    }

    /// Takes out the next exchange that is finished.
    mutating func takeSettled() -> OpenExchange? {
        guard hasSettled else { return nil }
        let end = firstUnanswered() ?? items.count
        guard let position = items[head..<end].firstIndex(where: \.isOver) else {
            hasSettled = false
            return nil
        }
        return take(position)
    }
}
