public import Packets

/// A server to which connections failed before anything was sent, in one way.
public struct FailedEndpoint: Sendable, Hashable {
    /// The end that connections were asked of.
    public var server: Endpoint
    /// What became of them.
    public var outcome: FailedConnection.Outcome
    /// How many there were.
    public var connections: Int
    /// How many SYNs were sent for them.
    public var attempts: Int
}

extension FailedEndpoint {
    init(_ failed: FailedConnection) {
        server = failed.server
        outcome = failed.outcome
        connections = 1
        attempts = failed.attempts
    }
}

extension [FailedEndpoint] {
    /// The most endpoints that are kept: a scan of ports has tens of thousands.
    private static let limit = 64

    /// Adds what failed to that of the same endpoint.
    mutating func note(_ failed: FailedEndpoint) {
        let known = firstIndex { $0.server == failed.server && $0.outcome == failed.outcome }
        if let known {
            self[known].connections += failed.connections
            self[known].attempts += failed.attempts
        } else if count < Self.limit {
            append(failed)
        }
    }
}
