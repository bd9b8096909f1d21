import Bytes
import SystemPackage

/// A word that stands where a command or file should, and is neither.
enum MistypedCommand {
    /// A sentence about the first word of a command line; `nil` where it is a file, or looks like
    /// the name of one.
    static func hint(about word: String) -> String? {
        guard !word.contains("."), !word.contains("/"), word != "-", !exists(word) else {
            return nil
        }
        if word == "version" { return "did you mean --version?" }
        if word == "stats" { return "did you mean httptrace --format list --summary FILE?" }
        let commands = HTTPTraceCommand.configuration.subcommands
            .filter { $0.configuration.shouldDisplay }
            .compactMap { $0.configuration.commandName }
        return Spelling.closest(to: word, among: commands + ["help"])
            .map { "\(word.debugDescription) is no command; did you mean \($0)?" }
    }

    private static func exists(_ path: String) -> Bool {
        (try? FileDescriptor.open(FilePath(path), .readOnly, options: .nonBlocking)
            .closeAfter {}) != nil
    }
}
