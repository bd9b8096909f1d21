internal import SystemPackage
internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// The files below one directory; no name leads anywhere else.
///
/// Each name on the way is looked up in the directory that was opened before it, and no symbolic
/// link is followed: whatever happens to the tree meanwhile, what is opened lies below the root.
///
/// A file changes as a whole or not at all: the new content is written to a temporary file, which
/// then takes the name. Readers see the old content or the new, also from other processes; changes
/// come one after the other, so that appended lines are neither lost nor mixed, also where several
/// servers have the same root.
package final class FileStore: Sendable {
    /// The path of the directory, as given.
    package let path: String
    /// The most bytes that a file may have that is read or written as a whole.
    package let lengthLimit: Int
    /// Whether a change is on the disk before it is told to be done.
    package let isDurable: Bool

    private struct Changes {
        /// How many temporary files were made.
        var count = 0
        /// The latest time that a change has.
        var latest: FileTime?
    }

    private let root: Directory
    /// Held locked while a file is changed.
    private let changes = Mutex(Changes())

    /// Opens the store below the directory at `path`, and removes what a store that was killed has
    /// left there.
    ///
    /// - Parameters:
    ///   - path: the directory, which must exist.
    ///   - lengthLimit: the most bytes that a file may have; 64 MiB unless told.
    ///   - isDurable: whether each change waits for the disk.
    /// - Throws: ``FileStoreError/rootUnavailable(_:_:)``.
    package init(
        path: String,
        lengthLimit: Int = 64 << 20,
        isDurable: Bool = false
    ) throws(FileStoreError) {
        do {
            root = try Directory(path: path)
        } catch {
            throw .rootUnavailable(path, error)
        }
        self.path = path
        self.lengthLimit = lengthLimit
        self.isDurable = isDurable
        removeLeftovers()
    }

    /// Whether the directory holds nothing, not even a hidden file.
    package func isEmpty() throws(FileStoreError) -> Bool {
        do {
            return try root.names().isEmpty
        } catch {
            throw .rootUnavailable(path, error)
        }
    }

    /// The content of the file `name`.
    package func read(_ name: FileName) throws(FileStoreError) -> [UInt8] {
        try run(name) { () throws(Errno) in try open(name).read(limit: lengthLimit) }
    }

    /// The file `name`, open for reading; its content is read where it has at most `limit` bytes.
    func open(_ name: FileName, contentUpTo limit: Int) throws(FileStoreError) -> StoredFile {
        try run(name) { () throws(Errno) in
            let file = try open(name)
            guard file.version.length <= limit else { return .large(SharedFile(file)) }
            let (content, version) = (try file.read(limit: lengthLimit), file.version)
            // It may have grown since it was opened: then its length says nothing.
            return .small(content, version)
        }
    }

    /// What the file `name` is now.
    func version(of name: FileName) throws(FileStoreError) -> FileVersion {
        try run(name) { () throws(Errno) in
            let (directories, file) = name.steps
            if directories.isEmpty { return try root.version(of: file) }
            return try parent(directories).version(of: file)
        }
    }

    /// Makes `content` the whole content of the file `name`, which need not exist.
    package func replace(_ name: FileName, with content: [UInt8]) throws(FileStoreError) {
        _ = try apply(.replacement(content), to: name) { _ in true }
    }

    /// Appends `addition` to the file `name`, which need not exist, and answers its new content.
    package func append(
        _ addition: [UInt8],
        to name: FileName
    ) throws(FileStoreError) -> [UInt8] {
        try apply(.addition(addition), to: name) { _ in true }?.content ?? []
    }

    /// Changes the file `name`, which need not exist.
    ///
    /// - Parameters:
    ///   - change: what is to be done.
    ///   - name: the file.
    ///   - isPermitted: whether to go on, given what the file is now; it cannot change in between.
    /// - Returns: what came of it; `nil` where it was not permitted.
    /// - Throws: why it could not be done; the file is then as it was.
    func apply(
        _ change: FileChange,
        to name: FileName,
        if isPermitted: (FileVersion?) -> Bool
    ) throws(FileStoreError) -> ChangedFile? {
        try run(name) { () throws(Errno) in
            try changes.withLock { changes throws(Errno) in
                root.lock()
                defer { root.unlock() }
                return try apply(change, to: name, if: isPermitted, &changes)
            }
        }
    }

    private func apply(
        _ change: FileChange,
        to name: FileName,
        if isPermitted: (FileVersion?) -> Bool,
        _ changes: inout Changes
    ) throws(Errno) -> ChangedFile? {
        let old = try existing(name, reading: change.isAddition)
        let version = old?.version
        guard isPermitted(version) else { return nil }
        if let version, !version.isWritable { throw .permissionDenied }
        let content =
            switch change {
            case .replacement(let bytes): bytes
            // Copying the whole file costs no more than sending it back, which follows anyway.
            case .addition(let bytes): (old?.content ?? []) + bytes
            }
        guard content.count <= lengthLimit else { throw .outOfRange }
        changes.count += 1
        let latest = max(version?.modified ?? .earliest, changes.latest ?? .earliest)
        let time = FileTime.now().later(than: latest)
        changes.latest = time
        let temporary = TemporaryName(number: changes.count)
        let new = try write(content, to: name, temporary, mode: version?.mode, modified: time)
        return ChangedFile(content: content, version: new, isNew: version == nil)
    }

    private func write(
        _ content: [UInt8],
        to name: FileName,
        _ temporary: TemporaryName,
        mode: UInt32?,
        modified: FileTime
    ) throws(Errno) -> FileVersion {
        let (directories, file) = name.steps
        let flags = O_WRONLY | O_CREAT | O_EXCL
        do {
            let target = try parent(directories)
            let new = try root.open(temporary.text, flags: flags, mode: 0o644)
            let version = try new.write(content, mode: mode, modified: modified)
            if isDurable { try new.synchronize() }
            try root.rename(temporary.text, to: file, in: target)
            if isDurable { try target.synchronize() }
            return version
        } catch {
            // The temporary file may not have come into being; the first error is the one to tell.
            try? root.remove(temporary.text)
            throw error
        }
    }

    /// The file that has the name now, with its content where it is to be read.
    ///
    /// Opening it for writing asks whether that is permitted, which renaming over it would not.
    private func existing(
        _ name: FileName,
        reading: Bool
    ) throws(Errno) -> (version: FileVersion, content: [UInt8])? {
        do {
            let file = try open(name, flags: O_RDWR)
            return (file.version, reading ? try file.read(limit: lengthLimit) : [])
        } catch .noSuchFileOrDirectory {
            return nil
        }
    }

    private func open(_ name: FileName, flags: Int32 = O_RDONLY) throws(Errno) -> OpenFile {
        let (directories, file) = name.steps
        if directories.isEmpty { return try root.open(file, flags: flags) }
        return try parent(directories).open(file, flags: flags)
    }

    func parent(_ directories: [Substring]) throws(Errno) -> Directory {
        var directory = try root.directory(".")
        for name in directories { directory = try directory.directory(String(name)) }
        return directory
    }

    /// Temporary files exist only while the root is locked: who has the lock may remove them.
    private func removeLeftovers() {
        root.lock()
        defer { root.unlock() }
        for name in (try? root.names()) ?? [] where TemporaryName.isOne(name) {
            try? root.remove(name)
        }
    }

    private func run<Result: ~Copyable>(
        _ name: FileName,
        _ body: () throws(Errno) -> Result
    ) throws(FileStoreError) -> Result {
        do {
            return try body()
        } catch .outOfRange {
            throw .tooLong(name, limit: lengthLimit)
        } catch {
            throw FileStoreError(error, name)
        }
    }
}
