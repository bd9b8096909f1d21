import Reassembly

/// What is told of the streams that no open exchange takes up.
struct Aftermath: Sendable {
    /// The number of the last finished exchange, as long as findings may be added to it.
    var lastFinished: Int?
    /// Whether segments of the connection wait for others.
    var isWaiting = false
    /// What TCP cost before there was an exchange to charge it to.
    var pendingCost = TransportCost()
    /// Conflicts between bytes that came again and those that were taken, which are not noted yet.
    var conflicts: [(direction: Direction, conflict: OverlapConflict)] = []

    init(isWaiting: Bool) { self.isWaiting = isWaiting }
}
