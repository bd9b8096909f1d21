extension Span<UInt8> {
    /// A hash of the bytes, by which others are told from them: two contents have the same one by
    /// chance only, as nobody knows the key.
    ///
    /// It multiplies words of 64 bits and folds the products, two at a time. Not for bytes that are
    /// shown to anybody who could learn the key from their hashes.
    package func fingerprint(key: UInt64) -> UInt64 {
        unsafe withUnsafeBytes { bytes in
            let secrets = (key ^ 0xA076_1D64_78BD_642F, key ^ 0xE703_7ED1_A0B4_28DB)
            var one = secrets.0 ^ UInt64(truncatingIfNeeded: bytes.count)
            var two = secrets.1
            var index = 0
            func word(_ offset: Int) -> UInt64 {
                // In bounds: each caller has looked at the length.
                unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            }
            while bytes.count - index >= 32 {
                one = Self.fold(word(index) ^ one, word(index + 8) ^ secrets.0)
                two = Self.fold(word(index + 16) ^ two, word(index + 24) ^ secrets.1)
                index += 32
            }
            while bytes.count - index >= 8 {
                one = Self.fold(word(index) ^ one, secrets.1)
                index += 8
            }
            var rest: UInt64 = 0
            while index < bytes.count {
                rest = rest << 8 | UInt64(unsafe bytes[index])
                index += 1
            }
            return Self.fold(one ^ rest, two ^ secrets.0)
        }
    }

    @inline(__always)
    private static func fold(_ one: UInt64, _ two: UInt64) -> UInt64 {
        let product = one.multipliedFullWidth(by: two)
        return product.high ^ product.low
    }

    /// The 32 bytes from `offset` on, as they lie in memory, with zeros for those behind the
    /// end.
    package func firstWords(from offset: Int) -> SIMD4<UInt64> {
        if count - offset >= 32 {
            return SIMD4(
                littleEndianUInt64(at: offset),
                littleEndianUInt64(at: offset + 8),
                littleEndianUInt64(at: offset + 16),
                littleEndianUInt64(at: offset + 24)
            )
        }
        var words = SIMD4<UInt64>()
        for index in 0..<Swift.max(0, count - offset) {
            words[index / 8] |= UInt64(self[offset + index]) << UInt64(index % 8 * 8)
        }
        return words
    }
}
