/// The compressions of capture files that are read; their names are those of the programs.
package enum Compression: String, Sendable, Hashable, CaseIterable {
    /// RFC 1952, members one after the other.
    case gzip
    /// RFC 8878, frames one after the other.
    case zstd
    /// LZ4 frames, one after the other; not the legacy format.
    case lz4

    /// The number of bytes that tell that data goes on with another member or frame.
    static let magicLength = 4

    /// The bytes of a member or frame that are decompressed first, before the library says how many
    /// it wants; 0 is all there are.
    ///
    /// Given a whole frame at once, libzstd and liblz4 keep what they have made of it to themselves
    /// where its checksum is wrong.
    var firstStep: Int {
        switch self {
        case .gzip: 0
        case .zstd: 5
        case .lz4: 7
        }
    }

    /// The compression of data that begins with these four bytes, in the order of the file.
    init?(magic: UInt32) {
        switch magic {
        case 0x1F8B_0000...0x1F8B_FFFF: self = .gzip
        case 0x28B5_2FFD: self = .zstd
        case 0x0422_4D18: self = .lz4
        // A skippable frame, of both formats: pzstd begins its files so.
        case _ where magic & 0xF0FF_FFFF == 0x502A_4D18: self = .zstd
        default: return nil
        }
    }

    /// The program for a compression that is known but not read.
    static func programNotRead(magic: UInt32) -> String? {
        switch magic {
        case 0x0221_4C18: "lz4"
        case 0xFD37_7A58: "xz"
        case 0x425A_6830...0x425A_6839: "bzip2"
        default: nil
        }
    }

    /// Whether `bytes`, perhaps fewer than ``magicLength``, may begin a member or frame.
    func mayBegin(_ bytes: UnsafeRawBufferPointer) -> Bool {
        switch self {
        case .gzip: unsafe bytes.starts(with: [0x1F, 0x8B].prefix(bytes.count))
        case .zstd:
            unsafe bytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD].prefix(bytes.count))
                || isSkippable(bytes)
        case .lz4:
            unsafe bytes.starts(with: [0x04, 0x22, 0x4D, 0x18].prefix(bytes.count))
                || isSkippable(bytes)
        }
    }

    private func isSkippable(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let first = unsafe bytes.first else { return true }
        guard first & 0xF0 == 0x50 else { return false }
        return unsafe bytes.dropFirst().starts(with: [0x2A, 0x4D, 0x18].prefix(bytes.count - 1))
    }
}
