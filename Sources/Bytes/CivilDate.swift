/// A day of the Gregorian calendar, which the text of times is made of (RFC 3339, RFC 9110 §5.6.7).
package struct CivilDate: Sendable, Hashable {
    /// The year; astronomical, so that 0 is 1 BC.
    package let year: Int
    /// The month, 1 to 12.
    package let month: Int
    /// The day of the month, 1 to 31.
    package let day: Int

    /// The date of a day counted from 1970-01-01, which is 0; negative before it.
    ///
    /// After Howard Hinnant's `civil_from_days`: years begin in March, so that the leap day is a
    /// year's last, and are counted in eras of 400.
    package init(daysSinceEpoch days: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// The days from 1970-01-01 to a date, by the inverse: Hinnant's `days_from_civil`.
    ///
    /// - Parameters:
    ///   - year: the astronomical year.
    ///   - month: 1 to 12.
    ///   - day: 1 to 31; one that the month does not have counts on into the next.
    /// - Returns: the days, negative before 1970.
    package static func daysSinceEpoch(year: Int, month: Int, day: Int) -> Int {
        let yearFromMarch = month <= 2 ? year - 1 : year
        let era = (yearFromMarch >= 0 ? yearFromMarch : yearFromMarch - 399) / 400
        let yearOfEra = yearFromMarch - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}
