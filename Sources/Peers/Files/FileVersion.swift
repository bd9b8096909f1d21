internal import Bytes

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// What tells one content of a file from another, as far as the file system knows.
package struct FileVersion: Sendable, Hashable {
    /// The file's number in its file system.
    let inode: UInt64
    /// The length, in bytes.
    package let length: Int
    /// When the content was last changed.
    package let modified: FileTime
    /// When the content or what is known of it was last changed; nobody can set it.
    let changed: FileTime
    /// The permission bits.
    let mode: UInt32

    init(_ status: stat) {
        inode = UInt64(status.st_ino)
        length = Int(status.st_size)
        mode = UInt32(status.st_mode & 0o7777)
        #if canImport(Darwin)
            modified = FileTime(status.st_mtimespec)
            changed = FileTime(status.st_ctimespec)
        #else
            modified = FileTime(status.st_mtim)
            changed = FileTime(status.st_ctim)
        #endif
    }

    /// Whether the file may be written at all; a superuser is asked to keep to it too.
    var isWritable: Bool { mode & 0o222 != 0 }

    /// The entity tag (RFC 9110 §8.8.3), strong: each change through the store has a time of its
    /// own, see ``FileTime/later(than:)``.
    package var entityTag: String {
        let nanoseconds = UInt64(bitPattern: Int64(modified.nanoseconds))
        let seconds = UInt64(bitPattern: Int64(modified.seconds))
        return "\"" + Self.hexadecimal(inode) + "-" + Self.hexadecimal(UInt64(length)) + "-"
            + Self.hexadecimal(seconds) + "." + Self.hexadecimal(nanoseconds) + "\""
    }

    private static func hexadecimal(_ value: UInt64) -> String { String(value, radix: 16) }
}

/// A moment as file systems keep it.
package struct FileTime: Sendable, Hashable, Comparable {
    /// Seconds since 1970-01-01 00:00 UTC.
    package let seconds: Int
    /// 0 to 999,999,999.
    let nanoseconds: Int

    init(_ time: timespec) {
        seconds = Int(time.tv_sec)
        nanoseconds = Int(time.tv_nsec)
    }

    private init(seconds: Int, nanoseconds: Int) {
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }

    /// The moment by the system's clock.
    static func now() -> FileTime {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return FileTime(time)
    }

    /// This moment, or the first after `other` where that is not before it.
    ///
    /// File systems take the time of a change from a clock that ticks some hundred times a second:
    /// two changes may have the same.
    func later(than other: FileTime) -> FileTime {
        guard self <= other else { return self }
        guard other.nanoseconds < 999_999_999 else {
            return FileTime(seconds: other.seconds + 1, nanoseconds: 0)
        }
        return FileTime(seconds: other.seconds, nanoseconds: other.nanoseconds + 1)
    }

    /// The beginning of 1970.
    static let earliest = FileTime(seconds: 0, nanoseconds: 0)

    var asTimespec: timespec { timespec(tv_sec: seconds, tv_nsec: nanoseconds) }

    package static func < (left: FileTime, right: FileTime) -> Bool {
        (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }
}
