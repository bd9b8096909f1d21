import ArgumentParser

/// A number of bytes as people write it: `65536`, `64K`, `64KiB`, `64M`, `1G`; a K is 1024 bytes.
package struct ByteCount: ExpressibleByArgument, Sendable, Hashable {
    /// What it comes to.
    package let bytes: Int

    package init(_ bytes: Int) { self.bytes = bytes }

    /// Reads a number of bytes; `nil` where it is no number, below 0, or too large.
    package init?(argument: String) {
        let (digits, factor) = Self.parts(argument)
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) }),
            let number = Int(digits)
        else { return nil }
        let (bytes, overflow) = number.multipliedReportingOverflow(by: factor)
        guard !overflow else { return nil }
        self.bytes = bytes
    }

    package var defaultValueDescription: String {
        let unit = Self.units.last { bytes > 0 && bytes.isMultiple(of: $0.factor) }
        return unit.map { "\(bytes / $0.factor)\($0.letter)iB" } ?? "\(bytes)"
    }

    private static let units: [(letter: Character, factor: Int)] = [
        ("K", 1 << 10), ("M", 1 << 20), ("G", 1 << 30),
    ]

    private static func parts(_ text: String) -> (digits: Substring, factor: Int) {
        let short = text.lowercased().hasSuffix("ib") ? text.dropLast(2) : text[...]
        guard let last = short.last?.uppercased(),
            let unit = units.first(where: { String($0.letter) == last })
        else { return (text[...], 1) }
        return (short.dropLast(), unit.factor)
    }
}
