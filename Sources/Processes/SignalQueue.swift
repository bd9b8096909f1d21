#if canImport(Glibc)
    internal import Glibc
#else
    internal import Musl
#endif

/// The signals that this process is sent, taken one after the other instead of acting on it.
struct SignalQueue: Sendable {
    /// What takes a process's signals is sent to it by others, or by the system.
    typealias Signal = (number: Int32, isFromProcess: Bool)

    private let inherited: InheritedSignals

    /// From now on the signals wait.
    ///
    /// It is to be created before any other thread, so that none of them takes the signals.
    init(_ inherited: InheritedSignals) {
        self.inherited = inherited
        // Where it is ignored, nothing could be waited for.
        signal(SIGCHLD, SIG_DFL)
        var signals = signals
        unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
    }

    /// Has signals act on this process again.
    func letThrough() {
        var signals = signals
        unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    }

    /// The next signal, and whether another process sent it; `nil` when the time is over.
    func next(until deadline: ContinuousClock.Instant?) -> Signal? {
        var signals = signals
        var info = unsafe siginfo_t()
        while true {
            let number: Int32
            if let deadline {
                let (seconds, attoseconds) = max(.zero, deadline - .now).components
                var limit = timespec(
                    tv_sec: Int(seconds),
                    tv_nsec: Int(attoseconds / 1_000_000_000)
                )
                number = unsafe sigtimedwait(&signals, &info, &limit)
            } else {
                number = unsafe sigwaitinfo(&signals, &info)
            }
            if number > 0 { return unsafe (number, info.si_code <= 0) }
            // Another signal's handler ran, or this process was stopped for a while.
            if errno != EINTR { return nil }
        }
    }

    private var signals: sigset_t {
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        for signal in InheritedSignals.passed where !inherited.ignored.contains(signal) {
            unsafe sigaddset(&signals, signal)
        }
        return signals
    }
}
