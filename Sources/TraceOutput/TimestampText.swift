import Bytes
package import Packets

/// Writes times as RFC 3339 text in UTC, with the digits that the capture knows.
///
/// Neighbouring messages share a second, so the text of the last one is kept.
package struct TimestampText: Sendable {
    private var second = Int64.min
    private var text: InlineArray<19, UInt8> = .init(repeating: 0x30)

    package init() {}

    /// Appends `time` as a JSON string, or `null` where the capture does not have it.
    @inline(__always)
    package mutating func append(json time: Timestamp, to buffer: inout OutputBuffer) {
        guard time.isKnown else { return buffer.append("null") }
        buffer.append("\"")
        append(time, to: &buffer)
        buffer.append("\"")
    }

    /// Appends `time` like `2026-11-22T21:37:28.000912Z`.
    package mutating func append(_ time: Timestamp, to buffer: inout OutputBuffer) {
        guard time.isKnown else { return buffer.append("time unknown") }
        let fraction = split(time.nanoseconds)
        buffer.append(text.span)
        Self.append(fraction: fraction, digits: Int(time.digits), to: &buffer)
        buffer.append(UInt8(ascii: "Z"))
    }

    /// Appends `time` like `2026-11-22 21:37:28.000912`, for columns and headings.
    package mutating func append(readable time: Timestamp, to buffer: inout OutputBuffer) {
        let fraction = split(time.nanoseconds)
        buffer.append(text.span.extracting(0..<10))
        buffer.append(UInt8(ascii: " "))
        buffer.append(text.span.extracting(11..<19))
        Self.append(fraction: fraction, digits: Int(time.digits), to: &buffer)
    }

    /// Appends the time of day with so many digits after the second, like `21:37:28.000`.
    package mutating func append(
        timeOfDay time: Timestamp,
        digits: Int,
        to buffer: inout OutputBuffer
    ) {
        let fraction = split(time.nanoseconds)
        buffer.append(text.span.extracting(11..<19))
        Self.append(fraction: fraction, digits: digits, to: &buffer)
    }

    private static func append(fraction: Int64, digits: Int, to buffer: inout OutputBuffer) {
        guard digits > 0 else { return }
        buffer.append(fraction: UInt64(fraction), digits: min(digits, 9))
    }

    /// Sees to it that ``text`` is that of the second, and answers the nanoseconds after it.
    private mutating func split(_ nanoseconds: Int64) -> Int64 {
        var (whole, fraction) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
        if fraction < 0 {
            whole -= 1
            fraction += 1_000_000_000
        }
        if whole != second {
            second = whole
            writeSecond()
        }
        return fraction
    }

    private mutating func writeSecond() {
        var days = Int(second / 86_400)
        var inDay = Int(second % 86_400)
        if inDay < 0 {
            days -= 1
            inDay += 86_400
        }
        let date = CivilDate(daysSinceEpoch: days)
        put(date.year, digits: 4, at: 0)
        text[4] = UInt8(ascii: "-")
        put(date.month, digits: 2, at: 5)
        text[7] = UInt8(ascii: "-")
        put(date.day, digits: 2, at: 8)
        text[10] = UInt8(ascii: "T")
        put(inDay / 3600, digits: 2, at: 11)
        text[13] = UInt8(ascii: ":")
        put(inDay / 60 % 60, digits: 2, at: 14)
        text[16] = UInt8(ascii: ":")
        put(inDay % 60, digits: 2, at: 17)
    }

    private mutating func put(_ value: Int, digits: Int, at offset: Int) {
        var left = value
        for index in stride(from: offset + digits - 1, through: offset, by: -1) {
            text[index] = UInt8(truncatingIfNeeded: 0x30 + left % 10)
            left /= 10
        }
    }
}
