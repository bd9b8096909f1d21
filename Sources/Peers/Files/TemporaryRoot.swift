internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// A fresh directory with the report's `index.txt` in it, for a server that need not keep anything.
package struct TemporaryRoot: Sendable {
    /// The directory's path.
    package let path: String

    /// What `index.txt` holds when the report begins.
    package static let indexContent = Array("Hello World!\n".utf8)

    /// Makes the directory, below `TMPDIR` or else `/tmp`, and the file in it.
    ///
    /// - Throws: ``FileStoreError`` if there is no place for it.
    package init() throws(FileStoreError) {
        let parent = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
        let template = "\(parent)/httptrace-XXXXXX"
        var characters = template.utf8CString.map(\.self)
        let made = unsafe characters.withUnsafeMutableBufferPointer { buffer -> String? in
            guard let base = buffer.baseAddress, unsafe mkdtemp(base) != nil else { return nil }
            return unsafe String(cString: base)
        }
        guard let made else { throw .rootUnavailable(template, .last) }
        path = made
        try Self.furnish(FileStore(path: made))
    }

    /// Puts the report's `index.txt` into `store`.
    package static func furnish(_ store: FileStore) throws(FileStoreError) {
        try store.replace(.index, with: indexContent)
    }

    /// Removes the directory and the files in it; what cannot be removed stays.
    package func remove() {
        guard let directory = try? Directory(path: path), let names = try? directory.names() else {
            return
        }
        for name in names { try? directory.remove(name) }
        unsafe rmdir(path)
    }
}
