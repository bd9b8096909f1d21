import ArgumentParser
import CaptureIO
import Trace
import TraceIO
import TraceOutput
import Console

extension OutputFormat: ExpressibleByArgument {}
extension BodyDisplay: ExpressibleByArgument {}
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

    @Flag(help: "End a list with the summary of pairs, and JSON with a line of type summary.")
    var summary = false

    @Flag(
        help: ArgumentHelp(
            "Let the rows of a list be as long as they are.",
            discussion: """
                They are where standard output is no terminal; COLUMNS says how wide they may be at \
                most, there too.
                """
        )
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
    @OptionGroup(title: OptionTitle.reading) var segments: SegmentOptions
    @OptionGroup(title: OptionTitle.limits) var limits: TraceLimits

    func validate() throws {
        guard !utc || time == nil else {
            throw ValidationError("Give either --time or --utc.")
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
        options.contentLimit = contentLimit
        segments.apply(to: &options)
        limits.apply(to: &options)
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
        options.decodedLimit = limits.decodedLimit?.bytes
        options.includesSummaryLine = summary
        return options
    }

    /// A writer of the chosen format.
    var resultWriter: ResultWriter { ResultWriter(format, outputOptions) }
}
