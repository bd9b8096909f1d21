public import Packets

/// That one end of a connection closed it, or reset it.
public struct ConnectionEnd: Sendable, Hashable {
    /// Who did.
    public var side: Side

    /// How.
    public var manner: Manner

    /// The number of the frame with the FIN or the RST, as ``Message/firstFrame``.
    public var frame: Int

    /// When that was captured.
    public var time: Timestamp

    /// From the first byte of the exchange's request to that frame, in nanoseconds, negative where
    /// the frame came first; `nil` where the capture has no request, or one of the times cannot be
    /// told.
    public var sinceRequest: Int64?

    /// An end of a connection, by the name that output for programs uses.
    public enum Side: String, CaseIterable, Sendable, Hashable {
        /// The end that sends requests.
        case client
        /// The end that answers.
        case server
    }

    /// A way to end a connection, by the name that output for programs uses.
    public enum Manner: String, CaseIterable, Sendable, Hashable {
        /// By a FIN: its sender sends no more (RFC 9293 §3.6).
        case closed
        /// By a RST: nothing more is sent or taken (RFC 9293 §3.5.2).
        case reset
    }

    /// Who and how in one word, such as `server-closed`.
    public var name: String { "\(side.rawValue)-\(manner.rawValue)" }
}
