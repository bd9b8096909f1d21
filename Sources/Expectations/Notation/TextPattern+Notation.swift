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
        let isTaken =
            ["", "->", "→", "none"].contains(text) || text.utf8.first == UInt8(ascii: "#")
        return isPlain && !isTaken ? text : quoted
    }

    /// As the rest of a line: a value.
    package var rest: String {
        let text = escaped
        let isCut: Bool
        switch text.utf8.first {
        case nil, .space, UInt8(ascii: "\""), UInt8(ascii: "#"): isCut = true
        default: isCut = text.utf8.last == .space || text.utf8.hasComment
        }
        return isCut ? quoted : text
    }

    /// Between double quotes.
    package var quoted: String { "\"" + Self.escape("\"", in: escaped) + "\"" }

    /// The text with its escapes.
    private var escaped: String {
        elements.split(omittingEmptySubsequences: false) { $0 == nil }
            .map { Self.escape($0.compactMap(\.self)) }
            .joined(separator: "*")
    }

    private static func escape(_ bytes: [UInt8]) -> String {
        escape("*", in: EscapedText.escape(bytes.span))
    }

    /// `text` with a backslash before each `mark`, an accent behind it or not: what combines with a
    /// mark makes one `Character` of both.
    private static func escape(_ mark: Unicode.Scalar, in text: String) -> String {
        var escaped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar == mark { escaped.append("\\") }
            escaped.append(scalar)
        }
        return String(escaped)
    }
}

extension String.UTF8View {
    /// Whether a `#` behind a blank begins a comment.
    fileprivate var hasComment: Bool {
        zip(self, dropFirst()).contains { $0 == .space && $1 == UInt8(ascii: "#") }
    }
}
