internal import Bytes

/// The escapes of JSON that stand for letters (RFC 8259 §7): many programs write all that is not ASCII
/// so, and nobody can read it.
package enum JSONEscapes {
    /// `text` with `\uXXXX` replaced by the character where that is beyond ASCII and can be shown;
    /// other escapes stay, as do halves of a pair.
    package static func lettersDecoded(in text: Span<UInt8>) -> [UInt8] {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(text.count)
        var start = 0
        while let backslash = text.firstIndex(of: 0x5C, from: start) {
            decoded.append(copying: text.extracting(start..<backslash))
            if let (letter, end) = letter(in: text, at: backslash) {
                decoded.append(contentsOf: String(letter).utf8)
                start = end
            } else {
                // What the backslash escapes is no backslash that begins an escape.
                start = min(backslash + 2, text.count)
                decoded.append(copying: text.extracting(backslash..<start))
            }
        }
        decoded.append(copying: text.extracting(start..<text.count))
        return decoded
    }

    private static func letter(
        in text: Span<UInt8>,
        at start: Int
    ) -> (letter: Unicode.Scalar, end: Int)? {
        guard let first = unit(in: text, at: start) else { return nil }
        var (value, end) = (UInt32(first), start + 6)
        if 0xD800...0xDBFF ~= first {
            guard let second = unit(in: text, at: end), 0xDC00...0xDFFF ~= second else {
                return nil
            }
            value = 0x10000 + (value - 0xD800) << 10 + (UInt32(second) - 0xDC00)
            end += 6
        }
        guard value >= 0x80, let letter = Unicode.Scalar(value), EscapedText.isHarmless(letter)
        else { return nil }
        return (letter, end)
    }

    /// The number in an escape `\uXXXX`.
    private static func unit(in text: Span<UInt8>, at start: Int) -> UInt16? {
        guard start + 6 <= text.count, text[start] == 0x5C, text[start + 1] == UInt8(ascii: "u")
        else { return nil }
        var value: UInt16 = 0
        for index in start + 2..<start + 6 {
            guard let digit = text[index].hexadecimalValue else { return nil }
            value = value << 4 | UInt16(digit)
        }
        return value
    }
}
