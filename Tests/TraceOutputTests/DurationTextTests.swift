import Testing
import TraceOutput

@Suite struct DurationTextTests {
    private static let second: Int64 = 1_000_000_000
    private static let spans: [(Int64, String)] = [
        (61 * second, "61.0 s"), (123 * second, "123 s"), (3600 * second, "3600 s"),
        (9999 * second, "9999 s"), (10_000 * second, "2.78 h"), (86_400 * second, "24.0 h"),
        (30 * 86_400 * second, "720 h"), (.max, "2562048 h"), (.min, "-2562048 h"),
    ]

    @Test(arguments: [
        (Int64(0), "0 ns"), (999, "999 ns"), (1000, "1 µs"), (1234, "1.23 µs"), (85_000, "85 µs"),
        (85_432, "85.4 µs"), (131_706, "132 µs"), (999_499, "999 µs"), (999_500, "1.00 ms"),
        (1_250_000, "1.25 ms"), (9_994_999, "9.99 ms"), (9_995_000, "10.0 ms"),
        (42_000_000, "42.0 ms"), (999_499_999, "999 ms"), (999_500_000, "1.00 s"),
        (1_050_000_000, "1.05 s"), (-85_000, "-85 µs"),
    ])
    func `a duration has the unit that suits it, and three digits`(
        nanoseconds: Int64,
        text: String
    ) {
        #expect(DurationText.text(nanoseconds) == text)
    }

    @Test(arguments: spans)
    func `a long one does too`(nanoseconds: Int64, text: String) {
        #expect(DurationText.text(nanoseconds) == text)
    }

    @Test func `below a hundred days no duration is longer than its column in a narrow list`() {
        var duration: Int64 = 1
        while duration < 100 * 86_400 * Self.second {
            #expect(DurationText.text(duration, spaced: false).count <= 6)
            #expect(DurationText.text(duration, spaced: false, isCoarse: true).count <= 5)
            duration += duration / 7 + 1
        }
    }
}
