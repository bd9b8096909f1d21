import ArgumentParser
import Findings
import TraceIO
import TraceOutput
import Console

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Explains a finding: the rule, an example in bytes, what other tools do with it.",
        usage: "httptrace explain [<options>] [<codes> ...]",
        discussion: """
            Without a code, all findings are listed. A part of codes, or of the rules they are about, \
            lists those that have it; one that only one has explains it.

            Examples:
              httptrace explain bare-line-feed      all about one finding
              httptrace explain chunk length        those whose code has such a part
              httptrace explain 9112 '9110 §8.6'    those of an RFC, or of a section
            """
    )

    @Argument(
        help: "Findings: codes such as unterminated-header-section, parts of them, or RFCs.",
        completion: .list(FindingCode.allCases.map(\.rawValue))
    )
    var codes: [String] = []

    @Option(help: "How to show it; json is one object a line.")
    var format: ExplainFormat = .text

    @OptionGroup var colours: ColourOptions

    func run() throws {
        FailedWrites.becomeErrors()
        var options = OutputOptions()
        options.width = Terminal.width
        options.usesColor = colours.isOn
        var text = TextWriter()
        let found = try codes.map(Self.findings)
        switch format {
        case .text: render(found, by: ExplainRenderer(options: options), into: &text.buffer)
        case .json:
            for code in found.isEmpty ? FindingCode.allCases : found.flatMap(\.self) {
                ExplainJSONRenderer().render(code, into: &text.buffer)
            }
        }
        try finish(&text)
    }

    /// Appends what was found for each argument: a list, or all about the one.
    private func render(
        _ found: [[FindingCode]],
        by renderer: ExplainRenderer,
        into buffer: inout OutputBuffer
    ) {
        if found.isEmpty { renderer.renderAll(into: &buffer) }
        for (index, codes) in found.enumerated() {
            if index > 0 { buffer.append("\n") }
            if codes.count == 1 {
                renderer.render(codes[0], into: &buffer)
            } else {
                renderer.render(listOf: codes, into: &buffer)
            }
        }
    }

    private static func findings(_ text: String) throws -> [FindingCode] {
        let found = FindingCode.search(text)
        guard !found.isEmpty else { throw ValidationError(unknown(text)) }
        return found
    }

    private func finish(_ text: inout TextWriter) throws {
        text.flush()
        if let failure = text.failure { throw failure.reported() }
    }

    private static func unknown(_ code: String) -> String {
        let known = FindingCode.closest(to: code).map { " Did you mean \($0.rawValue)?" } ?? ""
        return "There is no finding \(code.debugDescription).\(known)"
    }
}

/// How explanations are shown.
enum ExplainFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json
}
