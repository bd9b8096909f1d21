extension Span<UInt8> {
    /// The index of the first byte from `start` up to `end` that is not printable ASCII
    /// (0x20 to 0x7E), or `nil`; looks at eight bytes at a time.
    @inlinable
    package func firstUnprintable(from start: Int, to end: Int) -> Int? {
        var index = start
        while end - index >= 8 {
            let word = littleEndianUInt64(at: index)
            let odd = Self.unprintable(in: word)
            if odd != 0 { return index + odd.trailingZeroBitCount / 8 }
            index += 8
        }
        while index < end {
            if self[index] &- 0x20 > 0x5E { return index }
            index += 1
        }
        return nil
    }

    /// A bit 7 for each byte of `word` below 0x20 or above 0x7E; exact up to the lowest one, above
    /// which there may be others that are none.
    @inlinable
    package static func unprintable(in word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let belowSpace = word &- ones &* 0x20
        let aboveTilde = word &+ ones
        return (belowSpace | aboveTilde | word) & (ones &* 0x80)
    }
}
