public import Packets
internal import Reassembly

/// A server that answered only when connections to it were asked for again.
public struct SlowEndpoint: Sendable, Hashable {
    /// The end that connections were asked of.
    public var server: Endpoint
    /// How many there were.
    public var connections: Int
    /// The longest of the times from a first SYN to the end of the handshake, in nanoseconds.
    public var longestConnect: Int64
}

extension SlowEndpoint {
    /// What is known of `connection`; `nil` where it came about at the first attempt, or not at all.
    init?(_ connection: borrowing TCPConnection) {
        guard connection.handshakeRepeats > 0, let initiator = connection.initiator,
            let time = connection.connectTime, time >= 0
        else { return nil }
        server = initiator == .forward ? connection.backwardSource : connection.forwardSource
        connections = 1
        longestConnect = time
    }
}

extension [SlowEndpoint] {
    /// The most endpoints that are kept.
    private static let limit = 64

    /// Adds what was slow to that of the same endpoint.
    mutating func note(_ slow: SlowEndpoint) {
        if let known = firstIndex(where: { $0.server == slow.server }) {
            self[known].connections += slow.connections
            let longest = Swift.max(self[known].longestConnect, slow.longestConnect)
            self[known].longestConnect = longest
        } else if count < Self.limit {
            append(slow)
        }
    }
}
