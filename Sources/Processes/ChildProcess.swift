#if canImport(Glibc)
    internal import Glibc
#else
    internal import Musl
#endif
package import SystemPackage

/// A program that this process has started.
package struct ChildProcess: Sendable, Hashable {
    /// Why a program could not be started.
    package struct StartFailure: Error, Sendable, Hashable, CustomStringConvertible {
        /// The program as it was named.
        package var name: String
        /// The system's number of the error (errno).
        package var code: Int32

        /// What a shell exits with: 127 where there is no such program, else 126.
        package var exitCode: Int32 { code == ENOENT ? 127 : 126 }

        /// One sentence.
        package var description: String {
            "\(name) cannot be started: \(Errno(rawValue: code))"
        }
    }

    /// How a program ended.
    package enum End: Sendable, Hashable {
        case exited(Int32)
        case killed(signal: Int32)

        /// What a shell exits with after it: the program's own code, or 128 and the signal.
        package var exitCode: Int32 {
            switch self {
            case .exited(let code): code
            case .killed(let signal): 128 + signal
            }
        }

        /// Reads what waitpid(2) tells; `nil` where the program goes on.
        package init?(status: Int32) {
            switch status & 0x7F {
            case 0: self = .exited((status >> 8) & 0xFF)
            case 0x7F: return nil
            case let signal: self = .killed(signal: signal)
            }
        }
    }

    /// Its number, 1 or above.
    package let id: Int32

    /// Starts a program, found as a shell finds it, with this process's standard input and error.
    ///
    /// - Parameters:
    ///   - arguments: its name and what it is to be told.
    ///   - output: the descriptor that becomes its standard output.
    ///   - signals: what becomes of its signals.
    ///   - group: the process group that it is in, 0 for one of its own; `nil` for this process's.
    /// - Returns: the program, which runs.
    /// - Throws: why it cannot be started.
    package static func start(
        _ arguments: [String],
        output: FileDescriptor = .standardOutput,
        signals: InheritedSignals,
        group: Int32? = nil
    ) throws(StartFailure) -> ChildProcess {
        guard let name = arguments.first else { throw StartFailure(name: "", code: EINVAL) }
        var actions = unsafe posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        if output != .standardOutput {
            unsafe posix_spawn_file_actions_adddup2(&actions, output.rawValue, STDOUT_FILENO)
        }
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        var flags = signals.apply(to: &attributes)
        if let group {
            unsafe posix_spawnattr_setpgroup(&attributes, group)
            flags |= Int(POSIX_SPAWN_SETPGROUP)
        }
        unsafe posix_spawnattr_setflags(&attributes, Int16(flags))
        var id: pid_t = 0
        let code = unsafe withPointers(to: arguments) { pointers in
            unsafe posix_spawnp(&id, name, &actions, &attributes, pointers, environ)
        }
        guard code == 0 else { throw StartFailure(name: name, code: code) }
        return ChildProcess(id: id)
    }

    /// Sends it `signal`, and answers whether this process may.
    @discardableResult
    package func send(_ signal: Int32) -> Bool { kill(id, signal) == 0 }

    /// Waits for its end.
    package func end() -> End {
        while true {
            var status: Int32 = 0
            if unsafe waitpid(id, &status, 0) == id {
                if let end = End(status: status) { return end }
            } else if errno != EINTR {
                // Somebody else has waited for it: how it ended is lost.
                return .exited(0)
            }
        }
    }

    /// Lends the strings as C's argument list.
    private static func withPointers(
        to strings: [String],
        _ body: ([UnsafeMutablePointer<CChar>?]) -> Int32
    ) -> Int32 {
        let pointers = unsafe strings.map { unsafe strdup($0) }
        defer { unsafe pointers.forEach { unsafe free($0) } }
        return unsafe body(pointers + [nil])
    }
}
