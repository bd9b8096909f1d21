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

    /// Appends a duration as decimal seconds with no more digits after the point than it needs,
    /// and at least `leastDigits` (1 to 9).
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
