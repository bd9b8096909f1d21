internal import NIOCore
internal import Peers

/// What is still to be sent on a connection.
struct ConnectionOutput {
    /// The most bytes in memory that are sent in one piece.
    static let piece = 64 << 10
    /// The most bytes of a file that are sent in one piece: a client that takes less of it than
    /// this within the time between bytes is given up.
    private static let filePiece = 256 << 10
    /// Up to so many bytes nobody waits to hear that they are gone: they fit into the system's
    /// buffer, but for a client that takes nothing at all, and that one's time will come too.
    static let untracked = 16 << 10

    /// How many pieces are on their way.
    var pending = 0
    private var rest: (file: SharedFile, range: Range<Int>)?

    /// Whether a file is not sent to its end.
    var hasRest: Bool { rest != nil }

    /// Takes the range of a file to be sent; before the next, all of it must have been taken.
    mutating func enqueue(_ file: SharedFile, _ range: Range<Int>) { rest = (file, range) }

    /// The next piece of the file, and the file, which must live until it is sent.
    mutating func nextPiece() -> (FileRegion, SharedFile)? {
        guard let (file, range) = rest else { return nil }
        let end = min(range.upperBound, range.lowerBound + Self.filePiece)
        rest = end == range.upperBound ? nil : (file, end..<range.upperBound)
        let handle = NIOFileHandle(_deprecatedTakingOwnershipOfDescriptor: file.rawDescriptor)
        let region = FileRegion(
            fileHandle: handle,
            readerIndex: range.lowerBound,
            endIndex: end
        )
        return (region, file)
    }

    /// Forgets what was not sent.
    mutating func drop() { rest = nil }
}
