import SystemPackage
package import TraceOutput

/// Text on its way to standard output.
package struct TextWriter: ~Copyable {
    /// Why nothing more can be written.
    package enum Failure: Error, Sendable, Hashable {
        /// Nobody reads any more (`| head`): the program should end quietly.
        case closed
        /// The system says why.
        case refused(reason: String)
    }

    /// The text not written yet.
    package var buffer: OutputBuffer

    /// Why output ended early; `nil` where it did not.
    package private(set) var failure: Failure?

    package init(capacity: Int = 1 << 16) {
        buffer = OutputBuffer(capacity: capacity)
    }

    /// Writes everything that is in the buffer; after a failure the text is dropped.
    package mutating func flush() {
        defer { buffer.removeAll() }
        guard failure == nil, !buffer.isEmpty else { return }
        do {
            _ = try buffer.withBytes { bytes in
                try unsafe bytes.withUnsafeBytes { bytes in
                    try unsafe FileDescriptor.standardOutput.writeAll(bytes)
                }
            }
        } catch Errno.brokenPipe {
            failure = .closed
        } catch {
            failure = .refused(reason: "\(error)")
        }
    }
}
