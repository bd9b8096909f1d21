internal import Bytes

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
    /// Another one; its label as sent.
    case other([UInt8])

    /// The charset of a label, in either case.
    package init(label: Span<UInt8>) {
        let known: [(StaticString, Charset)] = [
            ("utf-8", .utf8), ("utf8", .utf8), ("us-ascii", .ascii), ("ascii", .ascii),
            ("iso-8859-1", .windows1252), ("iso8859-1", .windows1252), ("iso_8859-1", .windows1252),
            ("latin1", .windows1252), ("windows-1252", .windows1252), ("cp1252", .windows1252),
            ("iso-8859-15", .latin9), ("latin-9", .latin9), ("latin9", .latin9),
            ("utf-16", .utf16), ("utf16", .utf16), ("utf-16be", .utf16BigEndian),
            ("utf-16le", .utf16LittleEndian),
        ]
        for (name, charset) in known where label.equalsIgnoringCase(name) {
            self = charset
            return
        }
        self = .other([UInt8](copying: label))
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
        case .other(let label): EscapedText.escape(label.span)
        }
    }
}
