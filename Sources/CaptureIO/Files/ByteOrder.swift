/// The order in which the machine that wrote a file laid the bytes of its integers.
enum ByteOrder: Sendable, Hashable {
    case littleEndian, bigEndian

    /// The value of an integer as it was loaded from the file.
    func value<Integer: FixedWidthInteger>(of loaded: Integer) -> Integer {
        switch self {
        case .littleEndian: Integer(littleEndian: loaded)
        case .bigEndian: Integer(bigEndian: loaded)
        }
    }

    /// The 16 bits at `offset` of `bytes`, which must be long enough.
    func uint16(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> UInt16 {
        unsafe value(of: bytes.loadUnaligned(fromByteOffset: offset, as: UInt16.self))
    }

    /// The 32 bits at `offset` of `bytes`, which must be long enough.
    func uint32(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> UInt32 {
        unsafe value(of: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }

    /// The 64 bits at `offset` of `bytes`, which must be long enough.
    func uint64(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> UInt64 {
        unsafe value(of: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
}
