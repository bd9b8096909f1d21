internal import CaptureIO
internal import Synchronization
internal import Trace
internal import TraceIO

/// Captures the HTTP traffic of one port on loopback while `body` runs.
///
/// ```swift
/// let trace = try await captureLoopback(port: server.port) {
///     try await client.send(.postWithoutBlankLine)
/// }
/// #expect(trace.exchanges.first?.response?.status == 204)
/// ```
///
/// The capture has begun when `body` is called. It returns when everything that was received on
/// loopback before `body` ended was seen and the exchanges are over: the last byte of each response
/// was seen, or its connection has ended. Nothing sleeps; an exchange that is not over is waited for,
/// at most two seconds, and is then given as far as it came.
///
/// Only the port's traffic is looked at, so that tests with servers of their own run side by side.
///
/// - Parameters:
///   - port: the TCP port of the server, 1 to 65535.
///   - contentLimit: the most bytes of each message's content that are kept; all are counted.
///   - bufferSize: bytes of kernel memory for frames on their way to the trace.
///   - path: a pcapng file that gets the packets too, for Wireshark or as what a failed test leaves
///     behind; one that is there is replaced.
///   - body: what causes the traffic.
/// - Returns: the traffic that was captured.
/// - Throws: ``CaptureFailure`` where capturing is not permitted or fails, where the kernel dropped
///   frames and where the file cannot be written, and what `body` throws.
nonisolated(nonsending) public func captureLoopback(
    port: Int,
    contentLimit: Int = 1 << 20,
    bufferSize: Int = 16 << 20,
    writingTo path: String? = nil,
    _ body: nonisolated(nonsending) () async throws -> Void
) async throws -> Trace {
    try await captureLoopback(
        ports: [port],
        contentLimit: contentLimit,
        bufferSize: bufferSize,
        writingTo: path,
        body
    )
}

/// Captures the HTTP traffic of some ports on loopback while `body` runs, such as those of a proxy
/// and of the server behind it.
///
/// It does what ``captureLoopback(port:contentLimit:bufferSize:writingTo:_:)`` does for each of the ports.
///
/// - Parameters:
///   - ports: the TCP ports of the servers, 1 to 65535, at least one.
///   - contentLimit: the most bytes of each message's content that are kept; all are counted.
///   - bufferSize: bytes of kernel memory for frames on their way to the trace.
///   - path: a pcapng file that gets the packets too, for Wireshark or as what a failed test leaves
///     behind; one that is there is replaced.
///   - body: what causes the traffic.
/// - Returns: the traffic that was captured.
/// - Throws: ``CaptureFailure`` where capturing is not permitted or fails, where the kernel dropped
///   frames and where the file cannot be written, and what `body` throws.
nonisolated(nonsending) public func captureLoopback(
    ports: Set<Int>,
    contentLimit: Int = 1 << 20,
    bufferSize: Int = 16 << 20,
    writingTo path: String? = nil,
    _ body: nonisolated(nonsending) () async throws -> Void
) async throws -> Trace {
    var options = TracerOptions()
    options.contentLimit = contentLimit
    options.codedContentLimit = contentLimit
    let filter = ports.sorted().map { "tcp port \($0)" }.joined(separator: " or ")
    var capture = LiveCaptureOptions(filter: filter)
    capture.bufferSize = bufferSize
    let collected = Collected()
    let trace: BackgroundTrace
    do throws(CaptureError) {
        trace = try await BackgroundTrace.start(capture, options: options, writingTo: path) {
            collected.append($0)
        }
    } catch {
        throw CaptureFailure(error)
    }
    do {
        try await body()
    } catch {
        _ = await trace.finish()
        throw error
    }
    guard let outcome = await trace.finish() else { throw CaptureFailure(withoutResult: ()) }
    if let error = outcome.error ?? outcome.writingError { throw CaptureFailure(error) }
    guard outcome.statistics.dropped == 0 else {
        throw CaptureFailure(lost: outcome.statistics)
    }
    return Trace(collected.exchanges, outcome.summary, ports: ports)
}

/// Exchanges that the capture's thread hands over.
private final class Collected: Sendable {
    private let list = Mutex<[BackgroundTrace.Exchange]>([])

    var exchanges: [BackgroundTrace.Exchange] { list.withLock { $0 } }

    func append(_ exchange: BackgroundTrace.Exchange) {
        list.withLock { $0.append(exchange) }
    }
}
