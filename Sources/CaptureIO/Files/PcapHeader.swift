internal import Packets

/// The header of a pcap file (draft-ietf-opsawg-pcap §4) and what it says about the records.
struct PcapHeader: Sendable {
    /// The header's length in bytes.
    static let length = 24
    /// The most captured bytes of a frame, whatever the header says; libpcap's
    /// `MAXIMUM_SNAPLEN`.
    static let ordinaryLimit = 262_144
    /// The most captured bytes of a frame that a header can ask for with its snapshot length.
    static let greatestLimit = 16_777_216

    /// Where the captured length stands in a record header.
    ///
    /// Before version 2.3 it stood behind the original length; programs of version 2.3 did as they
    /// liked. libpcap knows both and so do we.
    enum LengthOrder {
        case capturedFirst, originalFirst, smallerIsCaptured
    }

    let byteOrder: ByteOrder
    let linkType: LinkType
    /// The length in bytes of the header of each record: 16, or 24 in the modified format.
    let recordHeaderLength: Int
    let lengthOrder: LengthOrder
    let nanosecondsPerUnit: Int64
    let timestampDigits: UInt8
    /// What the header says, which may be a lie or 0.
    let snapshotLength: Int

    /// Whether a file that begins with these four bytes, in the order of the file, is a pcap file.
    static func isMagic(_ magic: UInt32) -> Bool { format(of: magic) != nil }

    /// Decodes the 24 bytes that a pcap file begins with.
    ///
    /// - Returns: `nil` if the magic number is none of pcap's.
    /// - Throws: ``FileDamage/unsupportedVersion(major:minor:)``.
    init?(decoding bytes: UnsafeRawBufferPointer) throws(FileDamage) {
        let magic = unsafe ByteOrder.bigEndian.uint32(bytes, at: 0)
        guard let format = Self.format(of: magic) else { return nil }
        byteOrder = format.byteOrder
        nanosecondsPerUnit = format.isNanoseconds ? 1 : 1000
        timestampDigits = format.isNanoseconds ? 9 : 6
        recordHeaderLength = format.isModified ? 24 : 16
        let major = unsafe byteOrder.uint16(bytes, at: 4)
        let minor = unsafe byteOrder.uint16(bytes, at: 6)
        lengthOrder = try Self.lengthOrder(major: Int(major), minor: Int(minor))
        snapshotLength = unsafe Int(byteOrder.uint32(bytes, at: 16))
        // The upper 16 bits tell the length of a frame check sequence, and are not of the type.
        let network = unsafe byteOrder.uint32(bytes, at: 20)
        linkType = LinkType(rawValue: UInt16(truncatingIfNeeded: network))
    }

    /// The most captured bytes that a record can have; more is damage.
    var capturedLengthLimit: Int {
        min(max(snapshotLength, Self.ordinaryLimit), Self.greatestLimit)
    }

    private static func lengthOrder(
        major: Int,
        minor: Int
    ) throws(FileDamage) -> LengthOrder {
        switch (major, minor) {
        case (2, 0...2): .originalFirst
        case (2, 3): .smallerIsCaptured
        case (2, 4...): .capturedFirst
        // DG/UX's tcpdump wrote 543.0.
        case (543, 0): .originalFirst
        default: throw .unsupportedVersion(major: major, minor: minor)
        }
    }

    private static func format(
        of magic: UInt32
    ) -> (byteOrder: ByteOrder, isNanoseconds: Bool, isModified: Bool)? {
        switch magic {
        case 0xA1B2_C3D4: (.bigEndian, false, false)
        case 0xD4C3_B2A1: (.littleEndian, false, false)
        case 0xA1B2_3C4D: (.bigEndian, true, false)
        case 0x4D3C_B2A1: (.littleEndian, true, false)
        // Alexey Kuznetzov's modified libpcap: eight more bytes in each record header.
        case 0xA1B2_CD34: (.bigEndian, false, true)
        case 0x34CD_B2A1: (.littleEndian, false, true)
        default: nil
        }
    }
}

extension FileDamage: Error {}
