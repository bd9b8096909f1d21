internal import Bytes
internal import SystemPackage

/// Standard error: what is to be said about the run, not about its results.
package enum StandardError {
    /// Writes a sentence behind the program's name: a line, whatever names of files and other words
    /// of others stand in it.
    package static func report(_ sentence: String, by program: String) {
        write("\(program): \(EscapedText.harmless(sentence))\n")
    }

    /// Writes `text`; where that is impossible there is no place left to say so.
    package static func write(_ text: String) {
        _ = try? FileDescriptor.standardError.writeAll(text.utf8)
    }

    /// Writes `bytes`, likewise.
    package static func write(_ bytes: [UInt8]) {
        _ = try? FileDescriptor.standardError.writeAll(bytes)
    }
}
