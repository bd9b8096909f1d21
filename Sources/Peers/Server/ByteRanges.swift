internal import Bytes

/// The parts of a file that a `Range` field asks for (RFC 9110 §14.1.2).
enum ByteRanges: Sendable, Hashable {
    /// These, none of them empty.
    case parts([Range<Int>])
    /// The field is one to be ignored: the whole file is the answer.
    case whole
    /// None of what it asks for is there: 416.
    case unsatisfiable

    /// The most ranges that are answered as such; who asks for more is up to no good (RFC 9110
    /// §17.15).
    private static let most = 16

    /// Reads a field's value.
    ///
    /// - Parameters:
    ///   - value: the value, such as `bytes=0-499,-500`.
    ///   - length: the length of the file, in bytes.
    init(_ value: [UInt8], length: Int) {
        let unit = Array(value.prefix(6))
        guard unit.span.equalsIgnoringCase("bytes=") else {
            self = .whole
            return
        }
        var parts: [Range<Int>] = []
        let specs = value[unit.count...].split(separator: UInt8(ascii: ","))
        guard !specs.isEmpty, specs.count <= Self.most else {
            self = .whole
            return
        }
        for spec in specs {
            guard let range = Self.range(spec.filter { !$0.isBlank }[...], length: length) else {
                self = .whole
                return
            }
            if !range.isEmpty { parts.append(range) }
        }
        // Overlapping ranges would make more of a file than it is.
        let total = parts.reduce(0) { $0 + $1.count }
        self = parts.isEmpty ? .unsatisfiable : total > length ? .whole : .parts(parts)
    }

    /// One range, empty where nothing of it is there; `nil` where it cannot be read.
    private static func range(_ spec: ArraySlice<UInt8>, length: Int) -> Range<Int>? {
        guard let hyphen = spec.firstIndex(of: UInt8(ascii: "-")) else { return nil }
        let (first, last) = (spec[..<hyphen], spec[(hyphen + 1)...])
        if first.isEmpty {
            guard let count = number(last) else { return nil }
            return length - min(count, length)..<length
        }
        guard let start = number(first) else { return nil }
        guard !last.isEmpty else { return min(start, length)..<length }
        guard let end = number(last), start <= end else { return nil }
        return min(start, length)..<min(end, length - 1) + 1
    }

    /// A number; one beyond all lengths where it is too large.
    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard !digits.isEmpty, digits.allSatisfy(\.isDigit) else { return nil }
        var value = 0
        for digit in digits {
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(Int(digit - 0x30))
            if overflow || carry { return Int.max }
            value = sum
        }
        return value
    }
}
