/// The numbers of pcapng's blocks and options that are read or written
/// (draft-ietf-opsawg-pcapng §11.1 and §3.5).
enum PcapngBlock {
    static let sectionHeader: UInt32 = 0x0A0D_0D0A
    static let interfaceDescription: UInt32 = 1
    static let packet: UInt32 = 2
    static let simplePacket: UInt32 = 3
    static let interfaceStatistics: UInt32 = 5
    static let enhancedPacket: UInt32 = 6

    /// What a section's header holds to tell its byte order.
    static let byteOrderMagic: UInt32 = 0x1A2B_3C4D

    /// The byte order that a section has by its magic number, read most significant byte first.
    static func byteOrder(magic: UInt32) -> ByteOrder? {
        switch magic {
        case byteOrderMagic: .bigEndian
        case byteOrderMagic.byteSwapped: .littleEndian
        default: nil
        }
    }

    /// The most bytes of a block that is kept in memory; larger ones that need not be understood
    /// are passed over, whatever their length.
    static let greatestLength = PcapHeader.greatestLimit + 65_536

    /// Whether it is a type that capture files have: a section header, or a number that is assigned
    /// (draft-ietf-opsawg-pcapng §11.1).
    static func isAssigned(_ type: UInt32) -> Bool {
        switch type {
        case sectionHeader, 1...10, 0x0BAD, 0x4000_0BAD: true
        default: false
        }
    }

    /// Bytes of the type, the length and the length at the end.
    static let overhead = 12

    /// The length that a block of this type has at least.
    static func leastLength(of type: UInt32) -> Int {
        switch type {
        case sectionHeader: 28
        case interfaceDescription: 20
        case packet, enhancedPacket: 32
        case simplePacket: 16
        case interfaceStatistics: 24
        default: overhead
        }
    }
}
