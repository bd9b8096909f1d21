/// Durations as options give them: `200ms`, `1.5s`, `2m`.
package enum DurationText {
    /// The most that is taken: a day.
    private static let longest = 86_400.0

    /// The duration that `text` means, from nothing to a day, or `nil` where it has no unit or is
    /// no number.
    package static func parse(_ text: String) -> Duration? {
        let units: [(suffix: String, seconds: Double)] = [("ms", 0.001), ("s", 1), ("m", 60)]
        guard let unit = units.first(where: { text.hasSuffix($0.suffix) }) else { return nil }
        let number = text.dropLast(unit.suffix.count)
        // Double would take signs, exponents and names such as `inf` too.
        guard number.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2E }),
            let value = Double(number), value * unit.seconds <= longest
        else { return nil }
        return .seconds(value * unit.seconds)
    }
}
