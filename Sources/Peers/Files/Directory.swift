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

    private init(_ descriptor: FileDescriptor) { self.descriptor = descriptor }

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
    func open(
        _ name: String,
        flags: Int32 = O_RDONLY,
        mode: UInt32 = 0
    ) throws(Errno) -> OpenFile {
        // O_NONBLOCK: a FIFO of that name must not make the server wait for its other end.
        let safe = flags | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK
        let result = unsafe openat(descriptor.rawValue, name, safe, mode_t(mode))
        guard result >= 0 else { throw .last }
        return try OpenFile(FileDescriptor(rawValue: result))
    }

    /// Opens the directory `name` in this one.
    ///
    /// - Throws: `.notDirectory` for anything else, also a symbolic link.
    func directory(_ name: String) throws(Errno) -> Directory {
        let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
        let result = unsafe openat(descriptor.rawValue, name, flags)
        guard result >= 0 else { throw .last }
        return Directory(FileDescriptor(rawValue: result))
    }

    /// What the regular file `name` is now.
    ///
    /// - Throws: `.isDirectory` for anything else.
    func version(of name: String) throws(Errno) -> FileVersion {
        var status = stat()
        let result = unsafe fstatat(descriptor.rawValue, name, &status, AT_SYMLINK_NOFOLLOW)
        guard result == 0 else { throw .last }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .isDirectory }
        return FileVersion(status)
    }

    /// What the regular file or the directory `name` is now; `nil` for anything else.
    func entry(_ name: String) -> FolderEntry? {
        var status = stat()
        let result = unsafe fstatat(descriptor.rawValue, name, &status, AT_SYMLINK_NOFOLLOW)
        guard result == 0 else { return nil }
        let version = FileVersion(status)
        let kind: FolderEntry.Kind
        switch status.st_mode & S_IFMT {
        case S_IFREG: kind = .file(length: version.length)
        case S_IFDIR: kind = .folder
        default: return nil
        }
        return FolderEntry(name: name, kind: kind, modified: version.modified)
    }

    /// Gives the file `old` the name `new` in the directory `other`, in the place of whatever had
    /// it.
    func rename(
        _ old: String,
        to new: String,
        in other: borrowing Directory
    ) throws(Errno) {
        let result = unsafe renameat(descriptor.rawValue, old, other.descriptor.rawValue, new)
        guard result == 0 else { throw .last }
    }

    /// Waits until the names in the directory are on the disk.
    func synchronize() throws(Errno) {
        guard fsync(descriptor.rawValue) == 0 else { throw .last }
    }

    /// Waits until no other process has this directory locked, and locks it; see ``unlock()``.
    ///
    /// Where the file system knows no locks there is none: processes that share the directory may
    /// then overwrite each other's changes, as whole files.
    func lock() {
        while flock(descriptor.rawValue, LOCK_EX) != 0, Errno.last == .interrupted {}
    }

    /// Gives the lock back.
    func unlock() {
        _ = flock(descriptor.rawValue, LOCK_UN)
    }

    /// Removes the file `name`.
    func remove(_ name: String) throws(Errno) {
        guard unsafe unlinkat(descriptor.rawValue, name, 0) == 0 else { throw .last }
    }

    /// The names in the directory, `.` and `..` left out, in no order.
    package func names() throws(Errno) -> [String] {
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
