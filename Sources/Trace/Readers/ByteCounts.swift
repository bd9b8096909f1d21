/// How many bytes of a connection were delivered, and what they were.
struct ByteCounts: Sendable {
    /// Bytes delivered; those that belong to no message; those of another protocol.
    var delivered = 0
    var unclaimed = 0
    var switched = 0

    /// Adds the sums to those of the capture, once the connection is over.
    ///
    /// - Parameters:
    ///   - hasHTTP: whether there was a message of HTTP on the connection.
    ///   - summary: that of the capture.
    func add(hasHTTP: Bool, to summary: inout TraceSummary) {
        summary.ledger.message += delivered - unclaimed - switched
        summary.ledger.unclaimed += hasHTTP ? unclaimed : 0
        summary.ledger.notHTTP += hasHTTP ? switched : unclaimed + switched
    }
}
