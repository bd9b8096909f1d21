package import Packets

/// A capture file that is read from its start to its end: pcap (draft-ietf-opsawg-pcap) of every
/// magic number and byte order, or pcapng (draft-ietf-opsawg-pcapng), as its content says.
///
/// Whatever the file's size, one window of 256 KiB is in memory; frames are lent where they lie in
/// it.
package struct CaptureFile: ~Copyable {
    private var window: ReadWindow
    // One of the two is there, as the content says. They are not an enum's payloads because those
    // cannot be changed in place, and a pcapng file may have many interfaces to copy.
    private var pcap: PcapReader?
    private var pcapng: PcapngReader?
    private var hasFailed = false

    /// Opens the file at `path` and reads its header; `-` is standard input.
    ///
    /// - Throws: what keeps the file from being opened, or what shows that it is not a capture.
    package init(path: String) throws(CaptureError) {
        var window = try ReadWindow(path: path)
        guard try window.fill(atLeast: 4, for: 1) else {
            throw window.available == 0 ? .empty(path: path) : Self.unknownFormat(of: window)
        }
        pcap = try Self.pcapReader(for: &window)
        pcapng = pcap == nil ? PcapngReader() : nil
        self.window = window
    }

    /// The number of frames lent so far.
    package var framesRead: Int {
        pcap?.framesRead ?? pcapng?.framesRead ?? 0
    }

    /// The bytes of the file that were read and understood so far, its headers included.
    package var bytesRead: Int { window.offset }

    /// What the part of the file that was read says beside its frames.
    package var description: CaptureDescription {
        pcap?.header.description ?? pcapng?.description ?? CaptureDescription()
    }

    /// Lends every frame of the next window to `body`, in the order of the file.
    ///
    /// The bytes are the captured ones and are gone when `body` returns. Of a file that is damaged
    /// each frame before is lent, and so is what is there of a last frame that the file's end cuts;
    /// then the error is thrown, once.
    ///
    /// - Returns: `false` at the end of the file; `true` says only that there may be more.
    package mutating func read(
        _ body: (Frame, Span<UInt8>) -> Void
    ) throws(CaptureError) -> Bool {
        guard !hasFailed else { return false }
        do throws(CaptureError) {
            if let hasRead = try pcap?.read(from: &window, body) { return hasRead }
            return try pcapng?.read(from: &window, body) ?? false
        } catch {
            hasFailed = true
            throw error
        }
    }
}

// MARK: Formats

extension CaptureFile {
    /// The reader for a file whose first four bytes are in memory; `nil` if it is pcapng.
    private static func pcapReader(
        for window: inout ReadWindow
    ) throws(CaptureError) -> PcapReader? {
        let magic = unsafe ByteOrder.bigEndian.uint32(window.unread, at: 0)
        if magic == PcapngBlock.sectionHeader { return nil }
        guard PcapHeader.isMagic(magic) else {
            if let program = compressor(of: magic) {
                throw .compressed(path: window.path, program: program)
            }
            _ = try window.fill(atLeast: 16, for: 1)
            throw unknownFormat(of: window)
        }
        guard try window.fill(atLeast: PcapHeader.length, for: 1) else {
            let damage = FileDamage.cutFileHeader(
                available: window.available,
                needed: PcapHeader.length
            )
            throw window.damaged(damage, frame: 1)
        }
        let header: PcapHeader?
        do throws(FileDamage) {
            header = try unsafe PcapHeader(decoding: window.unread)
        } catch {
            throw window.damaged(error, frame: 1)
        }
        guard let header else { throw unknownFormat(of: window) }
        window.consume(PcapHeader.length)
        return PcapReader(header: header)
    }

    /// The program that decompresses a file that begins so.
    private static func compressor(of magic: UInt32) -> String? {
        switch magic {
        case 0x1F8B_0000...0x1F8B_FFFF: "gzip"
        case 0x28B5_2FFD: "zstd"
        case 0x0422_4D18: "lz4"
        case 0xFD37_7A58: "xz"
        case 0x425A_6830...0x425A_6839: "bzip2"
        default: nil
        }
    }

    private static func unknownFormat(of window: borrowing ReadWindow) -> CaptureError {
        .unknownFormat(
            path: window.path,
            beginning: unsafe [UInt8](window.unread.prefix(16))
        )
    }
}

extension PcapHeader {
    /// What a pcap file says of itself: one interface without a name.
    fileprivate var description: CaptureDescription {
        var description = CaptureDescription()
        description.interfaces = [
            CaptureDescription.Interface(
                linkType: linkType,
                snapshotLength: snapshotLength,
                timestampDigits: timestampDigits
            )
        ]
        return description
    }
}
