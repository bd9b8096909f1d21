internal import Bytes
package import Packets

/// Writes frames to a new pcapng file (draft-ietf-opsawg-pcapng), of mode 0600: a capture holds what
/// people sent.
///
/// The file holds whole blocks after each ``flush()``, so that it can be read whatever happens to
/// the program then.
package struct CaptureWriter: ~Copyable {
    private static let flushThreshold = 262_144

    private var file: OutputFile
    private var blocks: PcapngEncoder
    /// Bytes that the file has.
    private var length: Int
    private var failure: CaptureError?
    private var isFinished = false
    /// The number of frames that were given to write.
    package private(set) var framesWritten = 0

    /// Creates the file, replacing one of the same name, and writes what a reader needs first.
    ///
    /// - Parameters:
    ///   - path: the file's name; `-` is standard output.
    ///   - interface: where the frames are from; frames of another link type may be written all
    ///     the same.
    /// - Throws: ``CaptureError/cannotCreate(path:reason:)``.
    package init(path: String, of interface: CapturedInterface) throws(CaptureError) {
        try self.init(path: path, of: [interface])
    }

    /// Does the same for frames of several interfaces, which each frame tells by its index.
    package init(path: String, of interfaces: [CapturedInterface]) throws(CaptureError) {
        try self.init(OutputFile(path: path), of: interfaces)
    }

    /// Writes what a reader needs first to a file that is empty.
    init(_ file: consuming OutputFile, of interfaces: [CapturedInterface]) throws(CaptureError) {
        var blocks = PcapngEncoder(interfaces)
        blocks.appendSectionHeader()
        blocks.appendInterfaces()
        do throws(CaptureError) {
            try file.write(blocks, after: 0)
        } catch {
            guard case .cannotWrite(let path, let reason) = error else { throw error }
            throw .cannotCreate(path: path, reason: reason)
        }
        length = blocks.bytes.count
        blocks.removeAll()
        self.file = file
        self.blocks = blocks
    }

    deinit {
        guard !isFinished, failure == nil else { return }
        // Whoever gives the writer up so has no use for the reason.
        try? file.write(blocks, after: length)
    }

    /// Whether another frame of which `captured` bytes are kept, and the statistics, would make the
    /// file longer than `limit`; one that has no frame yet takes any.
    mutating func isFull(beyond limit: Int, for captured: Int) -> Bool {
        let added = PcapngEncoder.packetLength(captured) + blocks.statisticsLength
        return framesWritten > 0 && length + blocks.bytes.count + added > limit
    }

    /// Makes the file a user's, where it was not there before.
    package func giveFile(to user: UInt32, group: UInt32) throws(CaptureError) {
        try file.give(to: user, group: group)
    }

    /// Writes one frame; it may stay in memory until the next ``flush()``.
    package mutating func write(_ frame: Frame, _ bytes: Span<UInt8>) throws(CaptureError) {
        if let failure { throw failure }
        guard !isFinished else {
            throw .cannotWrite(path: file.path, reason: "it is already finished")
        }
        blocks.appendPacket(frame, bytes)
        framesWritten += 1
        if blocks.bytes.count >= Self.flushThreshold { try flush() }
    }

    /// Hands everything that was written to the system.
    package mutating func flush() throws(CaptureError) {
        if let failure { throw failure }
        guard !blocks.bytes.isEmpty else { return }
        do throws(CaptureError) {
            try file.write(blocks, after: length)
        } catch {
            failure = error
            throw error
        }
        length += blocks.bytes.count
        blocks.removeAll()
    }

    /// Writes how many frames were received and lost, if that is known; nothing can be written
    /// afterwards.
    package mutating func finish(statistics: CaptureStatistics?) throws(CaptureError) {
        try finish(statistics: statistics.map { [$0] } ?? [])
    }

    /// Does the same with what is known of each interface.
    package mutating func finish(statistics: [CaptureStatistics]) throws(CaptureError) {
        guard !isFinished else { return }
        blocks.appendStatistics(statistics)
        try flush()
        isFinished = true
        do throws(CaptureError) {
            try file.close()
        } catch {
            failure = error
            throw error
        }
    }
}
