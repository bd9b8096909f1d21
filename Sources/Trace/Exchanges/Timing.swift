import Packets

/// How long the parts of an exchange took, in nanoseconds, in the way the HTTP Archive format (HAR)
/// means them; `nil` where the capture cannot tell.
///
/// All times are those of the frames at the place where the capture was made: see ``observed``. A
/// message begins with the frame of its first byte and ends with the frame whose arrival completed
/// it. Where a gap of the capture, or its end, hides the last byte, what depends on it is `nil`, and
/// so is what would be measured across a place where the capture's clock went back, or from a frame
/// that has no time.
public struct Timing: Sendable, Hashable {
    /// From the first SYN to the ACK that completes the handshake; on the stream's first exchange.
    @Nanoseconds public var connect: Int64?

    /// From the SYN to the SYN-ACK: the round trip from the capture to the server; on the stream's
    /// first exchange, and `nil` where one of the two was sent more than once.
    @Nanoseconds public var serverRoundTrip: Int64?

    /// From the end of the handshake, or of what was sent before, to the request's first byte: how
    /// long the connection was idle.
    ///
    /// `nil` for a request that was sent while an earlier one was open.
    @Nanoseconds public var blocked: Int64?

    /// From the first byte of the request to its last.
    @Nanoseconds public var send: Int64?

    /// How long a client that expects 100 (Continue) waited with its content.
    ///
    /// From the end of the header section to the first byte of that, of the final response, or of
    /// the content, whichever came first. It is a part of ``send``, or of ``wait`` where no content
    /// was sent.
    @Nanoseconds public var expectation: Int64?

    /// From the last byte of the request to the first byte of the final response; `nil` where that
    /// came earlier.
    @Nanoseconds public var wait: Int64?

    /// From the first byte of the request to the first byte of the final response.
    @Nanoseconds public var firstByte: Int64?

    /// From the first byte of the final response to its last.
    @Nanoseconds public var receive: Int64?

    /// From the first byte of the request to the last byte of the final response, or of the request
    /// where that went on longer.
    @Nanoseconds public var total: Int64?

    /// From the first byte of the request to what ended the wait for the rest of the response, or for
    /// one at all: the client's close, the server's, or a reset; `nil` where the response is whole, or
    /// may be but for the capture.
    ///
    /// A client that closes its own side early may have waited longer.
    @Nanoseconds public var waited: Int64?

    package init() {}

    /// From the SYN-ACK to the ACK that completes the handshake: the round trip from the capture to
    /// the client, its time to answer included; where ``serverRoundTrip`` is there too.
    public var clientRoundTrip: Int64? {
        guard let connect, let serverRoundTrip, connect >= serverRoundTrip else { return nil }
        return connect - serverRoundTrip
    }

    /// Where the capture was made, by the handshake's two round trips; on the stream's first
    /// exchange, and `nil` where they do not tell, as with both ends on one machine.
    public var observed: ObservationPoint? {
        guard let near = clientRoundTrip, let far = serverRoundTrip else { return nil }
        let limit = ObservationPoint.localRoundTrip
        if near >= limit, far >= limit { return .between }
        if near < limit, far >= limit, far >= 4 * near { return .client }
        if far < limit, near >= limit, near >= 4 * far { return .server }
        return nil
    }

    /// From one time to another; `nil` where one of them is not known, and where the second is the
    /// earlier.
    static func span(from start: Timestamp?, to end: Timestamp?) -> Int64? {
        guard let start, let end, start.isKnown, end.isKnown else { return nil }
        let span = end.nanoseconds(since: start)
        return span < 0 ? nil : span
    }
}

/// Where on the way between client and server a capture was made.
public enum ObservationPoint: String, Sendable, Hashable {
    /// At the client, or so near to it that it makes no difference.
    case client
    /// Likewise at the server.
    case server
    /// With a part of the way on either side.
    case between

    /// What a system takes at the most, in nanoseconds, to answer a handshake on its own interface.
    static let localRoundTrip: Int64 = 500_000
}

/// An optional duration in the space of one number, because exchanges are moved about a lot.
@propertyWrapper
public struct Nanoseconds: Sendable, Hashable {
    private var value = Int64.min

    /// Creates an unknown duration.
    public init() {}

    /// The duration in nanoseconds; `nil` where it is not known.
    public var wrappedValue: Int64? {
        get { value == .min ? nil : value }
        set { value = newValue ?? .min }
    }
}

/// What TCP cost an exchange beyond its bytes.
public struct TransportCost: Sendable, Hashable {
    /// Segments that held bytes which had been sent before.
    public package(set) var retransmissions: UInt32 = 0
    /// Bytes of the request, and of the responses, that were sent again.
    public package(set) var requestBytesRepeated: UInt32 = 0
    public package(set) var responseBytesRepeated: UInt32 = 0
    /// How long a sender was kept waiting by a receive window of 0, in nanoseconds; 0 where none was.
    public package(set) var zeroWindow: Int64 = 0

    /// How long bytes of the exchange were kept waiting by others that had been lost before the place
    /// of capture, until these came again, in nanoseconds; 0 where none were.
    public package(set) var lossRecovery: Int64 = 0

    package init() {}

    /// Whether there was any.
    public var isZero: Bool { retransmissions == 0 && zeroWindow == 0 && lossRecovery == 0 }
}
