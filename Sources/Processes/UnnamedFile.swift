#if canImport(Glibc)
    internal import Glibc
#else
    internal import Musl
#endif
internal import SystemPackage

/// A file without a name, which is gone with this process whatever happens to that.
package struct UnnamedFile: ~Copyable {
    /// Why there is none.
    package struct Failure: Error, Sendable, CustomStringConvertible {
        /// One sentence.
        package let description: String
    }

    private let descriptor: Int32

    /// Makes an empty one, below `TMPDIR` or else `/tmp`, that only this user can read.
    package init() throws(Failure) {
        let parent = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
        var name = "\(parent)/httptrace-XXXXXX".utf8CString.map(\.self)
        descriptor = unsafe name.withUnsafeMutableBufferPointer { buffer in
            guard let path = buffer.baseAddress else { return -1 }
            let descriptor = unsafe mkstemp(path)
            if descriptor >= 0 { unsafe unlink(path) }
            return descriptor
        }
        guard descriptor >= 0 else {
            throw Failure(
                description: "no temporary file can be made in \(parent): \(Errno(rawValue: errno))"
            )
        }
    }

    deinit { close(descriptor) }

    /// What opens it as often as is needed, in this process.
    package var path: String { "/proc/self/fd/\(descriptor)" }
}
