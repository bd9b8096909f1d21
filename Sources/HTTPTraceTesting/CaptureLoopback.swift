import CaptureIO
import Synchronization
import Trace
import TraceIO

/// Captures the HTTP traffic of one port on loopback while `body` runs.
///
/// It returns when everything that was received on loopback before `body` ended was seen and the
/// exchanges are over, without sleeping; an exchange that is not over then is waited for, at most
/// two seconds. Only the port's traffic is looked at, so that captures of different ports can run
/// side by side.
///
/// ```swift
/// let trace = try await captureLoopback(port: server.port) {
///     try await client.send(.postWithoutBlankLine)
/// }
/// #expect(trace.exchanges.first?.response?.status == 204)
/// ```
///
/// - Parameters:
///   - port: the TCP port of the server, 1 to 65535.
///   - contentLimit: the most bytes of each message's content that are kept; all are counted.
///   - body: what causes the traffic.
/// - Returns: the exchanges that were captured.
/// - Throws: ``CaptureFailure`` where capturing is not permitted, fails or is not whole, and what
///   `body` throws.
public func captureLoopback(
    port: Int,
    contentLimit: Int = 1 << 20,
    _ body: () async throws -> Void
) async throws -> HTTPTrace {
    var options = TracerOptions()
    options.contentLimit = contentLimit
    let collected = Collected()
    let trace: BackgroundTrace
    do throws(CaptureError) {
        trace = try await BackgroundTrace.start(filter: "tcp port \(port)", options: options) {
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
    if let error = outcome.error { throw CaptureFailure(error) }
    guard outcome.statistics.dropped == 0 else {
        throw CaptureFailure(dropped: outcome.statistics.dropped)
    }
    return HTTPTrace(exchanges: collected.exchanges, frameCount: outcome.summary.frames)
}

/// Exchanges that the capture's thread hands over.
private final class Collected: Sendable {
    private let list = Mutex<[Exchange]>([])

    var exchanges: [Exchange] { list.withLock { $0 } }

    func append(_ exchange: Exchange) {
        list.withLock { $0.append(exchange) }
    }
}
