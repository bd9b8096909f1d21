internal import Synchronization
internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// A file that is gone with its owner.
package struct TemporaryFile: ~Copyable {
    private static let count = Atomic(0)

    /// The file's name with its directory.
    package let path: String

    /// Makes a name that no other test uses; the file is not there yet.
    package init() {
        let number = Self.count.wrappingAdd(1, ordering: .relaxed).newValue
        path = "/tmp/httptrace-test-\(getpid())-\(number)"
    }

    /// Makes a file with these bytes.
    package init(_ bytes: [UInt8]) throws {
        self.init()
        let descriptor = try FileDescriptor.open(
            FilePath(path),
            .writeOnly,
            options: [.create, .exclusiveCreate],
            permissions: .ownerReadWrite
        )
        try descriptor.closeAfter { _ = try descriptor.writeAll(bytes) }
    }

    deinit { unsafe unlink(path) }

    /// Lets the file grow by these bytes.
    package func append(_ bytes: [UInt8]) throws {
        let descriptor = try FileDescriptor.open(FilePath(path), .writeOnly, options: .append)
        try descriptor.closeAfter { _ = try descriptor.writeAll(bytes) }
    }

    /// What the file holds.
    package func contents() throws -> [UInt8] {
        let descriptor = try FileDescriptor.open(FilePath(path), .readOnly)
        return try descriptor.closeAfter {
            var bytes: [UInt8] = []
            var part = [UInt8](repeating: 0, count: 65_536)
            while true {
                let count = try unsafe part.withUnsafeMutableBytes { buffer in
                    try unsafe descriptor.read(into: buffer)
                }
                guard count > 0 else { return bytes }
                bytes += part.prefix(count)
            }
        }
    }
}
