import ArgumentParser
import CaptureIO
import Reassembly
import Trace
import TraceIO
import TraceOutput
import Console
import HTTPWire

extension OutputFormat: ExpressibleByArgument {}
extension BodyDisplay: ExpressibleByArgument {}
extension OverlapPolicy: ExpressibleByArgument {}
extension TimeDisplay: ExpressibleByArgument {}

/// The options that `read`, `capture` and `demo` have in common.
struct TraceOptions: ParsableArguments {
    @Option(help: "How to show exchanges.")
    var format: OutputFormat = .pairs

    @Option(name: [.short, .long], help: "A filter for frames, in the syntax of pcap-filter(7).")
    var filter: String?

    @Option(
        help: ArgumentHelp(
            "How much content to show. (default: text in pairs, none in json)",
            discussion: """
                none: its length. text: decoded (gzip, deflate, br, zstd; charset; JSON, forms and \
                multipart laid out), the first 40 lines; of other content the type and the first \
                64 bytes. hex: the first 256 bytes as sent, not decoded. all: as text, to the end. \
                With --format json each message gets a body: text as a string, other content in \
                base64, with hex in hexadecimal as sent; up to 64 KiB of what was sent, with all \
                64 MiB.
                """,
            valueName: "none|text|hex|all"
        )
    )
    var bodies: BodyDisplay?

    @Option(
        help: ArgumentHelp(
            """
            Decode the content of one message to no more than this. (default: 200 times what was \
            sent, but at least 64 KiB and at most 64 MiB, in json with --bodies text 1 MiB)
            """,
            valueName: "bytes"
        )
    )
    var decodedLimit: ByteCount?

    @Option(help: ArgumentHelp("Look at no more of a frame than this.", valueName: "bytes"))
    var snaplen = ByteCount(262_144)

    @Option(
        help: ArgumentHelp(
            """
            Read streams on so many threads; the output is the same for any number. (default: two a \
            core, 8 at most)
            """,
            valueName: "count"
        )
    )
    var threads: Int?

    @Option(
        help: ArgumentHelp(
            """
            Keep at most so much of what is not over: connections, waiting segments, open messages.
            """,
            valueName: "bytes"
        )
    )
    var memoryLimit = ByteCount(1 << 30)

    @Option(
        help: ArgumentHelp(
            "Where segments that wait for others overlap, take the bytes that came first or last.",
            valueName: "first|last"
        )
    )
    var overlap: OverlapPolicy = .first

    @Flag(help: "Look at checksums; leave out, and count, what has a wrong one.")
    var verifyChecksums = false

    @Option(
        help: ArgumentHelp(
            "Keep at most so much of a message's start line and header section.",
            valueName: "bytes"
        )
    )
    var maxHeaderSection = ByteCount(ParserLimits().headerSection)

    @Option(
        help: ArgumentHelp(
            "Keep at most so much of a start line. (default: half of the header section)",
            valueName: "bytes"
        )
    )
    var maxStartLine: ByteCount?

    @Flag(help: "End a list with the summary of pairs, and JSON with a line of type summary.")
    var summary = false

    @Flag(
        help: """
            Let the rows of a list be as long as they are, as they are where standard output is no \
            terminal; COLUMNS says how wide they may be at most, there too.
            """
    )
    var wide = false

    @Option(
        help: ArgumentHelp(
            "How pairs and list show times. (default: local)",
            discussion: """
                relative: seconds since the first that is shown. delta: since the one before. \
                epoch: since 1970. JSON has UTC.
                """,
            valueName: "local|utc|relative|delta|epoch"
        )
    )
    var time: TimeDisplay?

    @Flag(help: "The same as --time utc.")
    var utc = false

    @OptionGroup var colours: ColourOptions

    func validate() throws {
        guard !utc || time == nil else {
            throw ValidationError("Give either --time or --utc.")
        }
        guard snaplen.bytes > 0 else { throw ValidationError("--snaplen must be above 0.") }
        guard 1...256 ~= threads ?? 1 else {
            throw ValidationError("--threads must be from 1 to 256.")
        }
        guard decodedLimit?.bytes ?? 1 > 0 else {
            throw ValidationError("--decoded-limit must be above 0.")
        }
        guard memoryLimit.bytes > 0 else {
            throw ValidationError("--memory-limit must be above 0.")
        }
        // Below this not even the parts of a start line would be whole.
        guard (256...1 << 30).contains(maxHeaderSection.bytes) else {
            throw ValidationError("--max-header-section must be from 256 to 1073741824.")
        }
        guard (128...1 << 30).contains(maxStartLine?.bytes ?? 128) else {
            throw ValidationError("--max-start-line must be from 128 to 1073741824.")
        }
    }

    /// What the tracer has to keep for the chosen output of traffic that `protocols` tell more of.
    func tracerOptions(_ protocols: ProtocolOptions) -> TracerOptions {
        var options = tracerOptions
        protocols.apply(to: &options)
        return options
    }

    /// What the tracer has to keep for the chosen output.
    var tracerOptions: TracerOptions {
        var options = TracerOptions()
        options.memoryLimit = memoryLimit.bytes
        options.contentLimit = contentLimit
        options.overlap = overlap
        options.decoding.verifiesChecksums = verifyChecksums
        options.parserLimits.headerSection = maxHeaderSection.bytes
        options.parserLimits.startLine = maxStartLine?.bytes
        return options
    }

    private var contentLimit: Int {
        switch (format, bodies) {
        case (.list, _), (.json, nil), (_, .some(.none)): 0
        case (_, .some(.text)), (_, .some(.hex)), (.pairs, nil): 64 << 10
        case (_, .some(.all)): 64 << 20
        }
    }

    /// Compiles the filter; `nil` where all frames are wanted.
    func packetFilter() throws -> PacketFilter? {
        guard let filter else { return nil }
        do throws(CaptureError) {
            return try PacketFilter(filter)
        } catch {
            let code = error.reported()
            if let hint = FilterHint.hint(about: filter) { report(hint) }
            throw code
        }
    }

    private var timeDisplay: TimeDisplay { utc ? .utc : time ?? .local }

    /// Whether the output itself says what the whole capture held.
    var showsSummary: Bool {
        switch format {
        case .pairs: true
        case .list, .json: summary
        }
    }

    /// Whether exchanges can only be rendered one after the other.
    var isRenderedInOrder: Bool {
        switch format {
        case .pairs: timeDisplay.dependsOnOrder
        // A list's rows are finished where they are put in order, and JSON has no such times.
        case .list, .json: false
        }
    }

    /// How the chosen output is to look on this standard output.
    var outputOptions: OutputOptions {
        var options = OutputOptions()
        options.width = Terminal.width
        options.time = timeDisplay
        options.zone = .local
        options.isWide = wide || Terminal.columns == nil && !Terminal.isOutput
        options.usesColor = colours.isOn
        options.bodies = bodies
        options.decodedLimit = decodedLimit?.bytes
        options.includesSummaryLine = summary
        return options
    }

    /// A writer of the chosen format.
    var resultWriter: ResultWriter { ResultWriter(format, outputOptions) }
}
