public import Packets

/// A connection that was reset while nothing was asked, answered or closed on it: the next request
/// on it fails.
public struct IdleReset: Sendable, Hashable {
    /// The number of the connection, as ``Exchange/stream``.
    public var stream: Int
    /// The end that sends requests.
    public var client: Endpoint
    /// The end that answers.
    public var server: Endpoint
    /// Who reset it.
    public var side: ConnectionEnd.Side
    /// The number of the frame with the RST.
    public var frame: Int
    /// From the end of the last response to that frame, in nanoseconds; `nil` where that cannot be
    /// told.
    public var idle: Int64?
}

extension [IdleReset] {
    /// The most of them that are kept.
    private static let limit = 16

    /// Keeps `reset` if it is one of the first of the capture, in whatever order they come.
    mutating func note(_ reset: IdleReset) {
        let place = firstIndex { $0.frame > reset.frame } ?? count
        guard place < Self.limit else { return }
        insert(reset, at: place)
        if count > Self.limit { removeLast() }
    }
}
