import ArgumentParser

/// A span of time as people write it: `250ms`, `10s`, `2m`, `1h`; seconds where there is no unit.
package struct TimeSpan: ExpressibleByArgument, Sendable {
    /// The most that is taken: a year.
    private static let longest = 31_536_000.0

    /// What it comes to.
    package let duration: Duration

    package init(_ duration: Duration) { self.duration = duration }

    /// Reads a span; `nil` where it is no number or too long.
    package init?(argument: String) {
        let units: [(suffix: String, seconds: Double)] = [
            ("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600), ("", 1),
        ]
        guard let unit = units.first(where: { argument.hasSuffix($0.suffix) }) else { return nil }
        let number = argument.dropLast(unit.suffix.count)
        // Double would take signs, exponents and names such as `inf` too.
        guard number.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2E }),
            let value = Double(number), value * unit.seconds <= Self.longest
        else { return nil }
        duration = .seconds(value * unit.seconds)
    }

    package var defaultValueDescription: String { "\(duration)" }
}
