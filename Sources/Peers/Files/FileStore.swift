internal import SystemPackage
internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// The text files directly below one directory; no name leads anywhere else.
///
/// A file changes as a whole or not at all: the new content is written to a temporary file, which
/// then takes the name. Readers see the old content or the new, also from other processes; changes
/// through one store come one after the other, so that appended lines are neither lost nor mixed.
package final class FileStore: Sendable {
    /// The path of the directory, as given.
    package let path: String
    /// The most bytes that a file may have.
    package let lengthLimit: Int

    private let directory: Directory
    /// How many temporary files were made; held locked while a file is changed.
    private let temporaries = Mutex(0)

    /// Opens the store below the directory at `path`.
    ///
    /// - Parameters:
    ///   - path: the directory, which must exist.
    ///   - lengthLimit: the most bytes that a file may have; 64 MiB unless told.
    /// - Throws: ``FileStoreError/rootUnavailable(_:_:)``.
    package init(path: String, lengthLimit: Int = 64 << 20) throws(FileStoreError) {
        do {
            directory = try Directory(path: path)
        } catch {
            throw .rootUnavailable(path, error)
        }
        self.path = path
        self.lengthLimit = lengthLimit
    }

    /// Whether the directory holds nothing, not even a hidden file.
    package func isEmpty() throws(FileStoreError) -> Bool {
        do {
            return try directory.names().isEmpty
        } catch {
            throw .rootUnavailable(path, error)
        }
    }

    /// The content of the file `name`.
    package func read(_ name: FileName) throws(FileStoreError) -> [UInt8] {
        do {
            return try directory.open(name.text, flags: O_RDONLY).read(limit: lengthLimit)
        } catch .fileTooLarge {
            throw .tooLong(name, limit: lengthLimit)
        } catch {
            throw FileStoreError(error, name)
        }
    }

    /// Makes `content` the whole content of the file `name`, which need not exist.
    package func replace(_ name: FileName, with content: [UInt8]) throws(FileStoreError) {
        try changing(name) { number throws(Errno) in
            let mode = try existing(name)?.mode
            try write(content, to: name, mode: mode, number: number)
        }
    }

    /// Appends `addition` to the file `name`, which need not exist, and answers its new content.
    package func append(
        _ addition: [UInt8],
        to name: FileName
    ) throws(FileStoreError) -> [UInt8] {
        try changing(name) { number throws(Errno) in
            var content: [UInt8] = []
            var mode: UInt32?
            // Copying the whole file costs no more than sending it back, which follows anyway.
            if let old = try existing(name) {
                content = try old.read(limit: lengthLimit)
                mode = old.mode
            }
            content += addition
            try write(content, to: name, mode: mode, number: number)
            return content
        }
    }

    /// Runs `body` while no other change is under way, with a number for its temporary file.
    private func changing<Result>(
        _ name: FileName,
        _ body: (Int) throws(Errno) -> Result
    ) throws(FileStoreError) -> Result {
        do {
            return try temporaries.withLock { number throws(Errno) in
                number += 1
                return try body(number)
            }
        } catch .fileTooLarge {
            throw .tooLong(name, limit: lengthLimit)
        } catch {
            throw FileStoreError(error, name)
        }
    }

    /// The file that has the name now; opening it for writing asks whether that is permitted, which
    /// renaming over it would not.
    private func existing(_ name: FileName) throws(Errno) -> OpenFile? {
        do {
            return try directory.open(name.text, flags: O_RDWR)
        } catch .noSuchFileOrDirectory {
            return nil
        }
    }

    private func write(
        _ content: [UInt8],
        to name: FileName,
        mode: UInt32?,
        number: Int
    ) throws(Errno) {
        guard content.count <= lengthLimit else { throw .fileTooLarge }
        // No file name of the store begins with a full stop, so this is never one of them.
        let temporary = ".httptrace-\(getpid())-\(number).tmp"
        let flags = O_WRONLY | O_CREAT | O_EXCL
        do {
            try directory.open(temporary, flags: flags, mode: 0o644).write(content, mode: mode)
            try directory.rename(temporary, to: name.text)
        } catch {
            // The temporary file may not have come into being; the first error is the one to tell.
            try? directory.remove(temporary)
            throw error
        }
    }
}
