internal import Bytes
package import Packets

/// Text for people: nothing from the wire reaches it unescaped.
extension OutputBuffer {
    /// Appends `bytes` with visible escapes in place of what cannot be shown.
    package mutating func append(escaped bytes: Span<UInt8>) {
        var index = 0
        while index < bytes.count {
            let start = index
            while index < bytes.count, bytes[index].isPlainText { index += 1 }
            if index > start { append(bytes.extracting(start..<index)) }
            let odd = index
            while index < bytes.count, !bytes[index].isPlainText { index += 1 }
            if index > odd { append(string: EscapedText.escape(bytes.extracting(odd..<index))) }
        }
    }

    /// The same, and every byte from 0x80 on as an escape, UTF-8 or not.
    package mutating func append(escapedASCII bytes: Span<UInt8>) {
        var start = 0
        for index in bytes.indices where bytes[index] >= 0x80 {
            append(escaped: bytes.extracting(start..<index))
            // Alone it is never UTF-8.
            append(escaped: bytes.extracting(index..<index + 1))
            start = index + 1
        }
        append(escaped: bytes.extracting(start..<bytes.count))
    }

    /// Appends well-formed JSON, whose backslashes need no doubling: `\xNN` is none of its escapes.
    package mutating func append(escapedJSON bytes: Span<UInt8>) {
        var start = 0
        while let backslash = bytes.firstIndex(of: 0x5C, from: start) {
            append(escaped: bytes.extracting(start..<backslash))
            append(bytes[backslash])
            start = backslash + 1
        }
        append(escaped: bytes.extracting(start..<bytes.count))
    }

    /// Appends address and port.
    package mutating func append(_ endpoint: Endpoint) {
        var text: [UInt8] = []
        endpoint.appendText(to: &text)
        append(text.span)
    }

    /// Appends `text` broken between words so that no line is longer than `width`, each line
    /// indented by `indent` spaces and ended by a line feed; `quote`, which follows, is not broken.
    package mutating func append(
        wrapping text: String,
        quote: String? = nil,
        indent: Int,
        width: Int
    ) {
        let room = max(width - indent, 20)
        var column = 0
        for word in text.split(separator: " ") + (quote.map { [Substring($0)] } ?? []) {
            let length = word.unicodeScalars.count
            if column > 0, column + 1 + length > room {
                append(UInt8.lineFeed)
                column = 0
            }
            if column == 0 {
                append(UInt8.space, times: indent)
            } else {
                append(UInt8.space)
                column += 1
            }
            append(string: String(word))
            column += length
        }
        append(UInt8.lineFeed)
    }
}

extension UInt8 {
    /// Printable ASCII that needs no escape.
    fileprivate var isPlainText: Bool { self &- 0x20 < 0x5F && self != 0x5C }
}

extension Span<UInt8> {
    /// How many columns the escaped text of these bytes takes, wide characters counted as one.
    var escapedWidth: Int { EscapedText.escape(self).unicodeScalars.count }
}
