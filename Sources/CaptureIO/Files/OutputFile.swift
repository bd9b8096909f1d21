internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// A file that a capture is written to: of mode 0600, as a capture holds what people sent, and
/// locked, so that no two captures write to the same.
struct OutputFile: ~Copyable {
    /// Its name as the user knows it; `-` is standard output.
    let path: String
    /// Whether it was not there before.
    private let isNew: Bool
    private let isRegular: Bool
    private let descriptor: FileDescriptor
    private var isOpen = true

    /// Creates the file, or empties the one of the same name.
    ///
    /// - Throws: ``CaptureError/cannotCreate(path:reason:)``.
    init(path: String) throws(CaptureError) {
        guard path != "-" else {
            self.init(path, .standardOutput, isNew: false, isRegular: false)
            return
        }
        do throws(Errno) {
            let (descriptor, isNew) = try Self.open(FilePath(path))
            let isRegular: Bool
            do throws(Errno) {
                isRegular = try Self.takeOver(descriptor)
            } catch {
                try? descriptor.close()
                throw error
            }
            self.init(path, descriptor, isNew: isNew, isRegular: isRegular)
        } catch .wouldBlock {
            throw .cannotCreate(path: path, reason: "another capture is being written to it")
        } catch {
            throw .cannotCreate(path: path, reason: error.description)
        }
    }

    init(_ path: String, _ descriptor: FileDescriptor, isNew: Bool, isRegular: Bool) {
        self.path = path
        self.descriptor = descriptor
        self.isNew = isNew
        self.isRegular = isRegular
    }

    deinit { if isOpen, path != "-" { try? descriptor.close() } }

    /// Closes the file, which is when some systems tell that it could not be written.
    mutating func close() throws(CaptureError) {
        guard isOpen, path != "-" else { return }
        isOpen = false
        do throws(Errno) {
            try systemCall { try descriptor.close() }
        } catch {
            throw .cannotWrite(path: path, reason: error.description)
        }
    }

    /// Makes it a user's, where it was not there before: whose the others are is known.
    func give(to user: UInt32, group: UInt32) throws(CaptureError) {
        guard isNew, fchown(descriptor.rawValue, user, group) != 0 else { return }
        throw .cannotCreate(path: path, reason: Errno(rawValue: errno).description)
    }

    /// Writes blocks; where not all can be written, none of those that were is left cut.
    ///
    /// - Parameters:
    ///   - blocks: what is written.
    ///   - length: bytes that the file has.
    /// - Throws: ``CaptureError/cannotWrite(path:reason:)``.
    func write(_ blocks: borrowing PcapngEncoder, after length: Int) throws(CaptureError) {
        var written = 0
        do throws(Errno) {
            while written < blocks.bytes.count {
                written += try write(blocks.bytes, from: written)
            }
        } catch {
            let whole = length + PcapngEncoder.wholeLength(in: blocks.bytes.span, before: written)
            if isRegular { _ = ftruncate(descriptor.rawValue, off_t(whole)) }
            throw .cannotWrite(path: path, reason: error.description)
        }
    }

    private func write(_ bytes: [UInt8], from start: Int) throws(Errno) -> Int {
        try systemCall {
            try unsafe bytes.withUnsafeBytes { bytes in
                let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[start...])
                return try unsafe descriptor.write(rest)
            }
        }
    }

    private static func open(_ path: FilePath) throws(Errno) -> (FileDescriptor, isNew: Bool) {
        do throws(Errno) {
            let new = try systemCall {
                try FileDescriptor.open(
                    path,
                    .writeOnly,
                    options: [.create, .exclusiveCreate, .closeOnExec],
                    permissions: .ownerReadWrite
                )
            }
            return (new, true)
        } catch .fileExists {
            let old = try systemCall {
                try FileDescriptor.open(
                    path,
                    .writeOnly,
                    options: [.create, .closeOnExec],
                    permissions: .ownerReadWrite
                )
            }
            return (old, false)
        }
    }

    /// Locks a regular file, lets nobody but its owner read it, and empties it; answers whether it
    /// is one.
    private static func takeOver(_ descriptor: FileDescriptor) throws(Errno) -> Bool {
        let status = try systemCall { try descriptor.stat() }
        guard status.type == .regular else { return false }
        // File systems that know no locks have none to respect.
        if flock(descriptor.rawValue, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
            throw .wouldBlock
        }
        // Where it is somebody else's, who may read it is theirs to decide.
        _ = fchmod(descriptor.rawValue, 0o600)
        guard ftruncate(descriptor.rawValue, 0) == 0 else { throw Errno(rawValue: errno) }
        return true
    }
}
