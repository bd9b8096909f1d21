import ArgumentParser
import CaptureIO
import Console

struct ReadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "read",
        abstract: "Shows the HTTP exchanges in capture files.",
        usage: "httptrace [read] [<options>] <files> ...",
        discussion: """
            Files are pcap, pcapng, snoop or Network Monitor's, plain or compressed with gzip, zstd or \
            lz4, whatever their names, and may be joined byte by byte. Several files are one capture, in \
            the order of their frames' times. - is standard input; where that is a pipe, exchanges \
            are shown as they complete.

            Examples:
              httptrace traffic.pcapng                       all about each exchange
              httptrace --format list -f 'port 80' day*.pcap.gz
              httptrace --frame 24 traffic.pcapng            what frame 24 is, byte by byte
              ssh host tcpdump -U -w - port 80 | httptrace -
            """
    )

    @Flag(help: "Read on while the file grows, until Ctrl-C; exchanges are shown as they complete.")
    var follow = false

    @Option(
        name: .customLong("frame"),
        help: ArgumentHelp(
            "Explain this frame: what its bytes are, and what was waited for. Repeatable; 3,7 too.",
            valueName: "number"
        )
    )
    var frames: [FrameNumbers] = []

    @OptionGroup var options: TraceOptions
    @OptionGroup var protocols: ProtocolOptions
    @OptionGroup(title: OptionTitle.reading) var linkType: LinkTypeOption

    @Argument(help: "The capture files, in any order.", completion: .file())
    var files: [String]

    func validate() throws {
        if !frames.isEmpty, follow {
            throw ValidationError("--frame needs the whole capture, which --follow never has.")
        }
        if !frames.isEmpty, options.format == .list {
            throw ValidationError("--frame is shown as pairs or json, not as a list.")
        }
        if follow, files.count > 1 { throw ValidationError("--follow takes one file.") }
        if files.count(where: { $0 == "-" }) > 1 {
            throw ValidationError("Standard input (-) can be read once only.")
        }
    }

    func run() throws {
        FailedWrites.becomeErrors()
        if let hint = MistypedCommand.hint(about: files[0]) { report(hint) }
        guard frames.isEmpty else {
            var session = try FrameSession(
                options,
                tracer: options.tracerOptions(protocols),
                linkType: linkType.value,
                frames: Set(frames.flatMap(\.numbers))
            )
            session.read(files)
            throw session.finish()
        }
        var session = try ReadSession(
            options,
            tracer: options.tracerOptions(protocols),
            linkType: linkType.value,
            isFollowing: follow
        )
        if follow, let file = files.first {
            session.follow(file)
        } else if files == ["-"], LiveInput.isThere {
            session.readStandardInput()
        } else {
            session.read(files)
        }
        throw session.finish()
    }
}
