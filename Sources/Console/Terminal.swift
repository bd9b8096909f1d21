#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What standard output and standard error are connected to.
package enum Terminal {
    /// Whether it is a terminal.
    package static var isOutput: Bool { isatty(STDOUT_FILENO) == 1 }

    /// Whether standard error is one.
    package static var isError: Bool { isatty(STDERR_FILENO) == 1 }

    /// Goes back to the first column of the line that the next text will be on, which is longer than
    /// what the terminal itself has written there.
    package static func returnCarriage() {
        if isError { StandardError.write("\r") }
    }

    /// Its columns, at least 40: what `COLUMNS` says, also where it is no terminal, or else the
    /// terminal; `nil` where neither does.
    package static var columns: Int? { (columnsAskedFor ?? ownColumns).map { max(40, $0) } }

    /// Its columns; 80 where nothing tells.
    package static var width: Int { columns ?? 80 }

    private static var columnsAskedFor: Int? {
        guard let columns = Environment.value("COLUMNS").flatMap({ Int($0) }), columns > 0 else {
            return nil
        }
        return columns
    }

    private static var ownColumns: Int? {
        var size = winsize()
        let code = unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size)
        return code == 0 && size.ws_col > 0 ? Int(size.ws_col) : nil
    }
}
