internal import Bytes
package import Packets

/// Writes times as RFC 3339 text, in UTC unless another zone is asked for, with the digits that the
/// capture knows; or as seconds since 1970 or since another time.
///
/// Neighbouring messages share a second, so the text of the last one is kept.
package struct TimestampText: Sendable {
    private let display: TimeDisplay
    private let zone: TimeZoneRule
    private var second = Int64.min
    private var text: InlineArray<19, UInt8> = .init(repeating: 0x30)
    private var offset = TimeZoneRule.Offset(seconds: 0, name: "UTC")
    private var suffix: [UInt8] = Array("Z".utf8)
    /// The time from which the next one is counted, where times are shown so.
    private var reference: Int64?

    /// Writes UTC, unless another display is asked for.
    package init(_ display: TimeDisplay = .utc, zone: TimeZoneRule = .utc) {
        self.display = display
        self.zone = display == .local ? zone : .utc
    }

    /// Writes times as `options` ask.
    init(_ options: OutputOptions) { self.init(options.time, zone: options.zone) }

    /// Appends `time` as a JSON string, or `null` where the capture has none.
    @inline(__always)
    package mutating func append(json time: Timestamp, to buffer: inout OutputBuffer) {
        guard time.isKnown else { return buffer.append("null") }
        buffer.append("\"")
        append(time, to: &buffer)
        buffer.append("\"")
    }

    /// Appends `time` like `2026-11-22T21:37:28.000912Z`, or `0.000912 s`.
    package mutating func append(_ time: Timestamp, to buffer: inout OutputBuffer) {
        guard time.isKnown else { return buffer.append("time unknown") }
        let digits = Int(time.digits)
        switch display {
        case .local, .utc:
            let fraction = split(time.nanoseconds)
            buffer.append(text.span)
            Self.append(fraction: fraction, digits: digits, to: &buffer)
            buffer.append(suffix.span)
        case .epoch: Self.append(seconds: time.nanoseconds, digits: digits, to: &buffer)
        case .relative, .delta:
            let passed = sinceReference(time.nanoseconds)
            Self.append(seconds: passed, digits: digits, to: &buffer)
            buffer.append(" s")
        }
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

    /// Appends the date and the zone of `time`, like `2026-11-22 KST (UTC+09:00)`.
    mutating func append(dayOf time: Timestamp, to buffer: inout OutputBuffer) {
        _ = split(time.nanoseconds)
        buffer.append(text.span.extracting(0..<10))
        buffer.append(.space)
        buffer.append(string: offset.description)
    }

    /// How much later than the first time, or than the one before, this one is, in nanoseconds.
    mutating func sinceReference(_ nanoseconds: Int64) -> Int64 {
        let passed = nanoseconds.subtractingReportingOverflow(reference ?? nanoseconds)
        if display == .delta || reference == nil { reference = nanoseconds }
        return passed.partialValue
    }

    /// Appends decimal seconds with so many digits behind the point.
    static func append(seconds nanoseconds: Int64, digits: Int, to buffer: inout OutputBuffer) {
        let magnitude = nanoseconds.magnitude
        if nanoseconds < 0 { buffer.append(UInt8(ascii: "-")) }
        buffer.append(Int(magnitude / 1_000_000_000))
        append(fraction: Int64(magnitude % 1_000_000_000), digits: digits, to: &buffer)
    }

    private static func append(fraction: Int64, digits: Int, to buffer: inout OutputBuffer) {
        guard digits > 0 else { return }
        buffer.append(fraction: UInt64(fraction), digits: min(digits, 9))
    }

    /// Makes ``text`` that of the second, and answers the nanoseconds behind.
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
        let here = zone.offset(second)
        if here != offset {
            offset = here
            suffix = Array(here.suffix.utf8)
        }
        // No time of a capture is so early or so late that this would overflow.
        let shown = second + Int64(here.seconds)
        var days = Int(shown / 86_400)
        var inDay = Int(shown % 86_400)
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
