import HTTPWire

/// What is kept of a request whose exchange was given up for want of memory: what its answer needs.
struct GivenUpRequest: Sendable {
    /// Where it began in the client's stream, in bytes.
    var offset: Int
    /// What a response to it has to be told.
    var answering: AnsweredRequest
}

// A request that was given up still takes its answer: else that would go to the next request.
extension ExchangePairer {
    /// Gives up the exchanges that wait for an answer, and keeps in mind that the answers are due.
    mutating func giveUpUnanswered() {
        for position in positions where self[position].isUnanswered {
            givenUp.append(
                GivenUpRequest(
                    offset: self[position].requestOffset,
                    answering: self[position].answering
                )
            )
            self[position].absence = .responseNotCaptured
        }
    }

    /// Finds the request that was given up and that a response answers.
    ///
    /// - Parameters:
    ///   - acknowledged: how far the server had received the client's stream when it answered.
    ///   - isInterim: whether the final response is still to come.
    /// - Returns: what is kept of it; `nil` where the response answers another.
    mutating func matchGivenUp(acknowledged: Int, isInterim: Bool) -> GivenUpRequest? {
        guard let first = givenUp.first, first.offset < acknowledged else { return nil }
        if !isInterim { givenUp.removeFirst() }
        return first
    }
}
