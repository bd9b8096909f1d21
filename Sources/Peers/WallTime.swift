internal import Bytes

/// A moment as a server's clock shows it; reading the clock is left to the edge.
package struct WallTime: Sendable, Hashable {
    /// Seconds since 1970-01-01 00:00 UTC, leap seconds not counted; may be negative.
    package var secondsSinceEpoch: Int
    /// What local time adds to UTC, in seconds.
    package var offsetFromUTC: Int

    /// Creates a moment; without an offset, local time is UTC.
    package init(secondsSinceEpoch: Int, offsetFromUTC: Int = 0) {
        self.secondsSinceEpoch = secondsSinceEpoch
        self.offsetFromUTC = offsetFromUTC
    }

    /// The moment as an IMF-fixdate, such as `Tue, 03 May 2022 07:57:42 GMT` (RFC 9110 §5.6.7).
    package var imfFixdate: String {
        var text: [UInt8] = []
        appendIMFFixdate(to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// Appends ``imfFixdate`` to `text`.
    func appendIMFFixdate(to text: inout [UInt8]) {
        Self.append(secondsSinceEpoch, to: &text)
        text += " GMT".utf8
    }

    /// The moment as the report's server wrote it: local time, with `KST` after it wherever it ran.
    package var reportDate: String {
        var text: [UInt8] = []
        Self.append(secondsSinceEpoch + offsetFromUTC, to: &text)
        return String(decoding: text, as: UTF8.self) + " KST"
    }

    /// The moment as local time with what it adds to UTC, such as `2026-11-30T21:54:36+0900`: the form
    /// of the other lines of a log.
    package var logTimestamp: String {
        let local = secondsSinceEpoch + offsetFromUTC
        let time = Self.remainder(of: local, by: Self.secondsPerDay)
        let date = CivilDate(daysSinceEpoch: (local - time) / Self.secondsPerDay)
        let offset = abs(offsetFromUTC) / 60
        var text: [UInt8] = Array("\(date.year)-".utf8)
        Self.append(twoDigits: date.month, to: &text, before: UInt8(ascii: "-"))
        Self.append(twoDigits: date.day, to: &text, before: UInt8(ascii: "T"))
        Self.append(twoDigits: time / 3600, to: &text, before: .colon)
        Self.append(twoDigits: time / 60 % 60, to: &text, before: .colon)
        let sign = offsetFromUTC < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+")
        Self.append(twoDigits: time % 60, to: &text, before: sign)
        Self.append(twoDigits: offset / 60, to: &text, before: nil)
        Self.append(twoDigits: offset % 60, to: &text, before: nil)
        return String(decoding: text, as: UTF8.self)
    }

    private static let secondsPerDay = 86_400
    private static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    /// The names of the months in dates of HTTP (RFC 9110 §5.6.7).
    static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static func append(_ seconds: Int, to text: inout [UInt8]) {
        let time = remainder(of: seconds, by: secondsPerDay)
        let days = (seconds - time) / secondsPerDay
        let date = CivilDate(daysSinceEpoch: days)
        // 1970-01-01 was a Thursday.
        text += weekdays[remainder(of: days, by: 7)].utf8
        text += ", ".utf8
        append(twoDigits: date.day, to: &text, before: .space)
        text += months[date.month - 1].utf8
        text += " \(date.year) ".utf8
        append(twoDigits: time / 3600, to: &text, before: .colon)
        append(twoDigits: time / 60 % 60, to: &text, before: .colon)
        append(twoDigits: time % 60, to: &text, before: nil)
    }

    /// The remainder that is never negative.
    private static func remainder(of value: Int, by divisor: Int) -> Int {
        let rest = value % divisor
        return rest < 0 ? rest + divisor : rest
    }

    private static func append(
        twoDigits value: Int,
        to text: inout [UInt8],
        before separator: UInt8?
    ) {
        text.append(UInt8(0x30 + value / 10))
        text.append(UInt8(0x30 + value % 10))
        if let separator { text.append(separator) }
    }
}
