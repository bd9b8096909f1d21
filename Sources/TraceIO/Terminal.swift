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

/// Whether to colour.
package enum ColourChoice: String, CaseIterable, Sendable {
    /// On a terminal, unless `NO_COLOR` is set (<https://no-color.org>).
    case auto
    case always
    case never

    /// Whether standard output is to be coloured.
    package var isOn: Bool {
        switch self {
        case .always: true
        case .never: false
        case .auto: Terminal.isOutput && !Self.isDeclined
        }
    }

    private static var isDeclined: Bool {
        guard let value = unsafe getenv("NO_COLOR") else { return false }
        return unsafe value.pointee != 0
    }
}

/// What happens when the reader of a pipe goes away.
package enum BrokenPipe {
    /// Makes it an error of the write, where it would end the program.
    package static func becomesAnError() {
        _ = signal(SIGPIPE, SIG_IGN)
    }
}
