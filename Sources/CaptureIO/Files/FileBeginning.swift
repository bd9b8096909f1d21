/// Tells the beginning of a capture file from a record of one: files are joined byte by byte, with
/// cat(1).
enum FileBeginning {
    /// How many bytes tell it.
    static let length = 16

    /// Whether `bytes`, ``length`` at least, are the beginning of a file of a known layout, as far as
    /// its header has fields that can have few values only.
    static func isHeader(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let magic = unsafe ByteOrder.bigEndian.uint32(bytes, at: 0)
        return switch magic {
        case PcapngBlock.sectionHeader:
            unsafe PcapngBlock.byteOrder(magic: ByteOrder.bigEndian.uint32(bytes, at: 8)) != nil
        case SnoopHeader.magic: unsafe SnoopHeader.isMagic(bytes)
        case NetworkMonitorHeader.magic1, NetworkMonitorHeader.magic2:
            unsafe NetworkMonitorHeader.isMagic(bytes)
        default: unsafe PcapHeader.isMagic(magic) && isPcapHeader(bytes)
        }
    }

    /// The same, or the beginning of compressed data: of which less is sure, so that it is to be asked
    /// only where no record can be.
    static func isHere(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let magic = unsafe ByteOrder.bigEndian.uint32(bytes, at: 0)
        return switch Compression(magic: magic) {
        // The one method there is, and no flag that is reserved (RFC 1952 §2.3.1).
        case .gzip: magic & 0xFFE0 == 0x0800
        case .zstd, .lz4: true
        case nil: unsafe isHeader(bytes)
        }
    }

    /// Version 2, and neither a time zone nor an accuracy, which nobody ever wrote
    /// (draft-ietf-opsawg-pcap §4).
    private static func isPcapHeader(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let little = unsafe ByteOrder.littleEndian.uint32(bytes, at: 4)
        let big = unsafe ByteOrder.bigEndian.uint32(bytes, at: 4)
        let isVersion2 = little & 0xFFFF == 2 || big >> 16 == 2
        return unsafe isVersion2 && ByteOrder.bigEndian.uint64(bytes, at: 8) == 0
    }
}
