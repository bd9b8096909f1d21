/// What the messages that were not handed over yet take of memory, in bytes; see
/// ``MessageHead/footprint``.
package struct StreamHoldings: Sendable {
    /// What finished exchanges take, which ``StreamEventReceiver/sealAll()`` lets go.
    var finishedFootprint = 0
    /// The slots of the connections that have unfinished messages, and what these take.
    var unfinished: [(slot: Int, footprint: Int)] = []

    package init() {}

    /// Adds those of other connections.
    package mutating func add(_ other: StreamHoldings) {
        finishedFootprint += other.finishedFootprint
        unfinished += other.unfinished
    }
}
