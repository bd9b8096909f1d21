#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// The permission bits of the file at `path`.
func permissions(of path: String) throws -> mode_t {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { throw FileModeError() }
    return status.st_mode & 0o777
}

private struct FileModeError: Error {}
