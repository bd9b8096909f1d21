internal import SystemPackage

/// Standard error: what is to be said about the run, not about its results.
package enum StandardError {
    /// Writes `text`; where that is impossible there is no place left to say so.
    package static func write(_ text: String) {
        _ = try? FileDescriptor.standardError.writeAll(text.utf8)
    }

    /// Writes `bytes`, likewise.
    package static func write(_ bytes: [UInt8]) {
        _ = try? FileDescriptor.standardError.writeAll(bytes)
    }
}
