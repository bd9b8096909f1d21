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

    @Option(
        name: [.customShort("w"), .customLong("write")],
        help: ArgumentHelp("Write the frames to this pcapng file too.", valueName: "file"),
        completion: .file()
    )
    var output: String?

    @Option(
        name: [.customShort("c"), .customLong("count")],
        help: ArgumentHelp("Stop after so many exchanges.", valueName: "exchanges")
    )
    var count: Int?

    @Option(
        name: .customLong("for"),
        help: ArgumentHelp(
            "Stop after this time: a number with ms, s (taken where there is none), m or h.",
            valueName: "duration"
        )
    )
    var time: TimeSpan?

    @Option(help: ArgumentHelp("The kernel's buffer.", valueName: "bytes"))
    var buffer: Int = 67_108_864

    func validate() throws {
        if let time, time.duration <= .zero { throw ValidationError("--for must be above 0.") }
        if let count, count < 1 { throw ValidationError("-c must be at least 1.") }
        guard (65_536...2_147_483_647).contains(buffer) else {
            throw ValidationError("--buffer must be from 65536 to 2147483647.")
        }
        if output == "-" { throw ValidationError("-w needs a file: results go to the output.") }
    }

    func run() throws {
        BrokenPipes.becomeErrors()
        var session = CaptureSession(writer: options.resultWriter, limit: count ?? .max)
        let writingError: CaptureError?
        do throws(CaptureError) {
            var trace = try LiveTrace(
                captureOptions,
                options: tracerOptions,
                writingTo: output
            )
            try session.run(&trace, for: time?.duration)
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

    private var captureOptions: LiveCaptureOptions {
        var capture = LiveCaptureOptions(interface: interface, filter: options.filter)
        capture.snapshotLength = options.snaplen
        capture.bufferSize = buffer
        return capture
    }
}
