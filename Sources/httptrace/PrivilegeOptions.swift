import ArgumentParser
import CaptureIO
import TraceIO

#if os(Linux)
    import Processes
#endif

/// Whom a capture goes on as, once the interface is open.
struct PrivilegeOptions: ParsableArguments {
    #if os(Linux)
        @Option(
            help: ArgumentHelp(
                "As root, go on as this user once the interface and the file of -w are open.",
                discussion: """
                    Without it, who called sudo; where there is none, root without its \
                    capabilities. No byte is analysed before that.
                    """,
                valueName: "name"
            )
        )
        var user: String?

        /// Opens a capture, and gives up every right that it needs no more.
        ///
        /// - Throws: the exit code, once the reason is reported.
        func open(
            _ options: LiveCaptureOptions,
            writingTo destination: CaptureDestination?
        ) throws -> OpenCapture {
            do {
                let successor = try user.map { try Successor(named: $0) } ?? Successor()
                let capture = try OpenCapture(options, writingTo: destination)
                if let successor, !successor.isSelf {
                    try capture.giveFile(to: successor.user, group: successor.group)
                }
                try Privileges.giveUp(for: successor)
                return capture
            } catch let error as CaptureError {
                throw error.reported()
            } catch let error as PrivilegeFailure {
                throw error.reported()
            }
        }
    #else
        /// Opens a capture.
        ///
        /// - Throws: the exit code, once the reason is reported.
        func open(
            _ options: LiveCaptureOptions,
            writingTo destination: CaptureDestination?
        ) throws -> OpenCapture {
            do throws(CaptureError) {
                return try OpenCapture(options, writingTo: destination)
            } catch {
                throw error.reported()
            }
        }
    #endif
}

#if os(Linux)
    extension PrivilegeFailure {
        /// Reports it and answers what the program is to exit with.
        func reported() -> ExitCode {
            report(description)
            if case .unknownUser = self { return ExitCode(CaptureError.Kind.usage.exitCode) }
            return ExitCode(CaptureError.Kind.notPermitted.exitCode)
        }
    }
#endif
