internal import Bytes

/// JSON strings from bytes of any kind (RFC 8259 §7).
///
/// UTF-8 stays unchanged; any other byte becomes the code point of the same value
/// (`\u00XX`). Characters that steer a terminal or reorder text are written as escapes too: the
/// value is the same, and the line can be looked at.
extension OutputBuffer {
    /// Appends `bytes` between quotes.
    @inline(__always)
    package mutating func append(json bytes: Span<UInt8>) {
        append(json: 0..<bytes.count, of: bytes)
    }

    /// Appends a part of `bytes` between quotes; `isVerbatim` says that no byte needs an escape.
    @inline(__always)
    mutating func append(json part: Range<Int>, of bytes: Span<UInt8>, isVerbatim: Bool = false) {
        append(UInt8(ascii: "\""))
        append(jsonCharacters: part, of: bytes, isVerbatim: isVerbatim)
        append(UInt8(ascii: "\""))
    }

    /// Appends a part of `bytes` as inside the quotes of a JSON string; `isVerbatim` says that no
    /// byte needs an escape.
    @inline(__always)
    mutating func append(
        jsonCharacters part: Range<Int>,
        of bytes: Span<UInt8>,
        isVerbatim: Bool
    ) {
        if isVerbatim {
            append(part, of: bytes)
        } else {
            append(jsonCharacters: part, of: bytes)
        }
    }

    /// Appends a part of `bytes` as inside the quotes of a JSON string.
    package mutating func append(jsonCharacters part: Range<Int>, of bytes: Span<UInt8>) {
        let end = part.upperBound
        precondition(part.lowerBound >= 0 && end <= bytes.count)
        reserve(part.count &+ 8)
        var index = part.lowerBound
        while index < end {
            let left = end &- index
            guard bytes.count &- index >= 8 else {
                return appendLast(left, of: bytes.extracting(0..<end))
            }
            // Where the part ends inside the word, what is behind it is written and not counted.
            let word = bytes.littleEndianUInt64(at: index)
            let length = min(left, 8)
            let odd = Self.bytesToEscape(in: word) & (.max &>> UInt64(64 &- 8 &* length))
            if odd == 0 {
                append(littleEndian: word, length: length)
                index &+= 8
            } else {
                let plain = odd.trailingZeroBitCount / 8
                append(littleEndian: word, length: plain)
                index &+= plain
                index &+= appendEscaped(bytes.extracting(0..<end), at: index)
            }
        }
    }

    /// Appends the last bytes, fewer than eight, of all there are.
    @inline(never)
    private mutating func appendLast(_ length: Int, of bytes: Span<UInt8>) {
        var index = bytes.count &- length
        while index < bytes.count {
            let byte = bytes[index]
            if Self.bytesToEscape(in: UInt64(byte) | 0x2020_2020_2020_2000) == 0 {
                append(byte)
                index &+= 1
            } else {
                index &+= appendEscaped(bytes, at: index)
            }
        }
    }

    /// A bit 7 for each byte of `word` that needs an escape in a JSON string; exact up to the
    /// lowest one, which is all that is asked.
    ///
    /// Eight bytes at a time in a plain register: comparisons of `SIMD16` compile to scalar loops.
    @inline(__always)
    private static func bytesToEscape(in word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        // A byte below 0x80 sets its bit 7 in a difference only if it is less than what is taken
        // away, and one from 0x80 on counts anyway: so the usual masking of such bytes is spared.
        let control = word &- ones &* 0x20
        let quote = (word ^ ones &* 0x22) &- ones
        let backslash = (word ^ ones &* 0x5C) &- ones
        let delete = word &+ ones
        return (control | quote | backslash | delete | word) & (ones &* 0x80)
    }

    /// Appends the escape, or the UTF-8 sequence, at `index`; answers how many bytes were taken.
    @inline(never)
    private mutating func appendEscaped(_ bytes: Span<UInt8>, at index: Int) -> Int {
        let byte = bytes[index]
        switch byte {
        case 0x22: append("\\\"")
        case 0x5C: append("\\\\")
        case .lineFeed: append("\\n")
        case .carriageReturn: append("\\r")
        case .tab: append("\\t")
        case 0x80...:
            if let length = EscapedText.multiByteSequenceLength(in: bytes, at: index) {
                append(sequence: bytes.extracting(index..<index &+ length))
                return length
            }
            append(unicodeEscape: UInt32(byte))
        default: append(unicodeEscape: UInt32(byte))
        }
        return 1
    }

    private mutating func append(sequence: Span<UInt8>) {
        let scalar = Self.decode(sequence)
        guard Self.isInvisible(scalar) else { return append(sequence) }
        if scalar >= 0x1_0000 {
            append(unicodeEscape: 0xD800 + (scalar - 0x1_0000) >> 10)
            append(unicodeEscape: 0xDC00 + (scalar - 0x1_0000) & 0x3FF)
        } else {
            append(unicodeEscape: scalar)
        }
    }

    /// The code point of a well-formed sequence of two to four bytes.
    private static func decode(_ sequence: Span<UInt8>) -> UInt32 {
        let count = sequence.count
        var scalar = UInt32(sequence[0]) & (0xFF >> UInt32(count + 1))
        for index in 1..<count { scalar = scalar << 6 | UInt32(sequence[index] & 0x3F) }
        return scalar
    }

    /// C1 controls, line separators, annotations, and those that Unicode lists as not seen by
    /// default: bidirectional and zero-width marks, fillers, joiners, variation selectors, tags;
    /// and noncharacters.
    private static func isInvisible(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x80...0x9F, 0xAD, 0x34F, 0x61C, 0x115F...0x1160, 0x17B4...0x17B5, 0x180B...0x180F,
            0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0x3164, 0xFE00...0xFE0F, 0xFEFF,
            0xFFA0, 0xFFF0...0xFFFB, 0x1_BCA0...0x1_BCA3, 0x1_D173...0x1_D17A, 0xE_0000...0xE_0FFF:
            true
        default: scalar & 0xFFFE == 0xFFFE
        }
    }

    private mutating func append(unicodeEscape value: UInt32) {
        append("\\u")
        for shift in stride(from: UInt32(12), through: 0, by: -4) {
            let nibble = UInt8(truncatingIfNeeded: value >> shift) & 0xF
            append(nibble < 10 ? 0x30 &+ nibble : 0x57 &+ nibble)
        }
    }
}

/// Members of a JSON object, behind others.
extension OutputBuffer {
    /// Appends a member that is a number.
    mutating func append(key: StaticString, _ value: Int) {
        appendKey(key)
        append(value)
    }

    /// Appends a member that is text.
    mutating func append(key: StaticString, _ value: String) {
        appendKey(key)
        append(json: value.utf8.span)
    }

    /// Appends a member that is a list of text.
    mutating func append(key: StaticString, strings: [String]) {
        appendKey(key)
        append("[")
        for index in strings.indices {
            if index > 0 { append(",") }
            append(json: strings[index].utf8.span)
        }
        append("]")
    }

    private mutating func appendKey(_ key: StaticString) {
        append(",\"")
        append(key)
        append("\":")
    }
}
