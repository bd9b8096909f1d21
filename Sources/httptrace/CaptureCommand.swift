import ArgumentParser
import CaptureIO
import Trace
import TraceIO
import Console

struct CaptureCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "capture",
        abstract: "Captures live, and shows each exchange as it completes.",
        usage: "httptrace capture [<options>]",
        discussion: """
            Ctrl-C (SIGINT), SIGTERM and SIGHUP end it in order: what was captured is shown, then \
            the summary. So does a reader of the output who goes away, at the next exchange; the \
            file of -w is whole then too. Where that cannot grow any more, as on a full disk, it is \
            said at once, the capture goes on without, and the exit code is 73; where the interface \
            is gone, what was captured is shown and kept, and the exit code is 69.

            Examples:
              httptrace capture                              on loopback, until Ctrl-C
              httptrace capture -i eth0 -f 'tcp port 80' -w traffic.pcapng --for 10m
              httptrace capture -i docker0 -i lo --format list
              httptrace capture -i eth0 -w day.pcapng --ring 64M:10
            """
    )

    @Option(
        name: [.customShort("i"), .customLong("interface")],
        help: ArgumentHelp(
            "The interface to capture on; repeatable. (default: loopback)",
            discussion: """
                Of several, the frames are one capture, in the order of their times; the file of -w \
                says which interface each is from.
                """,
            valueName: "interface"
        ),
        completion: .interfaces
    )
    var interfaces: [String] = []

    @Flag(
        name: [.customShort("p"), .long],
        help: "Leave frames out that are for other machines, as a bridge or a mirror port has them."
    )
    var noPromiscuous = false

    @OptionGroup var limits: CaptureLimits

    @Option(
        help: ArgumentHelp(
            "Keep the last so many files of at most this size, instead of one file of -w.",
            discussion: """
                SIZE is in bytes, or with K, M or G behind it. -w x.pcapng gives the names \
                x_00001_20261125143000.pcapng, with a number and the local time, as dumpcap does. \
                Each file can be read alone; `httptrace x_*.pcapng` reads them as one. New files \
                are created as the user that the capture goes on as (see --user), for whom the \
                folder must be writable.
                """,
            valueName: "size:count"
        )
    )
    var ring: RingOption?

    @OptionGroup var privileges: PrivilegeOptions
    @OptionGroup var options: TraceOptions
    @OptionGroup var inFlight: PendingOption
    @OptionGroup var protocols: ProtocolOptions

    @Argument(help: .hidden)
    var words: [String] = []

    func validate() throws {
        if let hint = FilterHint.hint(aboutWords: words) { throw ValidationError(hint) }
        for (index, name) in interfaces.enumerated() where interfaces[..<index].contains(name) {
            throw ValidationError("-i \(name) is given twice.")
        }
        guard let ring else { return }
        guard limits.output != nil else {
            throw ValidationError("--ring needs -w, which its files are named after.")
        }
        try ring.validate()
    }

    func run() throws {
        FailedWrites.becomeErrors()
        // A burst of frames may need much, and the next one may come in hours.
        FreedMemory.goesBack(from: 1 << 20)
        var session = CaptureSession(
            writer: options.resultWriter,
            limit: limits.count ?? .max,
            filter: options.filter,
            showsSummary: options.showsSummary,
            showsPending: inFlight.isWanted(in: options.format)
        )
        let opened = try privileges.open(
            captureOptions,
            writingTo: destination
        )
        let writingError: CaptureError?
        do throws(CaptureError) {
            var trace = try LiveTrace(opened, options: options.tracerOptions(protocols))
            try session.run(&trace, for: limits.time?.duration)
            writingError = trace.writingError
        } catch {
            throw error.reported()
        }
        if let failure = session.failure { throw failure.reported() }
        if let writingError { throw ExitCode(writingError.kind.exitCode) }
    }

    private var captureOptions: [LiveCaptureOptions] {
        let names: [String?] = interfaces.isEmpty ? [nil] : interfaces
        return names.map { name in
            var capture = limits.captureOptions(options, on: name)
            capture.isPromiscuous = !noPromiscuous
            return capture
        }
    }

    private var destination: CaptureDestination? {
        limits.output.map { CaptureDestination(path: $0, ring: ring?.bounds) }
    }
}
