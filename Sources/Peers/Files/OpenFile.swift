internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// A regular file that is open; closed when this value ends.
struct OpenFile: ~Copyable, Sendable {
    private let descriptor: FileDescriptor
    /// What it was when it was opened.
    let version: FileVersion

    /// Takes `descriptor` over, and closes it at once if it is not a regular file.
    init(_ descriptor: FileDescriptor) throws(Errno) {
        var status = stat()
        guard unsafe fstat(descriptor.rawValue, &status) == 0 else {
            let error = Errno.last
            try? descriptor.close()
            throw error
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            try? descriptor.close()
            throw .isDirectory
        }
        self.descriptor = descriptor
        version = FileVersion(status)
    }

    deinit { try? descriptor.close() }

    /// The number of the descriptor, open for as long as this value is.
    var rawDescriptor: Int32 { descriptor.rawValue }

    /// The whole content, of at most `limit` bytes.
    ///
    /// - Throws: `.outOfRange` if there is more.
    func read(limit: Int) throws(Errno) -> [UInt8] {
        do {
            var content: [UInt8] = []
            while true {
                let room = min(max(version.length - content.count, 4096), limit + 1 - content.count)
                let part = try unsafe [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
                    count = try unsafe descriptor.read(into: UnsafeMutableRawBufferPointer(buffer))
                }
                if part.isEmpty { return content }
                // What is read in one go is handed on as it is.
                if content.isEmpty { content = part } else { content += part }
                if content.count > limit { throw Errno.outOfRange }
            }
        } catch {
            throw error as? Errno ?? .ioError
        }
    }

    /// Writes all of `content`, and gives the file its permissions and its time.
    func write(
        _ content: [UInt8],
        mode: UInt32?,
        modified: FileTime
    ) throws(Errno) -> FileVersion {
        do {
            try descriptor.writeAll(content)
        } catch {
            throw error as? Errno ?? .ioError
        }
        if let mode, fchmod(descriptor.rawValue, mode_t(mode)) != 0 { throw .last }
        let times = [modified.asTimespec, modified.asTimespec]
        guard unsafe futimens(descriptor.rawValue, times) == 0 else { throw .last }
        var status = stat()
        guard unsafe fstat(descriptor.rawValue, &status) == 0 else { throw .last }
        return FileVersion(status)
    }

    /// Waits until what was written is on the disk.
    func synchronize() throws(Errno) {
        guard fsync(descriptor.rawValue) == 0 else { throw .last }
    }
}

/// An open file that several may read, each where it likes; closed when the last has gone.
package final class SharedFile: Sendable, Hashable {
    private let file: OpenFile

    init(_ file: consuming OpenFile) { self.file = file }

    /// The number of the descriptor, open for as long as this object is.
    package var rawDescriptor: Int32 { file.rawDescriptor }
    /// What it was when it was opened.
    package var version: FileVersion { file.version }

    package static func == (left: SharedFile, right: SharedFile) -> Bool { left === right }

    package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

extension Errno {
    /// What the last system call on this thread said.
    static var last: Errno { Errno(rawValue: errno) }
}
