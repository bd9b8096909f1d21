#if canImport(Glibc)
    internal import Glibc
#else
    internal import Musl
#endif

/// What this process's signals were when it began, for the programs that it starts.
package struct InheritedSignals: Sendable {
    /// The signals that this process handles in its own way, and a program it starts must not.
    static let handled = passed + [SIGPIPE, SIGXFSZ]

    /// Those of them that are for others than this process's own writes.
    static let passed = [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGCHLD]

    /// Those that were ignored, as nohup(1) has it: they stay so.
    let ignored: Set<Int32>
    private let mask: sigset_t

    /// Notes how the signals are now: to be called before any of them is changed.
    package init() {
        ignored = Set(Self.handled.filter { $0 != SIGCHLD && Self.isIgnored($0) })
        var mask = sigset_t()
        unsafe pthread_sigmask(SIG_BLOCK, nil, &mask)
        self.mask = mask
    }

    /// Has a program begin with them, and answers the flags by which it does.
    func apply(to attributes: inout posix_spawnattr_t) -> Int {
        var mask = mask
        unsafe posix_spawnattr_setsigmask(&attributes, &mask)
        var defaults = sigset_t()
        unsafe sigemptyset(&defaults)
        for signal in Self.handled where !ignored.contains(signal) {
            unsafe sigaddset(&defaults, signal)
        }
        unsafe posix_spawnattr_setsigdefault(&attributes, &defaults)
        return Int(POSIX_SPAWN_SETSIGMASK) | Int(POSIX_SPAWN_SETSIGDEF)
    }

    private static func isIgnored(_ number: Int32) -> Bool {
        var action = sigaction()
        guard unsafe sigaction(number, nil, &action) == 0 else { return false }
        let handler = unsafe action.__sigaction_handler.sa_handler
        let ignoring = unsafe unsafeBitCast(SIG_IGN, to: Int.self)
        return unsafe unsafeBitCast(handler, to: Int.self) == ignoring
    }
}
