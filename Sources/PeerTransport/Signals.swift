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
    /// Waits for the first of the signals; from then on a second one ends the process at once.
    package static func first() async {
        let numbers = [SIGINT, SIGTERM]
        let (signals, continuation) = AsyncStream.makeStream(of: Void.self)
        let sources = numbers.map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { continuation.yield() }
            source.activate()
            return source
        }
        for await _ in signals { break }
        for source in sources { source.cancel() }
        for number in numbers { signal(number, SIG_DFL) }
    }
}
