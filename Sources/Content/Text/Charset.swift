internal import Bytes
package import Charsets

/// The encoding of text, as far as it makes a difference here.
package enum Charset: Sendable, Hashable {
    case utf8
    case ascii
    /// Also what is labelled ISO-8859-1, as browsers and the Encoding Standard take it.
    case windows1252
    case latin9
    /// UTF-16 whose byte order its byte order mark or its bytes tell.
    case utf16
    case utf16BigEndian
    case utf16LittleEndian
    /// One of those that are converted through a library.
    case legacy(LegacyEncoding)
    /// Another one; its label as sent.
    case other([UInt8])

    /// The charset of a label, in either case, which may stand in quotes of its own.
    package init(label: Span<UInt8>) {
        let trimmed = label.extracting(label.trimmedOfQuotes)
        let known: [(StaticString, Charset)] = [
            ("utf-8", .utf8), ("utf8", .utf8), ("us-ascii", .ascii), ("ascii", .ascii),
            ("iso-8859-1", .windows1252), ("windows-1252", .windows1252),
            ("iso-8859-15", .latin9), ("latin-9", .latin9), ("latin9", .latin9),
            ("utf-16", .utf16), ("utf16", .utf16), ("utf-16be", .utf16BigEndian),
            ("utf-16le", .utf16LittleEndian),
        ]
        for (name, charset) in known where trimmed.equalsIgnoringCase(name) {
            self = charset
            return
        }
        let name = String(decoding: [UInt8](copying: trimmed), as: UTF8.self)
        self = Self(rareLabel: name.lowercased()) ?? .other([UInt8](copying: label))
    }

    /// The charset of a label in lower case that is seldom seen.
    private init?(rareLabel label: String) {
        switch label {
        case "unicode-1-1-utf-8", "unicode11utf8", "unicode20utf8", "x-unicode20utf8": self = .utf8
        case "ansi_x3.4-1968": self = .ascii
        case "cp1252", "cp819", "csisolatin1", "ibm819", "iso-ir-100", "iso8859-1", "iso88591",
            "iso_8859-1", "iso_8859-1:1987", "l1", "latin1", "x-cp1252":
            self = .windows1252
        case "csisolatin9", "iso8859-15", "iso885915", "iso_8859-15", "l9": self = .latin9
        case "csunicode", "iso-10646-ucs-2", "ucs-2", "unicode": self = .utf16
        case "unicodefeff": self = .utf16LittleEndian
        case "unicodefffe": self = .utf16BigEndian
        default:
            guard let encoding = LegacyEncoding(label: label) else { return nil }
            self = .legacy(encoding)
        }
    }

    /// The name to show; harmless.
    package var name: String {
        switch self {
        case .utf8: "UTF-8"
        case .ascii: "US-ASCII"
        case .windows1252: "windows-1252"
        case .latin9: "ISO-8859-15"
        case .utf16: "UTF-16"
        case .utf16BigEndian: "UTF-16BE"
        case .utf16LittleEndian: "UTF-16LE"
        case .legacy(let encoding): encoding.rawValue
        case .other(let label): EscapedText.escape(label.span)
        }
    }
}

extension Span<UInt8> {
    /// What is left without the white space and the quotation marks at both ends.
    fileprivate var trimmedOfQuotes: Range<Int> {
        var (start, end) = (0, count)
        func isAside(_ byte: UInt8) -> Bool {
            byte.isWhiteSpace || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"")
        }
        while start < end, isAside(self[start]) { start += 1 }
        while end > start, isAside(self[end - 1]) { end -= 1 }
        return start..<end
    }
}
