internal import Bytes

/// What cannot be understood in an expectation file, and where it stands.
public struct ExpectationFileError: Error, Sendable, Hashable {
    /// The line, counted from 1.
    public var line: Int

    /// The column of the first character that it is about, counted from 1.
    public var column: Int

    /// How many characters it is about; 0 where something is missing at this place.
    public var length: Int

    /// One sentence: what is wrong, and what to write instead.
    public var message: String

    /// The line as it stands in the file.
    public var text: String

    /// The message behind file, line and column, the line, and a mark under the place.
    public func description(ofFile name: String) -> String {
        // A tab is as wide as a blank here, and what cannot be shown as one character, or the mark
        // would stand elsewhere.
        let shown = String(
            text.map { character in
                if character == "\t" { return " " }
                let isHarmless = character.unicodeScalars.allSatisfy(EscapedText.isHarmless)
                return isHarmless ? character : "\u{FFFD}"
            }
        )
        let mark = String(repeating: "^", count: max(length, 1))
        return """
            \(EscapedText.escape(name)):\(line):\(column): \(message)
                \(shown)
                \(String(repeating: " ", count: column - 1))\(mark)
            """
    }
}

/// Everything that cannot be understood in an expectation file.
public struct ExpectationFileErrors: Error, Sendable, Hashable, CustomStringConvertible {
    /// The errors in the order of their lines; at least one.
    public var errors: [ExpectationFileError]

    /// All of them, one below the other.
    public func description(ofFile name: String) -> String {
        errors.map { $0.description(ofFile: name) }.joined(separator: "\n")
    }

    public var description: String { description(ofFile: "expectation") }
}
