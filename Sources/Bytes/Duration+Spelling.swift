extension Duration {
    /// The most that is read: a year.
    private static let longestSpelling = 31_536_000.0

    /// Reads a span of time as people write it: `250ms`, `10s`, `2m`, `1h`, or seconds without unit.
    ///
    /// Of parts of a nanosecond the nearest is taken; `nil` where it is no number or longer than a
    /// year.
    package init?(spelling text: String) {
        let units: [(suffix: String, seconds: Double)] = [
            ("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600), ("", 1),
        ]
        guard let unit = units.first(where: { text.hasSuffix($0.suffix) }) else { return nil }
        let number = text.dropLast(unit.suffix.count)
        // Double would take signs, exponents and names such as `inf` too.
        guard number.utf8.allSatisfy({ $0.isDigit || $0 == UInt8(ascii: ".") }),
            let value = Double(number), value * unit.seconds <= Self.longestSpelling
        else { return nil }
        self = .nanoseconds(Int64((value * unit.seconds * 1e9).rounded()))
    }

    /// The span as ``init(spelling:)`` reads it, to the nanosecond: `250ms`, `1.5s`.
    package var spelling: String {
        // In whole numbers: as a Double, 10,100 s are a little less than so many nanoseconds.
        let (seconds, attoseconds) = components
        let isShort = seconds == 0
        let unit: Int64 = isShort ? 1_000_000 : 1_000_000_000
        let nanoseconds = attoseconds / 1_000_000_000
        let whole = isShort ? nanoseconds / unit : seconds
        let rest = isShort ? nanoseconds % unit : nanoseconds
        guard rest > 0 else { return "\(whole)\(isShort ? "ms" : "s")" }
        var digits = String(unit + rest).dropFirst()
        while digits.last == "0" { digits = digits.dropLast() }
        return "\(whole).\(digits)\(isShort ? "ms" : "s")"
    }
}
