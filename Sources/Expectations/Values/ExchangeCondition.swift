public import Trace

/// What must be so of an exchange beside its request line, status and findings.
public enum ExchangeCondition: Sendable, Hashable {
    /// The request is there, and of it this.
    case request(MessageCondition)
    /// The final response is there, and of it this.
    case response(MessageCondition)
    /// The interim responses (1xx) are these, in order.
    case interim([ExpectedStatus])
    /// A part of its time lies in these bounds, in nanoseconds on the capture's clock.
    case timing(TimingPart, ClosedRange<Int64>)
    /// Whether its connection had carried an exchange before.
    case connection(isReused: Bool)
    /// Why the request or the response is missing.
    case absence(Absence)
    /// The server's end, as `127.0.0.1:8080` or `[::1]:8080`: of the hops of a proxy, which.
    case server(TextPattern)
    /// The client's end, likewise.
    case client(TextPattern)
}

/// What must be so of one message.
public enum MessageCondition: Sendable, Hashable {
    /// A field line of this name, letter case aside, has such a value.
    case field(String, TextPattern)
    /// No field line has this name.
    case noField(String)
    /// Its content, transfer and content codings removed, is such.
    case content(TextPattern)
    /// Its content has so many bytes as it was sent, transfer coding removed.
    case contentLength(ClosedRange<Int>)
    /// The version in its start line.
    case version(TextPattern)
    /// The reason phrase of a response; empty where there is none.
    case reason(TextPattern)
    /// Whether it was seen to its end.
    case complete(Bool)
}

/// A part of an exchange's time, as `Timing` means it.
public enum TimingPart: String, CaseIterable, Sendable, Hashable {
    case connect
    case blocked
    case send
    case wait
    case firstByte = "first-byte"
    case receive
    case total

    /// How long it took, in nanoseconds; `nil` where the capture cannot tell.
    func nanoseconds(of timing: Timing) -> Int64? {
        switch self {
        case .connect: timing.connect
        case .blocked: timing.blocked
        case .send: timing.send
        case .wait: timing.wait
        case .firstByte: timing.firstByte
        case .receive: timing.receive
        case .total: timing.total
        }
    }
}
