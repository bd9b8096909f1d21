import ArgumentParser
import CaptureIO
import PeerTransport
import Peers
import Synchronization
import Trace
import TraceIO

/// The report's eight requests, sent to a running server and traced on the way.
struct Demonstration {
    /// What came of it.
    struct Result {
        /// What the program is to exit with, where that is not success.
        var exitCode: ExitCode?
    }

    let port: Int
    let options: TraceOptions
    let output: String?

    /// Captures, sends the requests one after the other, and writes the pairs as they complete.
    func run(wire: WireMode) async throws(CaptureError) -> Result {
        let writer = SharedWriter(options.resultWriter)
        let trace = try await BackgroundTrace.start(
            LiveCaptureOptions(filter: filter),
            options: options.tracerOptions,
            writingTo: output
        ) { exchange in writer.write(exchange) }
        let failures = await sendAll(wire)
        guard let outcome = await trace.finish() else {
            throw .interfaceLost(name: "loopback", reason: "the capture ended without a result")
        }
        let failure = writer.finish(outcome.summary)
        if let error = outcome.error { throw error }
        report("\(outcome.statistics.sentence); \(outcome.summary.totals)")
        for failure in failures { report(failure) }
        if let failure { return Result(exitCode: failure.reported()) }
        if let error = outcome.writingError { return Result(exitCode: error.reported()) }
        return Result(exitCode: failures.isEmpty ? nil : ExitCode.failure)
    }

    private var filter: String {
        let own = "tcp port \(port)"
        return options.filter.map { "\(own) and (\($0))" } ?? own
    }

    /// Sends the eight requests; answers a sentence about each that was not answered as expected.
    private func sendAll(_ wire: WireMode) async -> [String] {
        let client = HTTPRawClient(host: "127.0.0.1", port: port)
        var failures: [String] = []
        for request in ReportRequest.all {
            do throws(ClientError) {
                let response = try await client.exchange(request.bytes(wire: wire))
                if !response.answers(request.expectedStatus) {
                    failures.append("\(request.title): not answered \(request.expectedStatus)")
                }
            } catch {
                failures.append("\(request.title): \(error)")
            }
        }
        return failures
    }
}

/// A writer that the capture's thread and the program's own take turns with.
private final class SharedWriter: Sendable {
    private let writer: Mutex<ResultWriter>

    init(_ writer: consuming sending ResultWriter) {
        self.writer = Mutex(writer)
    }

    func write(_ exchange: Exchange) {
        writer.withLock { writer in
            writer.write(exchange)
            writer.flush()
        }
    }

    func finish(_ summary: TraceSummary) -> TextWriter.Failure? {
        writer.withLock { writer in
            writer.finish(summary)
            return writer.failure
        }
    }
}
