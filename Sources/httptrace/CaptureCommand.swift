import ArgumentParser
import CaptureIO
import Trace
import TraceIO
import Console

struct CaptureCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "capture",
        abstract: "Captures live, and shows each exchange as it completes.",
        discussion: "Ctrl-C ends it in order: what was captured is shown, then the summary."
    )

    @OptionGroup var options: TraceOptions
    @OptionGroup var ports: ServerPorts

    @Option(
        name: [.short, .long],
        help: "The interface to capture on. (default: loopback)"
    )
    var interface: String?

    @OptionGroup var limits: CaptureLimits

    func run() throws {
        BrokenPipes.becomeErrors()
        var session = CaptureSession(writer: options.resultWriter, limit: limits.count ?? .max)
        let writingError: CaptureError?
        do throws(CaptureError) {
            var trace = try LiveTrace(
                limits.captureOptions(options, on: interface),
                options: tracerOptions,
                writingTo: limits.output
            )
            try session.run(&trace, for: limits.time?.duration)
            writingError = trace.writingError
        } catch {
            throw error.reported()
        }
        if let failure = session.failure { throw failure.reported() }
        if let writingError { throw ExitCode(writingError.kind.exitCode) }
    }

    private var tracerOptions: TracerOptions {
        var tracer = options.tracerOptions
        tracer.httpPorts = Set(ports.numbers)
        return tracer
    }
}
