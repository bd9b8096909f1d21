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
        Self.format(secondsSinceEpoch) + " GMT"
    }

    /// The moment as the report's server wrote it: local time, with `KST` after it wherever it ran.
    package var reportDate: String {
        Self.format(secondsSinceEpoch + offsetFromUTC) + " KST"
    }

    private static let secondsPerDay = 86_400
    private static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static func format(_ seconds: Int) -> String {
        let time = remainder(of: seconds, by: secondsPerDay)
        let days = (seconds - time) / secondsPerDay
        let date = CivilDate(daysSinceEpoch: days)
        // 1970-01-01 was a Thursday.
        let weekday = weekdays[remainder(of: days, by: 7)]
        let day = "\(weekday), \(twoDigits(date.day)) \(months[date.month - 1]) \(date.year)"
        let hours = twoDigits(time / 3600)
        let minutes = twoDigits(time / 60 % 60)
        return "\(day) \(hours):\(minutes):\(twoDigits(time % 60))"
    }

    /// The remainder that is never negative.
    private static func remainder(of value: Int, by divisor: Int) -> Int {
        let rest = value % divisor
        return rest < 0 ? rest + divisor : rest
    }

    private static func twoDigits(_ value: Int) -> String {
        value < 10 ? "0\(value)" : String(value)
    }
}
