internal import Bytes

/// The name of a folder below the server's root, checked as a ``FileName`` is.
struct FolderName: Sendable, Hashable {
    /// The folder's path below the root, without a slash at its ends; empty for the root.
    let text: String

    /// The folder that the path of a target names, such as `/notes/`; `nil` where the path does not
    /// end in a slash.
    ///
    /// - Throws: ``InvalidFileName`` where a part of the path is no name.
    init?(path: ArraySlice<UInt8>) throws(InvalidFileName) {
        let path = path.prefix { $0 != UInt8(ascii: "?") }
        guard path.first == UInt8(ascii: "/"), path.last == UInt8(ascii: "/") else { return nil }
        let inner = path.dropLast()
        guard inner.last != UInt8(ascii: "/") else { throw .empty }
        text = inner.isEmpty ? "" : try FileName(path: inner).text
    }

    /// The directories on the way, the folder itself included.
    var steps: [Substring] { text.split(separator: "/") }

    /// The file `name`, or folder of that name, in this folder.
    ///
    /// - Throws: ``InvalidFileName`` where that is no name, as a hidden file's.
    func file(_ name: String) throws(InvalidFileName) -> FileName {
        try FileName(file: Array(name.utf8), in: self)
    }

    /// The path that names it in a target, percent-encoded.
    var target: String { text.isEmpty ? "/" : text.percentEncodedPath + "/" }
}

/// What a folder holds under one name.
struct FolderEntry: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        case folder
        /// A regular file of so many bytes.
        case file(length: Int)
    }

    var name: String
    var kind: Kind
    var modified: FileTime
}
