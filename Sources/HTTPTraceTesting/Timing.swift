internal import TraceIO

/// How long the parts of an exchange took, by the times of the captured frames; `nil` where they
/// cannot tell.
///
/// The machine that runs a test is busy with other things too: bounds should be generous.
public struct Timing: Sendable, Hashable {
    /// From the first SYN to the ACK that completes the handshake; on the connection's first
    /// exchange.
    public let connect: Duration?

    /// How long the connection was idle before the request.
    public let blocked: Duration?

    /// From the first byte of the request to its last.
    public let send: Duration?

    /// How long a client that expects 100 (Continue) waited with its content; a part of ``send``.
    public let expectation: Duration?

    /// From the last byte of the request to the first byte of the final response.
    public let wait: Duration?

    /// From the first byte of the request to the first byte of the final response.
    public let firstByte: Duration?

    /// From the first byte of the final response to its last.
    public let receive: Duration?

    /// From the first byte of the request to the last byte of the final response, or of the request
    /// where that went on longer.
    public let total: Duration?

    /// From the first byte of the request to the close or the reset that ended the wait for a
    /// response that did not come, or not to its end.
    public let waited: Duration?

    init(_ timing: BackgroundTrace.Timing) {
        connect = timing.connect.map { .nanoseconds($0) }
        blocked = timing.blocked.map { .nanoseconds($0) }
        send = timing.send.map { .nanoseconds($0) }
        expectation = timing.expectation.map { .nanoseconds($0) }
        wait = timing.wait.map { .nanoseconds($0) }
        firstByte = timing.firstByte.map { .nanoseconds($0) }
        receive = timing.receive.map { .nanoseconds($0) }
        total = timing.total.map { .nanoseconds($0) }
        waited = timing.waited.map { .nanoseconds($0) }
    }
}
