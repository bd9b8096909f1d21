import ArgumentParser

/// A number of bytes as people write it: `65536`, `64K`, `64M`, `1G`; a K is 1024 bytes.
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

    package var defaultValueDescription: String { "\(bytes)" }

    private static func parts(_ text: String) -> (digits: Substring, factor: Int) {
        switch text.last {
        case "K", "k": (text.dropLast(), 1 << 10)
        case "M", "m": (text.dropLast(), 1 << 20)
        case "G", "g": (text.dropLast(), 1 << 30)
        case _: (text[...], 1)
        }
    }
}
