extension Span<UInt8> {
    /// The index of the first byte from `start` up to `end` that is not printable ASCII
    /// (0x20 to 0x7E), or `nil`; looks at eight bytes at a time.
    @inlinable
    package func firstUnprintable(from start: Int, to end: Int) -> Int? {
        var index = start
        while end - index >= 8 {
            let word = littleEndianUInt64(at: index)
            if Self.hasUnprintable(word) { break }
            index += 8
        }
        while index < end {
            if self[index] &- 0x20 > 0x5E { return index }
            index += 1
        }
        return nil
    }

    /// Whether one of the eight bytes is below 0x20 or above 0x7E; a true answer may be wrong for
    /// bytes beside such a one only, so it is never false where one is.
    @inlinable
    package static func hasUnprintable(_ word: UInt64) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let high: UInt64 = 0x8080_8080_8080_8080
        let belowSpace = word &- ones &* 0x20
        let aboveTilde = word &+ ones
        return (belowSpace | aboveTilde | word) & high != 0
    }
}
