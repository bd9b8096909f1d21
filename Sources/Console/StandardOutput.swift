internal import SystemPackage

/// Standard output for small texts that should stand there as soon as they are known.
///
/// When the reader of a pipe has gone, nothing more is written, and that is no error.
package struct StandardOutput: Sendable {
    private var isClosed = false

    package init() {}

    /// Why text could not be written.
    package struct Failure: Error, Sendable, CustomStringConvertible {
        private let reason: Errno

        init(_ reason: Errno) { self.reason = reason }

        package var description: String { "standard output cannot be written: \(reason)" }
    }

    /// Writes `text`.
    package mutating func write(_ text: String) throws(Failure) {
        if isClosed { return }
        do {
            try FileDescriptor.standardOutput.writeAll(text.utf8)
        } catch Errno.brokenPipe {
            isClosed = true
        } catch {
            throw Failure(error as? Errno ?? .ioError)
        }
    }
}
