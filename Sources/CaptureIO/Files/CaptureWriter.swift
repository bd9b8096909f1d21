internal import Bytes
package import Packets
internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Writes frames to a new pcapng file (draft-ietf-opsawg-pcapng), of mode 0600: a capture holds what
/// people sent.
///
/// The file holds whole blocks after each ``flush()``, so that it can be read whatever happens to
/// the program then.
package struct CaptureWriter: ~Copyable {
    private static let flushThreshold = 262_144

    private let path: String
    private let descriptor: FileDescriptor
    private var blocks: PcapngEncoder
    private var failure: CaptureError?
    private var isFinished = false
    /// The number of frames that were given to write.
    package private(set) var framesWritten = 0

    /// Creates the file, replacing one of the same name, and writes what a reader needs first.
    ///
    /// - Parameters:
    ///   - path: the file's name; `-` is standard output.
    ///   - linkType: how the frames begin; frames of another type may be written all the same.
    ///   - snapshotLength: the most bytes of a frame that were captured.
    ///   - interfaceName: the system's name of the interface.
    ///   - filter: the expression that chose the frames.
    ///   - timestampDigits: digits of a second that the times have; more than 6 are kept as
    ///     nanoseconds, others as microseconds.
    /// - Throws: ``CaptureError/cannotCreate(path:reason:)``.
    package init(
        path: String,
        linkType: LinkType,
        snapshotLength: Int,
        interfaceName: String?,
        filter: String? = nil,
        timestampDigits: UInt8 = 9
    ) throws(CaptureError) {
        var blocks = PcapngEncoder(
            snapshotLength: snapshotLength,
            interfaceName: interfaceName,
            filter: filter
        )
        blocks.appendSectionHeader()
        _ = blocks.interface(linkType: linkType, digits: timestampDigits)
        let descriptor = try Self.create(path, beginning: blocks.bytes)
        blocks.removeAll()
        self.path = path
        self.descriptor = descriptor
        self.blocks = blocks
    }

    deinit {
        guard !isFinished else { return }
        if failure == nil { _ = try? descriptor.writeAll(blocks.bytes) }
        if path != "-" { try? descriptor.close() }
    }

    /// Writes one frame; it may stay in memory until the next ``flush()``.
    package mutating func write(_ frame: Frame, _ bytes: Span<UInt8>) throws(CaptureError) {
        if let failure { throw failure }
        guard !isFinished else { throw .cannotWrite(path: path, reason: "it is already finished") }
        blocks.appendPacket(frame, bytes)
        framesWritten += 1
        if blocks.bytes.count >= Self.flushThreshold { try flush() }
    }

    /// Hands everything that was written to the system.
    package mutating func flush() throws(CaptureError) {
        if let failure { throw failure }
        guard !blocks.bytes.isEmpty else { return }
        do throws(Errno) {
            _ = try systemCall { try descriptor.writeAll(blocks.bytes) }
        } catch {
            throw fail(error)
        }
        blocks.removeAll()
    }

    /// Writes how many frames were received and lost, if that is known, and closes the file.
    package mutating func finish(statistics: CaptureStatistics?) throws(CaptureError) {
        guard !isFinished else { return }
        if let statistics { blocks.appendStatistics(statistics, delivered: framesWritten) }
        try flush()
        isFinished = true
        guard path != "-" else { return }
        do throws(Errno) {
            try systemCall { try descriptor.close() }
        } catch {
            throw fail(error)
        }
    }

    private static func create(
        _ path: String,
        beginning: [UInt8]
    ) throws(CaptureError) -> FileDescriptor {
        do throws(Errno) {
            return try systemCall {
                guard path != "-" else {
                    _ = try FileDescriptor.standardOutput.writeAll(beginning)
                    return .standardOutput
                }
                let descriptor = try FileDescriptor.open(
                    FilePath(path),
                    .writeOnly,
                    options: [.create, .truncate, .closeOnExec],
                    permissions: .ownerReadWrite
                )
                do {
                    descriptor.hideFromOthers()
                    _ = try descriptor.writeAll(beginning)
                } catch {
                    try? descriptor.close()
                    throw error
                }
                return descriptor
            }
        } catch {
            throw .cannotCreate(path: path, reason: error.description)
        }
    }

    private mutating func fail(_ error: Errno) -> CaptureError {
        let failure = CaptureError.cannotWrite(path: path, reason: error.description)
        self.failure = failure
        return failure
    }
}

extension FileDescriptor {
    /// Lets nobody but its owner read a regular file, also one that was there before; where it is
    /// somebody else's, that is theirs to decide.
    fileprivate func hideFromOthers() {
        guard let status = try? stat(), status.type == .regular else { return }
        _ = fchmod(rawValue, 0o600)
    }
}
