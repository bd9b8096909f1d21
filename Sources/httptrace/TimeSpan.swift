import ArgumentParser

/// A span of time as people write it: `250ms`, `10s`, `2m`, `1h`; seconds where there is no unit.
struct TimeSpan: ExpressibleByArgument {
    let duration: Duration

    init?(argument: String) {
        let units: [(String, Double)] = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600), ("", 1)]
        guard let (unit, seconds) = units.first(where: { argument.hasSuffix($0.0) }),
            let number = Double(argument.dropLast(unit.count)), number >= 0,
            number * seconds < 1e9
        else { return nil }
        duration = .seconds(number * seconds)
    }
}
