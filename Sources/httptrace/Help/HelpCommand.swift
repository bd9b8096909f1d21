import ArgumentParser
import Bytes
import Console
import TraceIO
import TraceOutput

/// `httptrace help`: in place of the library's, as it knows subjects that are no command too, and
/// says so of what it does not know.
struct HelpCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "help",
        abstract: "Shows the help of a command, or of a subject.",
        discussion: """
            Subjects beside the commands: json, what --format json writes, with units; json-schema, \
            the same for programs.

            Examples:
              httptrace help capture
              httptrace help json
            """,
        shouldDisplay: false
    )

    @Argument(
        help: "A command or subject.",
        completion: .list(Self.subjects)
    )
    var subject: String?

    func run() throws {
        FailedWrites.becomeErrors()
        var text = TextWriter()
        try Self.render(subject, into: &text.buffer)
        text.flush()
        if let failure = text.failure { throw failure.reported() }
    }

    private static func render(_ subject: String?, into buffer: inout OutputBuffer) throws {
        guard let subject else { return render(HTTPTraceCommand.self, into: &buffer) }
        if let command = commands.first(where: { $0.configuration.commandName == subject }) {
            render(command, into: &buffer)
        } else if let subject = HelpSubject(rawValue: subject) {
            subject.render(into: &buffer)
        } else {
            throw ValidationError(unknown(subject))
        }
    }

    private static func render(
        _ command: any ParsableCommand.Type,
        into buffer: inout OutputBuffer
    ) {
        buffer.append(string: HelpText(HTTPTraceCommand.helpMessage(for: command)).whole)
    }

    /// The commands that somebody may want to know about.
    private static let commands: [any ParsableCommand.Type] = HTTPTraceCommand.configuration
        .subcommands
        .filter { $0.configuration.shouldDisplay }

    private static let subjects: [String] =
        commands.compactMap { $0.configuration.commandName } + HelpSubject.allCases.map(\.rawValue)

    private static func unknown(_ subject: String) -> String {
        let hint = Spelling.closest(to: subject, among: subjects).map { " Did you mean \($0)?" }
        return "There is no help about \(subject.debugDescription).\(hint ?? "")"
    }
}

/// What there is help about beside the commands.
private enum HelpSubject: String, CaseIterable {
    case json
    case jsonSchema = "json-schema"

    func render(into buffer: inout OutputBuffer) {
        switch self {
        case .json:
            var options = OutputOptions()
            options.width = Terminal.width
            options.usesColor = ColourChoice.auto.isOn
            JSONDescriptionRenderer(options: options).render(into: &buffer)
        case .jsonSchema: JSONSchemaRenderer().render(into: &buffer)
        }
    }
}
