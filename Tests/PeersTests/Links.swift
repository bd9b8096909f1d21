import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension FileDescriptor {
    /// Makes a symbolic link at `path` that leads to `target`.
    static func makeLink(to target: String, at path: String) throws {
        guard unsafe symlink(target, path) == 0 else { throw Errno(rawValue: errno) }
    }

    /// Takes all permission to write from the file, and closes it.
    func makeReadOnly() throws {
        guard fchmod(rawValue, 0o444) == 0 else { throw Errno(rawValue: errno) }
        try close()
    }
}
