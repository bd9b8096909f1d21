package import Packets
internal import SystemPackage

/// Writes frames to numbered files of bounded length, of which it keeps the last ones.
///
/// Each is a whole capture file of its own. Frames are spread over them in order: each stands in one
/// of them, as long as that is kept.
package struct CaptureRing: ~Copyable {
    /// How long the files get, and how many are kept.
    package struct Bounds: Sendable, Hashable {
        /// The most bytes of a file; one frame is written whatever its length.
        package var fileLength: Int
        /// The most files, at least 2: with 1, nothing would be left whenever it is full.
        package var fileCount: Int

        package init(fileLength: Int, fileCount: Int) {
            self.fileLength = fileLength
            self.fileCount = fileCount
        }
    }

    private let bounds: Bounds
    private let interfaces: [CapturedInterface]
    private let folder: OutputFolder
    private let names: RingFileNames
    /// The names of the files that are kept, the oldest first.
    private var kept: [String] = []
    private var filesCreated = 0
    /// The last of the files, which is being written.
    private var writer: CaptureWriter?
    /// The counts of each interface up to now, and those that stand in files.
    private var counts: [CaptureStatistics]
    private var countsWritten: [CaptureStatistics]

    /// Finds the folder; there is no file before ``begin()``.
    ///
    /// - Parameters:
    ///   - path: what the names of the files are made of: `x.pcapng` gives
    ///     `x_00001_20261125143000.pcapng`, with the number and the local time of its beginning.
    ///   - bounds: how long the files get, and how many are kept.
    ///   - interfaces: where the frames are from.
    /// - Throws: ``CaptureError/cannotCreate(path:reason:)``.
    package init(
        path: String,
        _ bounds: Bounds,
        of interfaces: [CapturedInterface]
    ) throws(CaptureError) {
        self.bounds = bounds
        self.interfaces = interfaces
        counts = interfaces.map { _ in CaptureStatistics() }
        countsWritten = counts
        names = RingFileNames(path)
        folder = try OutputFolder(of: path)
    }

    /// Creates the first file.
    ///
    /// - Throws: ``CaptureError/cannotCreate(path:reason:)``.
    package mutating func begin() throws(CaptureError) { try beginFile() }

    /// Notes what the capture has received and lost on each interface by now: a file that ends tells
    /// what was counted since the one before.
    package mutating func note(_ statistics: [CaptureStatistics]) { counts = statistics }

    /// Writes one frame, to the next file where it would make this one too long.
    package mutating func write(_ frame: Frame, _ bytes: Span<UInt8>) throws(CaptureError) {
        if writer?.isFull(beyond: bounds.fileLength, for: bytes.count) == true {
            try finishFile()
            try beginFile()
        }
        try writer?.write(frame, bytes)
    }

    /// Hands everything that was written to the system.
    package mutating func flush() throws(CaptureError) { try writer?.flush() }

    /// Ends the last file.
    package mutating func finish(statistics: [CaptureStatistics]) throws(CaptureError) {
        note(statistics)
        try finishFile()
    }

    private mutating func finishFile() throws(CaptureError) {
        try writer?.finish(statistics: zip(counts, countsWritten).map { $0 - $1 })
        countsWritten = counts
        writer = nil
    }

    /// Makes room for another file, and creates it.
    private mutating func beginFile() throws(CaptureError) {
        while kept.count >= bounds.fileCount { try folder.remove(kept.removeFirst()) }
        let name = names.name(filesCreated + 1)
        let file = try folder.create(name)
        do throws(CaptureError) {
            writer = try CaptureWriter(file, of: interfaces)
        } catch {
            // Without its first blocks it could not be read.
            try? folder.remove(name)
            throw error
        }
        kept.append(name)
        filesCreated += 1
    }
}
