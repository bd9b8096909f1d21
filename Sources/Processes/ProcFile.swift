#if canImport(Glibc)
    internal import Glibc
#else
    internal import Musl
#endif
internal import SystemPackage

/// What proc(5) tells: files whose size is not known before they are read, and directories.
enum ProcFile {
    /// The whole content; `nil` where the file cannot be read.
    static func text(_ path: String) -> String? {
        guard
            let file = try? FileDescriptor.open(
                FilePath(path),
                .readOnly,
                options: .closeOnExec
            )
        else { return nil }
        return try? file.closeAfter {
            var content: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 16_384)
            while true {
                let count = try unsafe buffer.withUnsafeMutableBytes { bytes in
                    try unsafe file.read(into: bytes)
                }
                guard count > 0 else { break }
                content += buffer.prefix(count)
            }
            return String(decoding: content, as: UTF8.self)
        }
    }

    /// The numbers that files in the directory have for names; none where it cannot be read.
    static func numbers(in path: String) -> [Int32] {
        guard let stream = unsafe opendir(path) else { return [] }
        defer { unsafe closedir(stream) }
        var numbers: [Int32] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
                let length = unsafe MemoryLayout.size(ofValue: name.pointee)
                return unsafe name.withMemoryRebound(to: CChar.self, capacity: length) {
                    unsafe String(cString: $0)
                }
            }
            if let number = Int32(name) { numbers.append(number) }
        }
        return numbers
    }

    /// What the symbolic link at `path` names; `nil` where it cannot be read.
    static func link(_ path: String) -> String? {
        var buffer = [UInt8](repeating: 0, count: 256)
        let count = unsafe buffer.withUnsafeMutableBytes { bytes in
            unsafe bytes.withMemoryRebound(to: CChar.self) { characters in
                unsafe characters.baseAddress.map {
                    unsafe readlink(path, $0, characters.count)
                } ?? -1
            }
        }
        guard count >= 0 else { return nil }
        return String(decoding: buffer.prefix(count), as: UTF8.self)
    }
}
