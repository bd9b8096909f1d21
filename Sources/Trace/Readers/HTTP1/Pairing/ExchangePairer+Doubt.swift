// What is made of messages that the capture may lack: see ``PairingDoubt``.
extension ExchangePairer {
    /// What was under way when a request was sent, as far as that is known.
    struct Quiet: Sendable {
        /// Whether the client had received all that the server had sent, and no response had begun
        /// and not ended.
        var hasReceivedAll = false
        /// Whether the server had received all that the client had sent before it sent the last of
        /// that.
        var isAskedAll = false
    }

    /// Draws from a request that is sent now what has become of those before it.
    mutating func noteProgress(of next: OpenExchange, _ quiet: Quiet) {
        if doubt.isOrderEnough { return noteOverlap(of: next) }
        if doubt.unrecognized != nil { passOverUnrecognized(next) }
        guard !doubt.isNone, quiet.hasReceivedAll else { return }
        while let oldest = firstUnanswered(),
            items[oldest].requestAcknowledged < next.requestAcknowledged, hasGap(behind: oldest)
        {
            self[oldest].absence = .responseNotCaptured
            doubt.unseenResponses = max(0, doubt.unseenResponses - 1)
        }
        if firstUnanswered() == nil {
            // A request and its answer may both be missing.
            doubt.unseenRequests = max(0, doubt.unseenRequests - doubt.unseenResponses)
            doubt.unseenResponses = 0
            if quiet.isAskedAll, !doubt.isOverlapping { doubt.settle() }
        }
    }

    /// Takes note of a request that was sent when an answer had come, and others had not.
    private mutating func noteOverlap(of next: OpenExchange) {
        guard let oldest = firstUnanswered(),
            items[oldest].requestAcknowledged < next.requestAcknowledged
        else { return }
        doubt.isOverlapping = true
    }

    /// Bytes that are no message count as the answer when the client goes on behind them.
    private mutating func passOverUnrecognized(_ next: OpenExchange) {
        guard let bytes = doubt.unrecognized, bytes.lowerBound < next.requestAcknowledged else {
            return
        }
        doubt.unrecognized = nil
        guard let oldest = firstUnanswered(),
            items[oldest].requestAcknowledged <= bytes.lowerBound
        else { return }
        self[oldest].absence = .responseNotRecognized
        if firstUnanswered() != nil { doubt.isOfResponses = true }
    }

    /// Passes over the requests whose answers are certain to be in a gap, but for the last that the
    /// server had received: the response at hand is to one.
    mutating func passOverUnseenResponses(_ acknowledged: Int) {
        while doubt.unseenResponses > 0 {
            doubt.unseenResponses -= 1
            guard let oldest = firstUnanswered(), items[oldest].requestOffset < acknowledged else {
                doubt.unseenRequests = max(0, doubt.unseenRequests - 1)
                continue
            }
            if items[oldest].unseenBefore > 0 {
                items[oldest].unseenBefore -= 1
            } else if isAnother(behind: oldest, acknowledged) {
                self[oldest].absence = .responseNotCaptured
            }
        }
    }

    /// Whether the server had received another request that waits for an answer, behind this one.
    func isAnother(behind position: Int, _ acknowledged: Int) -> Bool {
        let next = position + 1
        if next < items.count { return items[next].requestOffset < acknowledged }
        return doubt.unseenRequests > 0 && doubt.unseenBegin < acknowledged
    }

    /// Whether more than one reading pairs the request at `position` with a response.
    func isInDoubt(_ position: Int) -> Bool {
        doubt.isOfResponses || items[position].isInDoubt
    }
}
