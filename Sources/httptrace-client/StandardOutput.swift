import ArgumentParser
import SystemPackage

/// Standard output, written at once, so that each response stands there as soon as it came.
///
/// When the reader of a pipe has gone, nothing more is written; the exit code still tells the truth
/// about the requests.
struct StandardOutput {
    private var isClosed = false

    /// Writes `text`.
    ///
    /// - Throws: exit code 73, after a sentence on standard error, if it cannot be written.
    mutating func write(_ text: String) throws {
        if isClosed { return }
        do {
            try FileDescriptor.standardOutput.writeAll(text.utf8)
        } catch Errno.brokenPipe {
            isClosed = true
        } catch {
            StandardError.write("httptrace-client: cannot write the output: \(error)\n")
            throw ExitCode(73)
        }
    }
}

/// Standard error.
enum StandardError {
    /// Writes `text`; where that is impossible there is no place to say so.
    static func write(_ text: String) {
        _ = try? FileDescriptor.standardError.writeAll(text.utf8)
    }
}
