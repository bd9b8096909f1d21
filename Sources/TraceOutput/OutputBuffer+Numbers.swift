/// Numbers as text, by hand: formatting through `String` costs more than all the rest of a line.
extension OutputBuffer {
    /// Appends `value` in decimal.
    package mutating func append(_ value: Int) {
        if value < 0 { append(UInt8(ascii: "-")) }
        let magnitude = UInt64(value.magnitude)
        var length = 1
        var left = magnitude / 10
        while left > 0 {
            left /= 10
            length &+= 1
        }
        append(magnitude, length: length)
    }

    /// Appends the last `digits` decimal digits of `value`, which is not negative, with leading
    /// zeros.
    package mutating func append(_ value: Int, digits: Int) {
        append(UInt64(value.magnitude), length: digits)
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
