internal import Bytes
package import Packets

/// Text for people: nothing from the wire goes in unescaped.
extension OutputBuffer {
    /// Appends `bytes` with visible escapes for those that cannot be shown.
    package mutating func append(escaped bytes: Span<UInt8>) {
        var index = 0
        while index < bytes.count {
            if bytes.count &- index >= 8 {
                let word = bytes.littleEndianUInt64(at: index)
                let plain = Self.bytesToEscapeInText(in: word).trailingZeroBitCount / 8
                append(littleEndian: word, length: plain)
                index &+= plain
                if plain == 8 { continue }
            } else if bytes[index].isPlainText {
                append(bytes[index])
                index &+= 1
                continue
            }
            index &+= appendEscape(bytes, at: index)
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

    /// A bit 7 for each byte of `word` that is no plain text; exact up to the lowest one.
    @inline(__always)
    private static func bytesToEscapeInText(in word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let backslash = (word ^ ones &* 0x5C) &- ones
        return Span<UInt8>.unprintable(in: word) | backslash & ~word & (ones &* 0x80)
    }

    /// Appends the escapes of the bytes at `index` that are no plain text; answers how many bytes.
    private mutating func appendEscape(_ bytes: Span<UInt8>, at index: Int) -> Int {
        switch bytes[index] {
        case .carriageReturn: append("\\r")
        case .lineFeed: append("\\n")
        default:
            var end = index
            while end < bytes.count, !bytes[end].isPlainText { end += 1 }
            append(string: EscapedText.escape(bytes.extracting(index..<end)))
            return end - index
        }
        return 1
    }

    /// Appends address and port.
    package mutating func append(_ endpoint: Endpoint) {
        if !endpoint.address.isVersion6 {
            for shift in [UInt64(24), 16, 8] {
                append(Int(endpoint.address.low &>> shift & 0xFF))
                append(UInt8(ascii: "."))
            }
            append(Int(endpoint.address.low & 0xFF))
            append(UInt8(ascii: ":"))
            return append(Int(endpoint.port))
        }
        var text: [UInt8] = []
        endpoint.appendText(to: &text)
        append(text.span)
    }

    /// Appends a duration for people.
    package mutating func append(duration nanoseconds: Int64) {
        append(string: DurationText.text(nanoseconds))
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
            let length = word.cellWidth
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
    /// How many columns the escaped text of these bytes takes.
    var escapedWidth: Int { EscapedText.escape(self).cellWidth }
}
