/// What is wrong with a capture file at one place.
package enum FileDamage: Sendable, Hashable, CustomStringConvertible {
    /// The file ends within its own header, of which so many bytes are there.
    case cutFileHeader(available: Int, needed: Int)
    /// The file ends within a record's or block's header.
    case cutHeader(available: Int, needed: Int)
    /// The file ends within a record or block.
    case cutRecord(available: Int, needed: Int)
    /// A record claims more bytes than any frame has.
    case impossibleLength(claimed: Int, limit: Int)
    /// The file is of a version whose layout nobody has published.
    case unsupportedVersion(major: Int, minor: Int)
    /// A pcapng block claims to be shorter than its own fixed fields.
    case blockTooShort(type: UInt32, length: Int, needed: Int)
    /// The two lengths that enclose a pcapng block differ.
    case lengthsDisagree(leading: Int, trailing: Int)
    /// A pcapng section header does not say in which byte order it is.
    case unknownByteOrder(UInt32)
    /// A pcapng packet names an interface that its section has not declared.
    case undeclaredInterface(Int, declared: Int)
    /// A pcapng packet claims more captured bytes than its block has room for.
    case capturedLengthBeyondBlock(claimed: Int, room: Int)
    /// A pcapng section declares more interfaces than any machine has.
    case tooManyInterfaces(limit: Int)
    /// Compressed data ends before it says so.
    case cutCompressed(Compression)
    /// Compressed data cannot be decompressed, for the reason that its library gives.
    case cannotDecompress(Compression, reason: String)
    /// Something else follows compressed data that is complete.
    case notCompressed(Compression)
    /// Another, compressed capture file begins behind one.
    case compressedFileInside(Compression)

    /// The damage as a clause, without the place.
    package var description: String {
        switch self {
        case .cutFileHeader(let available, let needed):
            "the file ends within its header (\(available) of \(needed) bytes are there)"
        case .cutHeader(let available, let needed):
            "the file ends within a record header (\(available) of \(needed) bytes are there)"
        case .cutRecord(let available, let needed):
            "the file ends within a record (\(available) of \(needed) bytes are there)"
        case .impossibleLength(let claimed, let limit):
            "the record claims \(claimed) bytes, more than the \(limit) that a frame can have"
        case .unsupportedVersion(let major, let minor):
            "the file says it is of version \(major).\(minor), which is not known"
        case .blockTooShort(let type, let length, let needed):
            "the block of type 0x\(String(type, radix: 16)) claims \(length) bytes, "
                + "but needs at least \(needed)"
        case .lengthsDisagree(let leading, let trailing):
            "the block's length is \(leading) at its start and \(trailing) at its end"
        case .unknownByteOrder(let magic):
            "the section's byte-order magic is 0x\(String(magic, radix: 16))"
        case .undeclaredInterface(let index, let declared):
            "the packet is of interface \(index), but \(declared) are declared"
        case .capturedLengthBeyondBlock(let claimed, let room):
            "the packet claims \(claimed) captured bytes, but its block has room for \(room)"
        case .tooManyInterfaces(let limit):
            "the section declares more than \(limit) interfaces"
        case .cutCompressed(let compression):
            "the file ends within its \(compression) data"
        case .cannotDecompress(let compression, let reason):
            "the \(compression) data cannot be decompressed (\(reason))"
        case .notCompressed(let compression):
            "what follows the end of the \(compression) data is not \(compression) data"
        case .compressedFileInside(let compression):
            "another file begins here, compressed with \(compression): give the files one by one"
        }
    }

    /// Whether records may follow that are whole: the file's layout is known, and only one of its
    /// records or blocks makes no sense.
    var mayBePassedOver: Bool {
        switch self {
        case .impossibleLength, .blockTooShort, .lengthsDisagree, .unknownByteOrder,
            .undeclaredInterface, .capturedLengthBeyondBlock:
            true
        case .cutFileHeader, .cutHeader, .cutRecord, .cutCompressed, .unsupportedVersion,
            .tooManyInterfaces, .cannotDecompress, .notCompressed, .compressedFileInside:
            false
        }
    }

    /// Whether it is only that the file ends too early.
    var isCut: Bool {
        switch self {
        case .cutFileHeader, .cutHeader, .cutRecord, .cutCompressed: true
        case .impossibleLength, .unsupportedVersion, .blockTooShort, .lengthsDisagree,
            .unknownByteOrder, .undeclaredInterface, .capturedLengthBeyondBlock,
            .tooManyInterfaces, .cannotDecompress, .notCompressed, .compressedFileInside:
            false
        }
    }
}
