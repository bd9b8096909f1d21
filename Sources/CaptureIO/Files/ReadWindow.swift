internal import SystemPackage

/// The one piece of a file that is in memory: bytes are read behind what is unread, and the unread
/// tail is moved to the front before.
///
/// It is faster than a mapping, constant in memory whatever the file's size, and the same for files
/// and pipes. It grows only for a record that is larger than the window, and only as that record's
/// bytes really arrive: a length that lies costs nothing.
@safe
struct ReadWindow: ~Copyable {
    /// The window's size in bytes as long as no record is larger.
    static let ordinaryCapacity = 262_144
    /// Bytes behind the end that may be read (not used), so that parsers can load whole words.
    static let slack = 64

    /// The name of the file, for messages; `-` is standard input.
    let path: String
    /// The place in the file of the first unread byte.
    private(set) var offset = 0

    private let descriptor: FileDescriptor
    private var storage: UnsafeMutableRawPointer
    private var capacity: Int
    private var start = 0
    private var end = 0
    private var isAtEnd = false

    /// Opens the file at `path`; nothing is read yet.
    init(path: String) throws(CaptureError) {
        if path == "-" {
            descriptor = .standardInput
        } else {
            do throws(Errno) {
                descriptor = try systemCall {
                    try FileDescriptor.open(
                        FilePath(path),
                        .readOnly,
                        options: .closeOnExec
                    )
                }
            } catch {
                throw Self.openError(error, path: path)
            }
        }
        self.path = path
        capacity = Self.ordinaryCapacity
        unsafe storage = Self.allocate(Self.ordinaryCapacity)
    }

    deinit {
        unsafe storage.deallocate()
        if path != "-" { try? descriptor.close() }
    }

    /// The bytes that are in memory and not yet consumed; valid until the next mutation.
    var unread: UnsafeRawBufferPointer {
        unsafe UnsafeRawBufferPointer(start: storage + start, count: end - start)
    }

    /// The number of unread bytes in memory.
    var available: Int { end - start }

    /// Passes over `count` bytes, which must be available.
    mutating func consume(_ count: Int) {
        start += count
        offset += count
    }

    /// Reads until at least `count` bytes are unread in memory, and not longer, so that a pipe's
    /// frames are seen when they come.
    ///
    /// - Parameters:
    ///   - count: how many bytes are needed.
    ///   - frame: the number of the frame that is read, for the error.
    /// - Returns: whether so many are there; if not, the file has ended.
    /// - Throws: what the system says when it cannot read.
    mutating func fill(atLeast count: Int, for frame: Int) throws(CaptureError) -> Bool {
        while available < count {
            guard !isAtEnd else { return false }
            makeRoom(for: count)
            let room = unsafe UnsafeMutableRawBufferPointer(
                start: storage + end,
                count: capacity - end
            )
            do throws(Errno) {
                let read = try systemCall { unsafe try descriptor.read(into: room) }
                end += read
                isAtEnd = read == 0
            } catch {
                throw readError(error, frame: frame)
            }
        }
        return true
    }

    /// The same for a block of `length` bytes whose end the file must not cut.
    mutating func require(
        _ count: Int,
        of length: Int,
        for frame: Int
    ) throws(CaptureError) {
        guard try fill(atLeast: count, for: frame) else {
            throw damaged(.cutRecord(available: available, needed: length), frame: frame)
        }
    }

    /// Passes over `count` bytes of which only some need be in memory.
    ///
    /// - Returns: how many were passed over; fewer than `count` where the file has ended.
    mutating func skip(_ count: Int, for frame: Int) throws(CaptureError) -> Int {
        var left = count
        while left > 0 {
            guard try fill(atLeast: 1, for: frame) else { break }
            let step = min(left, available)
            consume(step)
            left -= step
        }
        return count - left
    }

    /// The error for damage at the first unread byte plus `distance`.
    func damaged(_ damage: FileDamage, at distance: Int = 0, frame: Int) -> CaptureError {
        .damaged(path: path, offset: offset + distance, frame: frame, damage: damage)
    }

    private mutating func makeRoom(for count: Int) {
        if available == capacity {
            grow(to: min(capacity * 2, max(count, Self.ordinaryCapacity)))
        } else if start > 0 {
            unsafe storage.copyMemory(from: storage + start, byteCount: available)
            end = available
            start = 0
        }
    }

    private mutating func grow(to newCapacity: Int) {
        let larger = unsafe Self.allocate(newCapacity)
        unsafe larger.copyMemory(from: storage + start, byteCount: available)
        unsafe storage.deallocate()
        unsafe storage = unsafe larger
        capacity = newCapacity
        end = available
        start = 0
    }

    private func readError(_ error: Errno, frame: Int) -> CaptureError {
        if error == .isDirectory { return .isDirectory(path: path) }
        return .cannotRead(
            path: path,
            offset: offset + available,
            frame: frame,
            reason: error.description
        )
    }

    private static func openError(_ error: Errno, path: String) -> CaptureError {
        switch error {
        case .noSuchFileOrDirectory, .notDirectory: .noSuchFile(path: path)
        case .permissionDenied, .notPermitted: .notReadable(path: path)
        default: .cannotOpen(path: path, reason: error.description)
        }
    }

    private static func allocate(_ capacity: Int) -> UnsafeMutableRawPointer {
        let storage = UnsafeMutableRawPointer.allocate(
            byteCount: capacity + slack,
            alignment: slack
        )
        unsafe (storage + capacity).initializeMemory(as: UInt8.self, repeating: 0, count: slack)
        return unsafe storage
    }
}
