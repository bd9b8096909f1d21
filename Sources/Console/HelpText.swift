/// A command's help, of which `-h` shows what is wanted most, and `--help` the whole.
///
/// The library has one text for both, in which options without a title come last; here those are
/// the common ones, and come first.
package struct HelpText: Sendable {
    private struct Section: Sendable {
        let title: String
        let lines: [Substring]

        var text: String { (["\(title):"] + lines).joined(separator: "\n") }

        /// Without what is said of an option below its line, which stands less far in.
        var briefText: String {
            let brief = lines.filter { !$0.hasPrefix("        ") || $0.hasPrefix("          ") }
            return (["\(title):"] + brief).joined(separator: "\n")
        }

        /// Whether it is one that the program gave the title to.
        var isOfRareOptions: Bool {
            title != "ARGUMENTS" && title != "OPTIONS" && !title.hasSuffix("SUBCOMMANDS")
        }
    }

    private let abstract: String
    private let discussion: String
    private let usage: String
    private let sections: [Section]
    private let ending: [String]

    /// Takes the library's help of a command apart.
    package init(_ text: String) {
        let parts = text.split(separator: "\n\nUSAGE: ", maxSplits: 1)
        let overview = parts.first?.split(separator: "\n\n", maxSplits: 1) ?? []
        let blocks = parts.dropFirst().first?.split(separator: "\n\n") ?? []
        abstract = String(overview.first ?? "")
        discussion = String(overview.dropFirst().first ?? "")
        usage = "USAGE: \(blocks.first ?? "")"
        ending = blocks.dropFirst().filter { $0.hasPrefix(" ") }.map(String.init)
        let sections = blocks.dropFirst().filter { !$0.hasPrefix(" ") }.map { block in
            let lines = block.split(separator: "\n")
            return Section(title: String(lines[0].dropLast()), lines: Array(lines.dropFirst()))
        }
        self.sections =
            sections.filter { !$0.isOfRareOptions } + sections.filter(\.isOfRareOptions)
    }

    /// All of it.
    package var whole: String {
        Self.join([abstract, discussion, usage] + sections.map(\.text) + ending)
    }

    /// The arguments and options.
    var options: String { sections.map(\.text).joined(separator: "\n") }

    /// What is wanted most, and what else there is.
    package var brief: String {
        let common = sections.filter { !$0.isOfRareOptions }.map(\.briefText)
        return Self.join([abstract, usage] + common + ending + [rest])
    }

    private var rest: String {
        let rare = sections.filter(\.isOfRareOptions).map { $0.title.lowercased() }
        let topics = (rare + ["examples"]).joined(separator: ", ")
        return "--help tells more, and has: \(topics)."
    }

    private static func join(_ blocks: [String]) -> String {
        blocks.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
    }
}
