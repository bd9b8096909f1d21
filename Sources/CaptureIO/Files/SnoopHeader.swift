internal import Packets

/// The header of a Solaris snoop file (RFC 1761) and what it says about the records.
struct SnoopHeader: RecordFormat {
    /// The header's length in bytes.
    static let length = 16
    /// The first four bytes, of the eight that are `snoop` and zeros.
    static let magic: UInt32 = 0x736E_6F6F

    let recordHeaderLength = 24
    let capturedLengthLimit = PcapHeader.ordinaryLimit
    let snapshotLength = 0
    let nanosecondsPerUnit: Int64 = 1000
    let timestampDigits: UInt8 = 6
    let linkType: LinkType

    /// Whether a file begins with these bytes, of which there are eight at least.
    static func isMagic(_ bytes: UnsafeRawBufferPointer) -> Bool {
        unsafe ByteOrder.bigEndian.uint64(bytes, at: 0) == 0x736E_6F6F_7000_0000
    }

    /// Decodes the 16 bytes that a snoop file begins with.
    ///
    /// - Returns: `nil` if they begin otherwise.
    /// - Throws: ``FileDamage/unsupportedVersion(major:minor:)``; files of version 1 were never
    ///   published, and look like those of version 2.
    init?(decoding bytes: UnsafeRawBufferPointer) throws(FileDamage) {
        guard unsafe Self.isMagic(bytes) else { return nil }
        let version = unsafe ByteOrder.bigEndian.uint32(bytes, at: 8)
        guard version == 2 else { throw .unsupportedVersion(major: Int(version), minor: 0) }
        linkType = unsafe Self.linkType(of: ByteOrder.bigEndian.uint32(bytes, at: 12))
    }

    /// Reads a record header (RFC 1761, Packet Record Format); a record is padded to a multiple of
    /// four.
    func record(in bytes: UnsafeRawBufferPointer, at offset: Int) -> FileRecord {
        let order = ByteOrder.bigEndian
        return FileRecord(
            seconds: unsafe Int64(order.uint32(bytes, at: offset + 16)),
            fraction: unsafe order.uint32(bytes, at: offset + 20),
            capturedLength: unsafe Int(order.uint32(bytes, at: offset + 4)),
            originalLength: unsafe Int(order.uint32(bytes, at: offset)),
            length: unsafe Int(order.uint32(bytes, at: offset + 8)),
            linkType: linkType
        )
    }

    /// The link type of a data-link type (RFC 1761, and what Solaris's `sys/dlpi.h` has beyond it).
    private static func linkType(of type: UInt32) -> LinkType {
        switch type {
        // IEEE 802.3 is Ethernet with lengths.
        case 0, 4: .ethernet
        case 2: .tokenRing
        case 5: .ciscoHDLC
        case 8: .fddi
        case 18: .sunATM
        case 26: .ipnet
        // What nothing is known of stays so under a number that the registry has not assigned.
        default: LinkType(rawValue: UInt16(clamping: 0xFF00 + UInt64(type)))
        }
    }
}
