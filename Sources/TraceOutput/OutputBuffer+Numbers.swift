/// Numbers as text, by hand: formatting through `String` costs more than all the rest of a line.
extension OutputBuffer {
    /// Appends `value` in decimal.
    package mutating func append(_ value: Int) {
        var magnitude = UInt64(value.magnitude)
        if value < 0 { append(UInt8(ascii: "-")) }
        guard magnitude >= 10 else {
            append(UInt8(truncatingIfNeeded: 0x30 &+ magnitude))
            return
        }
        // At most 20 digits, gathered from the last to the first.
        var digits: InlineArray<20, UInt8> = .init(repeating: 0)
        var start = 20
        while magnitude > 0 {
            start &-= 1
            let quotient = magnitude / 10
            digits[start] = UInt8(truncatingIfNeeded: 0x30 &+ magnitude &- quotient &* 10)
            magnitude = quotient
        }
        append(digits.span.extracting(start..<20))
    }

    /// Appends the last `digits` decimal digits of `value`, with leading zeros.
    package mutating func append(_ value: Int, digits: Int) {
        var unit = 1
        for _ in 1..<max(digits, 1) { unit &*= 10 }
        var left = value
        for _ in 0..<digits {
            append(UInt8(truncatingIfNeeded: 0x30 &+ (left / unit) % 10))
            left %= unit
            unit = max(unit / 10, 1)
        }
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
        append(Int(magnitude / 1_000_000_000))
        append(UInt8(ascii: "."))
        var fraction = Int(magnitude % 1_000_000_000)
        var digits = 9
        while digits > leastDigits, fraction % 10 == 0 {
            fraction /= 10
            digits &-= 1
        }
        append(fraction, digits: digits)
    }

    /// Appends a duration in seconds for people: microseconds, and nanoseconds where there are any.
    package mutating func append(readableSeconds nanoseconds: Int64) {
        append(seconds: nanoseconds, leastDigits: nanoseconds % 1000 == 0 ? 6 : 9)
        append(" s")
    }
}
