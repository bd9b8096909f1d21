import Bytes

/// Decimal numbers as HTTP writes them: digits and nothing else.
enum Decimal {
    /// The value of `digits`, or `nil` where they are none, others are among them, or the number is
    /// above what an `Int` holds.
    static func value(of digits: Span<UInt8>) -> Int? {
        guard !digits.isEmpty else { return nil }
        var value = 0
        for index in digits.indices {
            guard digits[index].isDigit else { return nil }
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(Int(digits[index] & 0xF))
            if overflow || carry { return nil }
            value = sum
        }
        return value
    }
}
