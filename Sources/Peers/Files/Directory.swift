package import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// An open directory; every name is looked up relative to it, and no symbolic link is followed.
package struct Directory: ~Copyable, Sendable {
    private let descriptor: FileDescriptor

    /// Opens the directory at `path`, which may itself be a symbolic link.
    package init(path: String) throws(Errno) {
        do {
            descriptor = try FileDescriptor.open(
                FilePath(path),
                .readOnly,
                options: [.directory, .closeOnExec]
            )
        } catch {
            throw error as? Errno ?? .ioError
        }
    }

    deinit {
        // Nothing was written through it, so there is nothing to learn from a failure.
        try? descriptor.close()
    }

    /// Opens the regular file `name`.
    ///
    /// - Parameters:
    ///   - name: a name without slash.
    ///   - flags: an access mode of open(2) and what goes with it.
    ///   - mode: the permissions of a file that this creates.
    /// - Returns: the open file.
    /// - Throws: `.isDirectory` for anything that is not a regular file.
    func open(_ name: String, flags: Int32, mode: UInt32 = 0) throws(Errno) -> OpenFile {
        // O_NONBLOCK: a FIFO of that name must not make the server wait for its other end.
        let safe = flags | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK
        let result = unsafe openat(descriptor.rawValue, name, safe, mode_t(mode))
        guard result >= 0 else { throw .last }
        return try OpenFile(FileDescriptor(rawValue: result))
    }

    /// Gives the file `old` the name `new`, in the place of whatever had it.
    func rename(_ old: String, to new: String) throws(Errno) {
        let result = unsafe renameat(descriptor.rawValue, old, descriptor.rawValue, new)
        guard result == 0 else { throw .last }
    }

    /// Removes the file `name`.
    func remove(_ name: String) throws(Errno) {
        guard unsafe unlinkat(descriptor.rawValue, name, 0) == 0 else { throw .last }
    }

    /// The names in the directory, `.` and `..` left out, in no order.
    func names() throws(Errno) -> [String] {
        // A descriptor of its own: the stream takes it over and closes it.
        let own = unsafe openat(descriptor.rawValue, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard own >= 0 else { throw .last }
        guard let stream = unsafe fdopendir(own) else {
            let error = Errno.last
            try? FileDescriptor(rawValue: own).close()
            throw error
        }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
                let length = unsafe MemoryLayout.size(ofValue: name.pointee)
                return unsafe name.withMemoryRebound(to: CChar.self, capacity: length) {
                    unsafe String(cString: $0)
                }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }
}

/// A regular file that is open; closed when this value ends.
struct OpenFile: ~Copyable {
    private let descriptor: FileDescriptor
    /// The permission bits.
    let mode: UInt32
    /// The length when it was opened, in bytes.
    let length: Int

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
        mode = UInt32(status.st_mode & 0o7777)
        length = Int(status.st_size)
    }

    deinit { try? descriptor.close() }

    /// The whole content, of at most `limit` bytes.
    ///
    /// - Throws: `.fileTooLarge` if there is more.
    func read(limit: Int) throws(Errno) -> [UInt8] {
        do {
            var content: [UInt8] = []
            while true {
                let room = min(max(length - content.count, 4096), limit + 1 - content.count)
                let part = try unsafe [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
                    count = try unsafe descriptor.read(into: UnsafeMutableRawBufferPointer(buffer))
                }
                if part.isEmpty { return content }
                content.append(contentsOf: part)
                if content.count > limit { throw Errno.fileTooLarge }
            }
        } catch {
            throw error as? Errno ?? .ioError
        }
    }

    /// Writes all of `content` and gives the file the permissions `mode`.
    func write(_ content: [UInt8], mode: UInt32?) throws(Errno) {
        do {
            try descriptor.writeAll(content)
        } catch {
            throw error as? Errno ?? .ioError
        }
        if let mode, fchmod(descriptor.rawValue, mode_t(mode)) != 0 { throw .last }
    }
}

extension Errno {
    /// What the last system call on this thread said.
    static var last: Errno { Errno(rawValue: errno) }
}
