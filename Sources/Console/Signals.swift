internal import Dispatch

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Writes that the system answers with a signal, which would end the process.
package enum FailedWrites {
    /// Makes a write to a pipe whose reader has gone an error (EPIPE), and one beyond the process's
    /// limit of file length (EFBIG).
    package static func becomeErrors() {
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
    }
}

/// The wish of a user or a supervisor that the program ends: SIGINT, SIGTERM, or SIGHUP when the
/// terminal goes away.
package enum TerminationSignals {
    private static let numbers = [SIGINT, SIGTERM, SIGHUP]

    /// Calls `body` at the first of the signals; from then on a second one ends the process at once.
    ///
    /// No signal is lost from its return on: sources begin to listen on a thread of their own, and on
    /// a busy machine a signal could come before.
    package static func onFirst(_ body: @escaping @Sendable () -> Void) {
        // What nohup(1) has made the program ignore stays ignored.
        let numbers = numbers.filter { $0 != SIGHUP || !isIgnored($0) }
        let listening = DispatchGroup()
        for number in numbers {
            // The default action would end the process before the source learns of the signal.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                for number in numbers { signal(number, SIG_DFL) }
                source.cancel()
                body()
            }
            listening.enter()
            source.setRegistrationHandler { listening.leave() }
            source.activate()
        }
        listening.wait()
    }

    private static func isIgnored(_ number: Int32) -> Bool {
        var action = sigaction()
        guard unsafe sigaction(number, nil, &action) == 0 else { return false }
        #if canImport(Darwin)
            let handler = unsafe action.__sigaction_u.__sa_handler
        #else
            let handler = unsafe action.__sigaction_handler.sa_handler
        #endif
        let ignoring = unsafe unsafeBitCast(SIG_IGN, to: Int.self)
        return unsafe unsafeBitCast(handler, to: Int.self) == ignoring
    }

    /// The first of the signals, likewise, also where it comes before anybody waits for it.
    package static func first() -> FirstSignal {
        let (signals, continuation) = AsyncStream.makeStream(of: Void.self)
        onFirst { continuation.yield() }
        return FirstSignal(signals: signals)
    }
}

/// The first signal that asks the program to end.
package struct FirstSignal: Sendable {
    fileprivate let signals: AsyncStream<Void>

    /// Waits until it has come.
    package func wait() async {
        for await _ in signals { break }
    }
}
