import Console
import Testing

@Suite struct TimeSpanTests {
    @Test(arguments: [
        ("200ms", Duration.milliseconds(200)), ("1.5s", .milliseconds(1500)), ("2m", .seconds(120)),
        ("1h", .seconds(3600)), ("10", .seconds(10)), ("0ms", .zero), ("-1s", nil), ("1e3s", nil),
        ("infs", nil), ("s", nil), ("", nil), ("1..5s", nil), ("99999999999s", nil),
    ])
    func `a span is a number with a unit, or seconds`(text: String, expected: Duration?) {
        #expect(TimeSpan(argument: text)?.duration == expected)
    }
}
