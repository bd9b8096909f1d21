internal import Bytes

/// Reads dates in the three forms that recipients must take (RFC 9110 §5.6.7).
enum HTTPDate {
    /// Reads one.
    ///
    /// - Parameters:
    ///   - text: a field's value.
    ///   - year: the year of now, by which years of two digits are read.
    /// - Returns: the seconds since 1970-01-01 00:00 UTC; `nil` where it has no such form.
    static func seconds(of text: [UInt8], in year: Int) -> Int? {
        let words = text.split(separator: .space)
        if words.count == 6, words[0].count == 4, words[5].elementsEqual("GMT".utf8) {
            // Sun, 06 Nov 1994 08:49:37 GMT
            return seconds(words[1], words[2], number(words[3], digits: 4), words[4])
        }
        if words.count == 4, words[3].elementsEqual("GMT".utf8) {
            // Sunday, 06-Nov-94 08:49:37 GMT
            let parts = words[1].split(separator: UInt8(ascii: "-"))
            guard parts.count == 3, let short = number(parts[2], digits: 2) else { return nil }
            // More than fifty years ahead is taken as the past.
            var full = year - year % 100 + short
            if full > year + 50 { full -= 100 }
            return seconds(parts[0], parts[1], full, words[2])
        }
        if words.count == 5, words[0].count == 3 {
            // Sun Nov  6 08:49:37 1994
            return seconds(words[2], words[1], number(words[4], digits: 4), words[3])
        }
        return nil
    }

    private static func seconds(
        _ day: ArraySlice<UInt8>,
        _ month: ArraySlice<UInt8>,
        _ year: Int?,
        _ time: ArraySlice<UInt8>
    ) -> Int? {
        let clock = time.split(separator: .colon)
        let names = WallTime.months
        guard let year, let month = names.firstIndex(where: { month.elementsEqual($0.utf8) }),
            let day = number(day, digits: day.count), (1...31).contains(day), clock.count == 3,
            let hour = number(clock[0], digits: 2), let minute = number(clock[1], digits: 2),
            let second = number(clock[2], digits: 2), hour < 24, minute < 60, second <= 60
        else { return nil }
        let days = CivilDate.daysSinceEpoch(year: year, month: month + 1, day: day)
        return days * 86_400 + hour * 3600 + minute * 60 + second
    }

    /// A number of so many digits, of which there are four at most.
    private static func number(_ text: ArraySlice<UInt8>, digits: Int) -> Int? {
        guard text.count == digits, (1...4).contains(digits), text.allSatisfy(\.isDigit) else {
            return nil
        }
        return text.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
}
