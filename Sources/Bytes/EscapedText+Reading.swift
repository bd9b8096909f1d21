extension EscapedText {
    /// An escape that cannot be read.
    package struct UnknownEscape: Error, Sendable, Hashable, CustomStringConvertible {
        /// The index of its backslash in the bytes that were read.
        package let index: Int

        package var description: String {
            "an escape that is none of \\r, \\n, \\t, \\\\ and \\xNN; a backslash itself is \\\\"
        }
    }

    /// Replaces the escapes `\r`, `\n`, `\t`, `\\` and `\xNN`; all other bytes stay as they are.
    ///
    /// - Parameters:
    ///   - text: the bytes with escapes.
    ///   - joiningLines: whether a line end of the text itself (LF or CR LF) goes away where it
    ///     stands right behind an escaped one (`\n` or `\r`) or behind a lone backslash, so that
    ///     what is written in lines needs no line ends of its own.
    /// - Returns: what is meant.
    /// - Throws: ``UnknownEscape`` at the first backslash that begins none.
    package static func unescape(
        _ text: Span<UInt8>,
        joiningLines: Bool = false
    ) throws(UnknownEscape) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var index = 0
        while index < text.count {
            guard text[index] == 0x5C else {
                bytes.append(text[index])
                index += 1
                continue
            }
            if joiningLines, let end = lineEnd(in: text, at: index + 1) {
                index = end
                continue
            }
            let (byte, length) = try escape(in: text, at: index)
            bytes.append(byte)
            index += length
            if joiningLines, byte == .lineFeed || byte == .carriageReturn {
                index = lineEnd(in: text, at: index) ?? index
            }
        }
        return bytes
    }

    /// The index behind the line end at `index`; `nil` where there is none.
    private static func lineEnd(in text: Span<UInt8>, at index: Int) -> Int? {
        if index < text.count, text[index] == .lineFeed { return index + 1 }
        guard index + 1 < text.count, text[index] == .carriageReturn, text[index + 1] == .lineFeed
        else { return nil }
        return index + 2
    }

    /// The byte that the escape at `index` stands for, and the escape's length.
    private static func escape(
        in text: Span<UInt8>,
        at index: Int
    ) throws(UnknownEscape) -> (UInt8, Int) {
        guard index + 1 < text.count else { throw UnknownEscape(index: index) }
        switch text[index + 1] {
        case UInt8(ascii: "r"): return (.carriageReturn, 2)
        case UInt8(ascii: "n"): return (.lineFeed, 2)
        case UInt8(ascii: "t"): return (.tab, 2)
        case 0x5C: return (0x5C, 2)
        case UInt8(ascii: "x"):
            guard index + 3 < text.count, let high = text[index + 2].hexadecimalValue,
                let low = text[index + 3].hexadecimalValue
            else { throw UnknownEscape(index: index) }
            return (high << 4 | low, 4)
        default: throw UnknownEscape(index: index)
        }
    }
}
