internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// A folder in which files are created and removed, whatever becomes of the way to it and of the
/// right to walk that.
struct OutputFolder: ~Copyable {
    /// What goes before the names in it for the user.
    private let prefix: String
    private let descriptor: FileDescriptor

    /// Opens the folder of the file `path`, which need not be there.
    ///
    /// - Throws: ``CaptureError/cannotCreate(path:reason:)``.
    init(of path: String) throws(CaptureError) {
        prefix = String(path.lastIndex(of: "/").map { path[...$0] } ?? "")
        let folder = prefix.isEmpty ? "." : prefix
        do throws(Errno) {
            descriptor = try systemCall {
                try FileDescriptor.open(
                    FilePath(folder),
                    .readOnly,
                    options: [.directory, .closeOnExec]
                )
            }
        } catch {
            throw .cannotCreate(path: path, reason: error.description)
        }
    }

    deinit { try? descriptor.close() }

    /// Creates a file that is not there yet.
    ///
    /// - Throws: ``CaptureError/cannotCreate(path:reason:)``.
    func create(_ name: String) throws(CaptureError) -> OutputFile {
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC
        let number = unsafe openat(descriptor.rawValue, name, flags, 0o600 as mode_t)
        guard number >= 0 else {
            let error = Errno(rawValue: errno)
            let advice =
                error == .permissionDenied
                ? ": the folder of a ring must be writable for the user that the capture runs as"
                : ""
            throw .cannotCreate(path: prefix + name, reason: error.description + advice)
        }
        return OutputFile(
            prefix + name,
            FileDescriptor(rawValue: number),
            isNew: true,
            isRegular: true
        )
    }

    /// Removes a file; one that is gone already is as good.
    ///
    /// - Throws: ``CaptureError/cannotWrite(path:reason:)``.
    func remove(_ name: String) throws(CaptureError) {
        guard unsafe unlinkat(descriptor.rawValue, name, 0) != 0, errno != ENOENT else { return }
        let reason =
            "the oldest file, \(prefix + name), cannot be removed: "
            + "\(Errno(rawValue: errno))"
        throw .cannotWrite(path: prefix + name, reason: reason)
    }
}
