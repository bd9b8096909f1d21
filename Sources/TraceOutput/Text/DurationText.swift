/// Durations as people read them: with the unit that suits them and three digits that count, such
/// as `132 µs`, `1.25 ms`, `42.0 ms`, `2.03 s` or `24.0 h`.
package enum DurationText {
    /// Where a unit with so many decimals is used: up to `limit`, which rounds up to the next.
    private struct Scale {
        let limit: UInt64
        let unit: UInt64
        let decimals: Int
        let name: String
    }

    private static let microsecond: UInt64 = 1000
    private static let hour: UInt64 = 3_600_000_000_000

    private static let scales = [
        Scale(limit: 1000, unit: 1, decimals: 0, name: "ns"),
        Scale(limit: 9995, unit: 1000, decimals: 2, name: "µs"),
        Scale(limit: 99_950, unit: 1000, decimals: 1, name: "µs"),
        Scale(limit: 999_500, unit: 1000, decimals: 0, name: "µs"),
        Scale(limit: 9_995_000, unit: 1_000_000, decimals: 2, name: "ms"),
        Scale(limit: 99_950_000, unit: 1_000_000, decimals: 1, name: "ms"),
        Scale(limit: 999_500_000, unit: 1_000_000, decimals: 0, name: "ms"),
        Scale(limit: 9_995_000_000, unit: 1_000_000_000, decimals: 2, name: "s"),
        Scale(limit: 99_950_000_000, unit: 1_000_000_000, decimals: 1, name: "s"),
        Scale(limit: 9_999_500_000_000, unit: 1_000_000_000, decimals: 0, name: "s"),
        Scale(limit: hour * 9995 / 1000, unit: hour, decimals: 2, name: "h"),
        Scale(limit: hour * 9995 / 100, unit: hour, decimals: 1, name: "h"),
        Scale(limit: .max, unit: hour, decimals: 0, name: "h"),
    ]

    /// The duration in words; whole microseconds below 100 get no decimals, as most captures know
    /// no more.
    ///
    /// - Parameters:
    ///   - nanoseconds: the duration.
    ///   - spaced: whether a blank stands in front of the unit.
    ///   - isCoarse: whether a decimal less is given.
    /// - Returns: the number and the unit.
    package static func text(
        _ nanoseconds: Int64,
        spaced: Bool = true,
        isCoarse: Bool = false
    ) -> String {
        let magnitude = nanoseconds.magnitude
        let scale = scales.first { magnitude < $0.limit } ?? scales[scales.count - 1]
        let isWhole = scale.unit == microsecond && magnitude.isMultiple(of: microsecond)
        let decimals =
            isWhole ? 0 : isCoarse ? max(scale.decimals - 1, 0) : scale.decimals
        let sign = nanoseconds < 0 ? "-" : ""
        return sign + number(magnitude, of: scale.unit, decimals) + (spaced ? " " : "")
            + scale.name
    }

    private static func number(_ value: UInt64, of unit: UInt64, _ decimals: Int) -> String {
        let step: UInt64 = decimals == 0 ? 1 : decimals == 1 ? 10 : 100
        let (whole, rest) = value.quotientAndRemainder(dividingBy: unit)
        // Both steps are exact: no unit is so large that a hundred of it would not fit.
        let rounded = whole * step + (rest * step + unit / 2) / unit
        guard decimals > 0 else { return String(rounded) }
        let fraction = String(rounded % step)
        let zeros = String(repeating: "0", count: decimals - fraction.utf8.count)
        return "\(rounded / step).\(zeros)\(fraction)"
    }
}
