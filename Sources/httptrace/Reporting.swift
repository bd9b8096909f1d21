import ArgumentParser
import CaptureIO
import Console
import TraceIO

/// Writes a line about the run, not about the traffic, to standard error.
func report(_ text: String) {
    StandardError.report(text, by: "httptrace")
}

extension CaptureError {
    /// Reports it and answers what the program is to exit with.
    func reported() -> ExitCode {
        report(description)
        return ExitCode(kind.exitCode)
    }
}

extension TextWriter.Failure {
    /// What the program is to exit with: quietly where nobody reads any more.
    func reported() -> ExitCode {
        switch self {
        case .closed: return .success
        case .refused(let reason):
            report("standard output cannot be written: \(reason)")
            return ExitCode(CaptureError.Kind.cannotCreate.exitCode)
        }
    }
}
