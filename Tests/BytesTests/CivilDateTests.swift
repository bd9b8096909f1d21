import Bytes
import Testing

@Suite struct CivilDateTests {
    @Test func `days of four centuries follow one another`() {
        var last = CivilDate(daysSinceEpoch: -135_141)
        for day in -135_140...13_000 {
            let date = CivilDate(daysSinceEpoch: day)
            let isNext =
                date.day == last.day + 1 && date.month == last.month
                || date.day == 1 && last.day >= 28
                    && (date.month == last.month + 1
                        || date.month == 1 && last.month == 12 && date.year == last.year + 1)
            #expect(isNext, "\(date) after \(last)")
            let back = CivilDate.daysSinceEpoch(year: date.year, month: date.month, day: date.day)
            #expect(back == day)
            last = date
        }
        #expect([last.year, last.month, last.day] == [2005, 8, 5])
    }
}
