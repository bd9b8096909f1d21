internal import Bytes

/// How texts stand in an expectation file: `*` is a wildcard, a backslash begins an escape (`\*`,
/// `\\`, `\"`, `\r`, `\n`, `\t`, `\xNN`), and what would be taken apart stands in double quotes.
extension TextPattern {
    /// As one word: a method or a target.
    package var word: String {
        let text = escaped
        let isPlain = text.utf8.allSatisfy { byte in
            byte > UInt8.space && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "|")
        }
        let isTaken = ["", "->", "→", "none"].contains(text) || text.hasPrefix("#")
        return isPlain && !isTaken ? text : quoted
    }

    /// As the rest of a line: a value.
    package var rest: String {
        let text = escaped
        let isCut =
            text.isEmpty || text.hasPrefix(" ") || text.hasSuffix(" ") || text.hasPrefix("\"")
            || text.hasPrefix("#") || text.contains(" #")
        return isCut ? quoted : text
    }

    /// Between double quotes.
    package var quoted: String {
        let parts = escaped.split(separator: "\"", omittingEmptySubsequences: false)
        return "\"" + parts.joined(separator: "\\\"") + "\""
    }

    /// The text with its escapes.
    private var escaped: String {
        elements.split(omittingEmptySubsequences: false) { $0 == nil }
            .map { Self.escape($0.compactMap(\.self)) }
            .joined(separator: "*")
    }

    private static func escape(_ bytes: [UInt8]) -> String {
        EscapedText.escape(bytes.span)
            .split(separator: "*", omittingEmptySubsequences: false)
            .joined(separator: "\\*")
    }
}
