public import Packets

/// A connection on which something other than HTTP/1 is spoken.
public struct ForeignConnection: Sendable, Hashable {
    /// The number of the connection, as ``Exchange/stream``.
    public var stream: Int
    /// The end that opened it, or is taken for that.
    public var client: Endpoint
    /// The other end.
    public var server: Endpoint
    /// What is spoken, as far as its first bytes tell; else `unknown`.
    public var protocolName: String
    /// The name of the server that the client asked for, where TLS tells it in clear; what cannot
    /// be shown is escaped.
    public var serverName: String?
}

extension [ForeignConnection] {
    /// The most of them that are kept.
    private static let limit = 16

    /// Keeps `connection` if it is one of the first of the capture, in whatever order they come.
    mutating func note(_ connection: ForeignConnection) {
        let place = firstIndex { $0.stream > connection.stream } ?? count
        guard place < Self.limit else { return }
        insert(connection, at: place)
        if count > Self.limit { removeLast() }
    }
}
