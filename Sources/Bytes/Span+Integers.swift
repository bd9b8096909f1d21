/// Fixed-width integers as they lie on the wire.
///
/// Each reader traps where the span is too short, as subscripts do: callers check lengths once for
/// a whole header and report what is missing. Each is one load with one check; made of single bytes
/// they took a third of the time in which a frame is decoded. Loading is safe, as every pattern of
/// bits is an integer.
extension Span<UInt8> {
    /// The 16 bits at `offset`, most significant byte first (network byte order).
    @inlinable
    package func bigEndianUInt16(at offset: Int) -> UInt16 {
        unsafe UInt16(bigEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt16.self))
    }

    /// The 32 bits at `offset`, most significant byte first (network byte order).
    @inlinable
    package func bigEndianUInt32(at offset: Int) -> UInt32 {
        unsafe UInt32(bigEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }

    /// The 64 bits at `offset`, most significant byte first (network byte order).
    @inlinable
    package func bigEndianUInt64(at offset: Int) -> UInt64 {
        unsafe UInt64(bigEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
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
