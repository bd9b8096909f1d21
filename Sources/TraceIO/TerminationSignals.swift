#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Lets a program end in order when it is asked to: by Ctrl-C, or by its supervisor.
package enum TerminationSignals {
    /// Calls `body`, once and on a thread of its own, when SIGINT or SIGTERM comes; a second such
    /// signal ends the program at once, as it would have done.
    ///
    /// To be called before other threads are started: they inherit the blocked signals.
    package static func onFirst(_ body: @escaping @Sendable () -> Void) {
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe sigaddset(&signals, SIGINT)
        unsafe sigaddset(&signals, SIGTERM)
        _ = unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
        BackgroundThread.start {
            var awaited = sigset_t()
            unsafe sigemptyset(&awaited)
            unsafe sigaddset(&awaited, SIGINT)
            unsafe sigaddset(&awaited, SIGTERM)
            var received: Int32 = 0
            guard unsafe sigwait(&awaited, &received) == 0 else { return }
            // Unblocked on this thread alone, the next one gets its default effect.
            _ = unsafe pthread_sigmask(SIG_UNBLOCK, &awaited, nil)
            body()
            while true { pause() }
        }
    }
}
