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

    @Option(help: "How to show it; json is one object a line.")
    var format: ExplainFormat = .text

    @OptionGroup var colours: ColourOptions

    func run() throws {
        FailedWrites.becomeErrors()
        var options = OutputOptions()
        options.width = Terminal.width
        options.usesColor = colours.isOn
        var text = TextWriter()
        let finding = try code.map(Self.finding)
        switch (format, finding) {
        case (.text, let finding?):
            ExplainRenderer(options: options).render(finding, into: &text.buffer)
        case (.text, nil): ExplainRenderer(options: options).renderAll(into: &text.buffer)
        case (.json, let finding):
            for code in finding.map({ [$0] }) ?? FindingCode.allCases {
                ExplainJSONRenderer().render(code, into: &text.buffer)
            }
        }
        try finish(&text)
    }

    private static func finding(_ code: String) throws -> FindingCode {
        guard let finding = FindingCode(rawValue: code) else {
            throw ValidationError(unknown(code))
        }
        return finding
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
