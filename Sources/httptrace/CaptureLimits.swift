import ArgumentParser
import CaptureIO
import Console
import TraceIO

/// How much is captured and where it is kept: what `capture` and `run` have in common.
struct CaptureLimits: ParsableArguments {
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

    @OptionGroup(title: OptionTitle.limits) var kernel: KernelBuffer

    func validate() throws {
        if let time, time.duration <= .zero { throw ValidationError("--for must be above 0.") }
        if let count, count < 1 { throw ValidationError("-c must be at least 1.") }
        if output == "-" { throw ValidationError("-w needs a file: results go to the output.") }
    }

    /// What to capture on `interface`; `nil` is loopback.
    func captureOptions(
        _ options: TraceOptions,
        on interface: String? = nil
    ) -> LiveCaptureOptions {
        var capture = LiveCaptureOptions(interface: interface, filter: options.filter)
        capture.snapshotLength = options.limits.snaplen.bytes
        capture.bufferSize = kernel.buffer.bytes
        return capture
    }
}
