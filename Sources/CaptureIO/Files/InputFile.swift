internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// The bytes of a file or pipe, as the system delivers them.
struct InputFile: ~Copyable {
    /// The name of the file, for messages; `-` is standard input.
    let path: String
    /// Whether it is a file that can be opened again and then begins anew.
    let canReopen: Bool

    private let descriptor: FileDescriptor
    private let isFollowed: Bool
    private let isSeekable: Bool

    /// Opens the file at `path`; nothing is read yet.
    ///
    /// - Parameters:
    ///   - path: the file's name; `-` is standard input.
    ///   - isFollowed: whether the file may grow, so that its present end is not the end.
    /// - Throws: what keeps it from being opened.
    init(path: String, isFollowed: Bool) throws(CaptureError) {
        let isStandardInput = path == "-"
        let descriptor = isStandardInput ? .standardInput : try Self.open(path)
        self.path = path
        self.isFollowed = isFollowed
        self.descriptor = descriptor
        isSeekable = (try? descriptor.seek(offset: 0, from: .current)) != nil
        canReopen = isSeekable && !isStandardInput
    }

    deinit {
        if path != "-" { try? descriptor.close() }
    }

    /// Reads what is there, as much as fits.
    ///
    /// - Returns: the number of bytes; 0 at the end, and `nil` where a followed file has no more
    ///   now.
    func read(into room: UnsafeMutableRawBufferPointer) throws(Errno) -> Int? {
        if isFollowed, !isSeekable, !isReadable(within: 0) { return nil }
        let count = try systemCall { unsafe try descriptor.read(into: room) }
        return count == 0 && isFollowed && isSeekable ? nil : count
    }

    /// Reads on by `runner` from here, where the file has an end and is not waited for.
    func readAhead(_ runner: @escaping ReadAhead.Runner) -> ReadAhead? {
        guard isSeekable, !isFollowed, let own = try? descriptor.duplicate() else { return nil }
        return ReadAhead(own, runner)
    }

    /// Whether the file has become shorter than what was read of it: it is written anew.
    var isTruncated: Bool {
        guard isSeekable, let place = try? descriptor.seek(offset: 0, from: .current),
            let status = try? descriptor.stat()
        else { return false }
        return Int64(status.size) < place
    }

    /// Waits until there may be more to read.
    func wait(milliseconds: Int) {
        if isSeekable {
            // A file is always readable, also at its end.
            _ = poll(nil, 0, Int32(clamping: milliseconds))
        } else {
            _ = isReadable(within: milliseconds)
        }
    }

    private func isReadable(within milliseconds: Int) -> Bool {
        var polled = pollfd(fd: descriptor.rawValue, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&polled, 1, Int32(clamping: milliseconds)) > 0
    }

    private static func open(_ path: String) throws(CaptureError) -> FileDescriptor {
        do throws(Errno) {
            return try systemCall {
                try FileDescriptor.open(FilePath(path), .readOnly, options: .closeOnExec)
            }
        } catch {
            switch error {
            case .noSuchFileOrDirectory, .notDirectory: throw .noSuchFile(path: path)
            case .permissionDenied, .notPermitted: throw .notReadable(path: path)
            case .tooManyOpenFiles, .tooManyOpenFilesInSystem: throw .tooManyOpenFiles(path: path)
            default: throw .cannotOpen(path: path, reason: error.description)
            }
        }
    }
}
