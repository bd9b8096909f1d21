import ArgumentParser
import Findings
import TraceIO
import TraceOutput
import Console

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Explains a finding: the rule, an example in bytes, what other tools do with it.",
        discussion: "Without a code, all findings are listed."
    )

    @Argument(
        help: "The finding's code, such as unterminated-header-section.",
        completion: .list(FindingCode.allCases.map(\.rawValue))
    )
    var code: String?

    @Option(help: "Colour the output: auto is on a terminal without NO_COLOR.")
    var color: ColourChoice = .auto

    func run() throws {
        BrokenPipes.becomeErrors()
        var options = OutputOptions()
        options.width = Terminal.width
        options.usesColor = color.isOn
        let renderer = ExplainRenderer(options: options)
        var text = TextWriter()
        guard let code else {
            renderer.renderAll(into: &text.buffer)
            return try finish(&text)
        }
        guard let finding = FindingCode(rawValue: code) else {
            throw ValidationError(Self.unknown(code))
        }
        renderer.render(finding, into: &text.buffer)
        try finish(&text)
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
