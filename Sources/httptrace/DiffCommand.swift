import ArgumentParser
import CaptureIO
import ComparisonOutput
import Console
import Trace
import TraceComparison
import TraceIO
import TraceOutput

extension ComparedAspect: ExpressibleByArgument {}

struct DiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Shows what changed between two captures of the same traffic.",
        usage: "httptrace diff [<options>] <first> <second>",
        discussion: """
            Each exchange stands beside the one that it is in the other capture: what was moved, \
            added or left out, and what changed in start lines, fields, content, findings, segment \
            cuts and connection use. Ports of the connection, dates, times and sequence numbers are \
            not compared, nor are fields that differ in every run, such as Date and ETag.

            Exits with 0 where there is no difference, 1 where there is one, and 2 where a capture \
            was damaged, as diff(1) does.

            Examples:
              httptrace diff before.pcapng after.pcapng
              httptrace diff --ignore findings --ignore-header User-Agent before.pcapng after.pcapng
              httptrace diff --all -f 'port 80' before.pcapng after.pcapng
            """
    )

    @Option(
        name: .customLong("ignore"),
        help: ArgumentHelp(
            "Do not look at this; repeatable.",
            valueName: ComparedAspect.allCases.map(\.rawValue).joined(separator: "|")
        )
    )
    var ignored: [ComparedAspect] = []

    @Option(
        name: .customLong("ignore-header"),
        help: ArgumentHelp("Do not look at this field; repeatable.", valueName: "name")
    )
    var ignoredFields: [String] = []

    @Option(
        name: .customLong("header"),
        help: ArgumentHelp(
            "Look at this field although it differs in most runs; repeatable.",
            valueName: "name"
        )
    )
    var fields: [String] = []

    @Flag(name: .customLong("all-headers"), help: "Look at all fields.")
    var comparesAllFields = false

    @Flag(name: .customLong("all"), help: "Show exchanges that are the same too.")
    var showsAll = false

    @Option(name: [.short, .long], help: "A filter for frames, in the syntax of pcap-filter(7).")
    var filter: String?

    @OptionGroup var protocols: ProtocolOptions
    @OptionGroup(title: OptionTitle.reading) var linkType: LinkTypeOption

    @OptionGroup var colours: ColourOptions

    @Argument(help: "The first capture file.", completion: .file())
    var first: String

    @Argument(help: "The second capture file.", completion: .file())
    var second: String

    func validate() throws {
        if first == "-", second == "-" {
            throw ValidationError("Standard input (-) can be read once only.")
        }
    }

    func run() throws {
        FailedWrites.becomeErrors()
        var tracer = TracerOptions()
        // What was not kept could not be compared.
        tracer.contentLimit = ignored.contains(.content) ? 0 : 64 << 20
        tracer.codedContentLimit = 64 << 20
        tracer.notesSegmentCuts = true
        protocols.apply(to: &tracer)
        let one = try collect(first, tracer)
        let other = try collect(second, tracer)
        let pairing = TracePairing(one.exchanges, other.exchanges, options: comparison)
        var output = OutputOptions()
        output.width = Terminal.width
        output.usesColor = colours.isOn
        let renderer = PairingRenderer(
            options: output,
            first: Verdict.shortName(first),
            second: Verdict.shortName(second),
            showsAll: showsAll
        )
        var text = TextWriter()
        renderer.render(pairing, one.exchanges, other.exchanges, into: &text.buffer)
        text.flush()
        if case .refused? = text.failure, let failure = text.failure { throw failure.reported() }
        guard one.damage.isEmpty, other.damage.isEmpty else {
            throw ExitCode(CaptureError.Kind.damaged.exitCode)
        }
        throw pairing.isSame ? ExitCode.success : Verdict.notMet
    }

    private func collect(_ path: String, _ tracer: TracerOptions) throws -> CollectingSession {
        try CollectingSession(
            [path],
            filter: filter,
            linkType: linkType.value,
            options: tracer
        )
    }

    private var comparison: ComparisonOptions {
        var options = ComparisonOptions()
        options.aspects.subtract(ignored)
        if comparesAllFields { options.ignoredFields = [] }
        options.ignoredFields.subtract(fields.map { $0.lowercased() })
        options.ignoredFields.formUnion(ignoredFields.map { $0.lowercased() })
        return options
    }
}
