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
        let date = civilDate(daysSinceEpoch: days)
        // 1970-01-01 was a Thursday.
        let weekday = weekdays[remainder(of: days, by: 7)]
        let day = "\(weekday), \(twoDigits(date.day)) \(months[date.month - 1]) \(date.year)"
        let hours = twoDigits(time / 3600)
        let minutes = twoDigits(time / 60 % 60)
        return "\(day) \(hours):\(minutes):\(twoDigits(time % 60))"
    }

    /// The Gregorian date of a day, counted in eras of 400 years that begin on a first of March:
    /// there the leap day is the last of the year.
    private static func civilDate(
        daysSinceEpoch days: Int
    ) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let dayOfEra = remainder(of: shifted, by: 146_097)
        let era = (shifted - dayOfEra) / 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
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
