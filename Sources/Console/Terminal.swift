#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What standard output is connected to.
package enum Terminal {
    /// Whether it is a terminal.
    package static var isOutput: Bool { isatty(STDOUT_FILENO) == 1 }

    /// Its columns, at least 40; 80 where it is no terminal or does not say.
    package static var width: Int {
        var size = winsize()
        let code = unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size)
        return code == 0 && size.ws_col > 0 ? max(40, Int(size.ws_col)) : 80
    }
}
