internal import Bytes

/// Numbers, ranges and times.
extension NotationLine {
    /// Reads `3`, `2-5`, `2+` or `*`.
    mutating func readRange(_ what: String) throws(ExpectationFileError) -> ClosedRange<Int> {
        guard let word = next() else { throw error("A number is missing: \(what).") }
        guard let range = Self.range(word.text) else {
            throw error("This tells \(what).", at: word)
        }
        return range
    }

    private static func range(_ text: String) -> ClosedRange<Int>? {
        if text == "*" { return 0...Int.max }
        if text.hasSuffix("+") { return number(text.dropLast()).map { $0...Int.max } }
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map(number)
        switch (ends.count, ends.first ?? nil, ends.last ?? nil) {
        case (1, let value?, _): return value...value
        case (2, let first?, let last?) where first <= last: return first...last
        default: return nil
        }
    }

    private static func number(_ digits: Substring) -> Int? {
        // Int would take a sign too.
        digits.utf8.allSatisfy(\.isDigit) ? Int(digits) : nil
    }

    /// Reads `250ms`, `1.5s`, `2m`; a time in nanoseconds.
    mutating func readDuration() throws(ExpectationFileError) -> Int64 {
        guard let word = next() else { throw error("A time is missing, such as 250ms or 2s.") }
        let units: [(name: String, size: Double)] = [
            ("ns", 1), ("us", 1e3), ("µs", 1e3), ("ms", 1e6), ("s", 1e9), ("m", 6e10),
        ]
        // A year is enough.
        let limit = 3.2e16
        guard let unit = units.first(where: { word.text.hasSuffix($0.name) }),
            case let number = word.text.dropLast(unit.name.count),
            number.utf8.allSatisfy({ $0.isDigit || $0 == UInt8(ascii: ".") }),
            let value = Double(number), value * unit.size <= limit
        else {
            throw error("A time is a number with ns, us, ms, s or m, such as 250ms.", at: word)
        }
        return Int64((value * unit.size).rounded())
    }
}
