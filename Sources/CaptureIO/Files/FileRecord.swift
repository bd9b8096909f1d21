internal import Packets

/// The fields of a record of a capture file.
struct FileRecord {
    /// Seconds since the epoch, and what is beyond them in the file's unit.
    var seconds: Int64
    var fraction: UInt32
    var capturedLength: Int
    var originalLength: Int
    /// The length in bytes of the whole record: header, captured bytes, and what stands behind them.
    var length: Int
    /// How the frame begins.
    var linkType: LinkType
    /// Whether it holds a frame; some files keep notes among them.
    var isFrame = true
}

extension FileRecord {
    /// The most bytes that stand behind a frame's.
    private static let mostBehind = 4096

    /// Whether its lengths can be those of a frame and of the record around it.
    @inline(__always)
    func isPossible<Format: RecordFormat>(in format: Format) -> Bool {
        let least = format.recordHeaderLength + capturedLength
        return capturedLength <= format.capturedLengthLimit
            && least...least + Self.mostBehind ~= length
    }
}

extension PcapHeader: RecordFormat {
    /// Reads a record header (draft-ietf-opsawg-pcap §5).
    @inline(__always)
    func record(in bytes: UnsafeRawBufferPointer, at offset: Int) -> FileRecord {
        let first = unsafe Int(byteOrder.uint32(bytes, at: offset + 8))
        let second = unsafe Int(byteOrder.uint32(bytes, at: offset + 12))
        let (captured, original) =
            switch lengthOrder {
            case .capturedFirst: (first, second)
            case .originalFirst: (second, first)
            case .smallerIsCaptured: (min(first, second), max(first, second))
            }
        return FileRecord(
            seconds: unsafe Int64(byteOrder.uint32(bytes, at: offset)),
            fraction: unsafe byteOrder.uint32(bytes, at: offset + 4),
            capturedLength: captured,
            originalLength: original,
            length: recordHeaderLength + captured,
            linkType: linkType
        )
    }
}
