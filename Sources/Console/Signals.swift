internal import Dispatch

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Pipes whose reader has gone.
package enum BrokenPipes {
    /// Makes a write to such a pipe an error (EPIPE) instead of the end of the process.
    package static func becomeErrors() {
        signal(SIGPIPE, SIG_IGN)
    }
}

/// The wish of a user or a supervisor that the program ends: SIGINT or SIGTERM.
package enum TerminationSignals {
    private static let numbers = [SIGINT, SIGTERM]

    /// Calls `body` at the first of the signals; from then on a second one ends the process at once.
    package static func onFirst(_ body: @escaping @Sendable () -> Void) {
        for number in numbers {
            // The default action would end the process before the source learns of the signal.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                for number in numbers { signal(number, SIG_DFL) }
                source.cancel()
                body()
            }
            source.activate()
        }
    }

    /// Waits for the first of the signals, likewise.
    package static func first() async {
        let (signals, continuation) = AsyncStream.makeStream(of: Void.self)
        onFirst { continuation.yield() }
        for await _ in signals { break }
    }
}
