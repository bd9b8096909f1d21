internal import Bytes

/// What is said of a command line that cannot be understood, with what may have been meant.
///
/// The library's own guesses go by the distance of letters alone, and it complains of a missing file
/// where an option is unknown.
struct UsageMessage {
    /// What the library says: a line that begins with `Error: `, and its usage.
    let message: String
    /// The arguments, without the program's name.
    let arguments: [String]
    /// Options that the command has, such as `--format` and `-f`.
    let known: Set<String>
    let habits: [Habit]

    /// The message, with a hint where there is one.
    var improved: String {
        guard let option = unknownOption else { return message }
        var lines = message.split(separator: "\n", omittingEmptySubsequences: false).map(
            String.init
        )
        lines[0] = "Error: Unknown option '\(option)'.\(hint(about: option))"
        // That is about the missing argument which the unknown option had hidden.
        lines.removeAll { $0.hasPrefix("Help: ") }
        return lines.joined(separator: "\n")
    }

    private var unknownOption: String? {
        if let match = message.prefixMatch(of: /Error: Unknown option '(-[^']*)'/) {
            return String(match.1)
        }
        guard message.hasPrefix("Error: Missing expected argument") else { return nil }
        return arguments.prefix { $0 != "--" }.map { String($0.prefix { $0 != "=" }) }
            .first { $0.hasPrefix("-") && $0 != "-" && !known.contains($0) }
    }

    private func hint(about option: String) -> String {
        if let habit = habits.first(where: { $0.options.contains(option) }) {
            return " \(habit.hint)"
        }
        guard option.hasPrefix("--") else { return "" }
        let names = known.filter { $0.hasPrefix("--") }.sorted()
        return Spelling.closest(to: option, among: names).map { " Did you mean '\($0)'?" } ?? ""
    }
}
