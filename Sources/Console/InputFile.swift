internal import SystemPackage

/// A whole file, or standard input, in memory.
package enum InputFile {
    /// Why a file could not be read.
    package struct Failure: Error, Sendable, CustomStringConvertible {
        private let path: String
        fileprivate let reason: String

        init(_ path: String, _ reason: String) {
            self.path = path
            self.reason = reason
        }

        package var description: String {
            "\(path == "-" ? "standard input" : path) cannot be read: \(reason)"
        }
    }

    /// The most bytes that are read.
    private static let limit = 256 << 20

    /// Reads the file at `path`, or standard input where that is `-`.
    package static func read(_ path: String) throws(Failure) -> [UInt8] {
        do {
            if path == "-" { return try readAll(.standardInput) }
            let file = try FileDescriptor.open(FilePath(path), .readOnly)
            return try file.closeAfter { try readAll(file) }
        } catch let error as Failure {
            throw Failure(path, error.reason)
        } catch {
            throw Failure(path, "\(error)")
        }
    }

    private static func readAll(_ file: FileDescriptor) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var portion = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = try unsafe portion.withUnsafeMutableBytes { buffer in
                try unsafe file.read(into: buffer)
            }
            if count == 0 { return bytes }
            bytes += portion.prefix(count)
            if bytes.count > limit { throw Failure("", "it is longer than \(limit) bytes") }
        }
    }
}
