internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// The transcripts that lie in `Tests/Transcripts`.
package enum TranscriptFiles {
    /// Their names without `.transcript`, in order.
    package static let names = listNames()

    /// The transcript of this name.
    package static func transcript(_ name: String) throws -> Transcript {
        let path = directory.appending(name + ".transcript")
        let descriptor = try FileDescriptor.open(path, .readOnly)
        return try descriptor.closeAfter {
            var bytes: [UInt8] = []
            var part = [UInt8](repeating: 0, count: 65_536)
            while true {
                let count = try unsafe part.withUnsafeMutableBytes { buffer in
                    try unsafe descriptor.read(into: buffer)
                }
                guard count > 0 else {
                    return Transcript(String(decoding: bytes, as: UTF8.self))
                }
                bytes += part.prefix(count)
            }
        }
    }

    private static var directory: FilePath {
        FilePath(#filePath).removingLastComponent().removingLastComponent()
            .removingLastComponent().appending("Transcripts")
    }

    private static func listNames() -> [String] {
        guard let stream = unsafe opendir(directory.string) else { return [] }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) {
                    unsafe String(cString: $0)
                }
            }
            if name.hasSuffix(".transcript") { names.append(String(name.dropLast(11))) }
        }
        return names.sorted()
    }
}
