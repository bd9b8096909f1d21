/// Fixed-width integers as they lie on the wire.
///
/// Each reader traps where the span is too short, as subscripts do: callers check lengths once for
/// a whole header and report what is missing.
extension Span<UInt8> {
    /// The 16 bits at `offset`, most significant byte first (network byte order).
    @inlinable
    package func bigEndianUInt16(at offset: Int) -> UInt16 {
        UInt16(self[offset]) << 8 | UInt16(self[offset + 1])
    }

    /// The 32 bits at `offset`, most significant byte first (network byte order).
    @inlinable
    package func bigEndianUInt32(at offset: Int) -> UInt32 {
        UInt32(bigEndianUInt16(at: offset)) << 16 | UInt32(bigEndianUInt16(at: offset + 2))
    }

    /// The 64 bits at `offset`, most significant byte first (network byte order).
    @inlinable
    package func bigEndianUInt64(at offset: Int) -> UInt64 {
        UInt64(bigEndianUInt32(at: offset)) << 32 | UInt64(bigEndianUInt32(at: offset + 4))
    }

    /// The 16 bits at `offset`, least significant byte first.
    @inlinable
    package func littleEndianUInt16(at offset: Int) -> UInt16 {
        bigEndianUInt16(at: offset).byteSwapped
    }

    /// The 32 bits at `offset`, least significant byte first.
    @inlinable
    package func littleEndianUInt32(at offset: Int) -> UInt32 {
        bigEndianUInt32(at: offset).byteSwapped
    }

    /// The 64 bits at `offset`, least significant byte first.
    @inlinable
    package func littleEndianUInt64(at offset: Int) -> UInt64 {
        bigEndianUInt64(at: offset).byteSwapped
    }
}
