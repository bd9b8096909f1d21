#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Standard input where frames may come through it as they are captured.
package enum LiveInput {
    /// Whether it is a pipe or a socket: what is there is not all that will come.
    package static var isThere: Bool {
        var status = stat()
        guard unsafe fstat(STDIN_FILENO, &status) == 0 else { return false }
        let kind = status.st_mode & S_IFMT
        return kind == S_IFIFO || kind == S_IFSOCK
    }

    /// Waits at most `milliseconds` until there is more to read, or its end; answers whether there is.
    package static func hasMore(within milliseconds: Int) -> Bool {
        var polled = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&polled, 1, Int32(clamping: milliseconds)) > 0
    }
}
