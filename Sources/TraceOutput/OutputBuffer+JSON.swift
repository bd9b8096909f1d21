internal import Bytes

/// JSON strings from bytes of any kind (RFC 8259 §7).
///
/// What is UTF-8 stays as it is; a byte that is not becomes the code point of the same value
/// (`\u00XX`). Characters that steer a terminal or reorder text are written as escapes too: the
/// value is the same, and the line can be looked at.
extension OutputBuffer {
    /// Appends `bytes` between quotes.
    @inline(__always)
    package mutating func append(json bytes: Span<UInt8>) {
        append(UInt8(ascii: "\""))
        append(jsonCharacters: bytes)
        append(UInt8(ascii: "\""))
    }

    /// Appends what stands for `bytes` inside the quotes of a JSON string.
    package mutating func append(jsonCharacters bytes: Span<UInt8>) {
        let count = bytes.count
        reserve(count &+ 8)
        var index = 0
        while count &- index >= 8 {
            let word = bytes.littleEndianWord(at: index)
            let odd = Self.bytesToEscape(in: word)
            if odd == 0 {
                append(littleEndian: word, length: 8)
                index &+= 8
            } else {
                let plain = odd.trailingZeroBitCount / 8
                append(littleEndian: word, length: plain)
                index &+= plain
                index &+= appendEscaped(bytes, at: index)
            }
        }
        while index < count {
            // The rest is shorter than a word: blanks take the place of what is not there.
            let left = count &- index
            let word = bytes.lastWord(length: left)
            let odd = Self.bytesToEscape(in: word | 0x2020_2020_2020_2020 << UInt64(8 &* left))
            let plain = odd == 0 ? left : odd.trailingZeroBitCount / 8
            append(littleEndian: word, length: plain)
            index &+= plain
            if index < count { index &+= appendEscaped(bytes, at: index) }
        }
    }

    /// A bit 7 for each byte of `word` that cannot stand in a JSON string as it is; exact up to the
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

    /// Appends the escape, or the UTF-8 sequence, at `index`; answers how many bytes it took.
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

    /// C1 controls, soft hyphen, bidirectional and zero-width marks, line separators, tags.
    private static func isInvisible(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x80...0x9F, 0xAD, 0x61C, 0x180E, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F,
            0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F:
            true
        default: false
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

extension Span<UInt8> {
    /// The eight bytes at `offset` as one word, the first of them lowest.
    @inline(__always)
    fileprivate func littleEndianWord(at offset: Int) -> UInt64 {
        precondition(offset >= 0 && count &- offset >= 8)
        return unsafe withUnsafeBytes { raw in
            unsafe UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        }
    }

    /// The last `length` bytes, 1 to 7, as the low bytes of a word, and zeros above them.
    @inline(__always)
    fileprivate func lastWord(length: Int) -> UInt64 {
        if count >= 8 { return littleEndianWord(at: count &- 8) >> UInt64(8 &* (8 &- length)) }
        var word: UInt64 = 0
        for index in count &- length..<count {
            word = word << 8 | UInt64(self[index])
        }
        return word.byteSwapped >> UInt64(8 &* (8 &- length))
    }
}
