/// Numbers as text, by hand: formatting through `String` costs more than all the rest of a line.
extension OutputBuffer {
    /// Appends `value` in decimal.
    package mutating func append(_ value: Int) {
        guard 10..<100_000_000 ~= value else { return append(shortOrLong: value) }
        let digits = Self.digits(of: UInt64(value))
        // Leading zeros are left out.
        let zeros = (digits ^ 0x3030_3030_3030_3030).trailingZeroBitCount / 8
        append(littleEndian: digits &>> UInt64(8 &* zeros), length: 8 &- zeros)
    }

    /// Appends a value of one digit, of more than eight, or below 0.
    private mutating func append(shortOrLong value: Int) {
        if value < 0 { append(UInt8(ascii: "-")) }
        let magnitude = value.magnitude
        if magnitude < 10 { return append(0x30 | UInt8(truncatingIfNeeded: magnitude)) }
        guard magnitude >= 100_000_000 else { return append(Int(magnitude)) }
        append(Int(magnitude / 100_000_000))
        append(littleEndian: Self.digits(of: UInt64(magnitude % 100_000_000)), length: 8)
    }

    /// The eight decimal digits of a value below 10⁸ as characters, the first of them lowest.
    ///
    /// Halves the number three times, all parts at once: multiplying by 10486 / 2²⁰ divides by 100
    /// below 10⁴, and by 103 / 2¹⁰ divides by 10 below 100.
    private static func digits(of value: UInt64) -> UInt64 {
        let fours = value / 10_000 | (value % 10_000) << 32
        let hundreds = (fours &* 10_486) >> 20 & 0x0000_007F_0000_007F
        let twos = hundreds | (fours &- hundreds &* 100) << 16
        let tens = (twos &* 103) >> 10 & 0x000F_000F_000F_000F
        return (tens | (twos &- tens &* 10) << 8) | 0x3030_3030_3030_3030
    }

    /// Appends the last `digits` decimal digits of `value`, which is not negative, with leading
    /// zeros.
    package mutating func append(_ value: Int, digits: Int) {
        guard digits <= 8 else {
            append(value / 100_000_000, digits: digits - 8)
            return append(value % 100_000_000, digits: 8)
        }
        let text = Self.digits(of: UInt64(value.magnitude) % 100_000_000)
        append(littleEndian: text &>> UInt64(8 &* (8 &- digits)), length: digits)
    }

    /// Appends `value` with a comma between groups of three digits, as people read counts.
    package mutating func append(grouped value: Int) {
        guard value >= 1000 else { return append(value) }
        append(grouped: value / 1000)
        append(UInt8(ascii: ","))
        append(value % 1000, digits: 3)
    }

    /// Appends a duration as decimal seconds with no more digits after the point than needed, and
    /// at least `leastDigits` (1 to 9).
    package mutating func append(seconds nanoseconds: Int64, leastDigits: Int = 1) {
        let magnitude = nanoseconds.magnitude
        if nanoseconds < 0 { append(UInt8(ascii: "-")) }
        let (whole, fraction) =
            magnitude < 1_000_000_000
            ? (0, magnitude) : magnitude.quotientAndRemainder(dividingBy: 1_000_000_000)
        append(Int(whole))
        let last = Self.digits(of: fraction % 100_000_000)
        let needed = 9 &- (last ^ 0x3030_3030_3030_3030).leadingZeroBitCount / 8
        append(fraction / 100_000_000, last, length: max(needed, leastDigits))
    }

    /// Appends a decimal point, a digit, and of eight more as many as make `length`.
    @inline(__always)
    private mutating func append(_ first: UInt64, _ more: UInt64, length: Int) {
        reserve(16)
        append(littleEndian: 0x302E &+ first &<< 8, length: 2)
        append(littleEndian: more, length: length &- 1)
    }

    /// Appends a decimal point and the first `digits`, 1 to 9, of so many nanoseconds.
    mutating func append(fraction nanoseconds: UInt64, digits: Int) {
        let last = Self.digits(of: nanoseconds % 100_000_000)
        append(nanoseconds / 100_000_000, last, length: digits)
    }
}

/// Bytes as digits, as people look at them in a packet analyser.
extension OutputBuffer {
    /// Appends rows of 16 bytes: offset, hexadecimal digits, characters; 72 columns and the indent.
    package mutating func append(hexadecimal bytes: Span<UInt8>, indent: Int) {
        for start in stride(from: 0, to: bytes.count, by: 16) {
            let end = min(start + 16, bytes.count)
            append(0x20, times: indent)
            appendHexadecimal(start, digits: start > 0xFFFF ? 8 : 4)
            append("  ")
            for index in start..<start + 16 {
                if index == start + 8 { append(" ") }
                if index < end {
                    appendHexadecimal(Int(bytes[index]), digits: 2)
                    append(" ")
                } else {
                    append("   ")
                }
            }
            append(" ")
            for index in start..<end {
                let byte = bytes[index]
                append(byte &- 0x20 < 0x5F ? byte : UInt8(ascii: "."))
            }
            append("\n")
        }
    }

    /// Appends two hexadecimal digits a byte and nothing between them.
    package mutating func append(hexadecimalDigits bytes: Span<UInt8>) {
        for index in bytes.indices { appendHexadecimal(Int(bytes[index]), digits: 2) }
    }

    /// Appends base64 with padding (RFC 4648 §4).
    package mutating func append(base64 bytes: Span<UInt8>) {
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let left = min(bytes.count - start, 3)
            var word: UInt32 = 0
            for offset in 0..<3 {
                word = word << 8 | (offset < left ? UInt32(bytes[start + offset]) : 0)
            }
            for digit in 0..<4 {
                let sextet = UInt8(truncatingIfNeeded: word >> (18 - 6 * UInt32(digit))) & 0x3F
                append(digit <= left ? Self.base64Digit(sextet) : UInt8(ascii: "="))
            }
        }
    }

    private static func base64Digit(_ value: UInt8) -> UInt8 {
        switch value {
        case 0..<26: UInt8(ascii: "A") + value
        case 26..<52: UInt8(ascii: "a") + value - 26
        case 52..<62: UInt8(ascii: "0") + value - 52
        case 62: UInt8(ascii: "+")
        default: UInt8(ascii: "/")
        }
    }

    private mutating func appendHexadecimal(_ value: Int, digits: Int) {
        for digit in stride(from: digits - 1, through: 0, by: -1) {
            let nibble = UInt8(truncatingIfNeeded: value >> (4 * digit)) & 0xF
            append(nibble < 10 ? 0x30 + nibble : 0x57 + nibble)
        }
    }
}
