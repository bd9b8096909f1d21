package import CaptureIO
import SystemPackage
package import TraceOutput

/// Files of text that are read or written as a whole: expectations and reports.
package enum TextFile {
    /// The most bytes: expectations are written by hand, and longer files are something else.
    private static let limit = 64 << 20

    /// Reads a file to the end, `-` being standard input.
    ///
    /// - Throws: the error that keeps the file from being read.
    package static func read(_ path: String) throws(CaptureError) -> String {
        let descriptor: FileDescriptor
        do {
            descriptor =
                path == "-"
                ? .standardInput
                : try FileDescriptor.open(FilePath(path), .readOnly, options: .closeOnExec)
        } catch Errno.noSuchFileOrDirectory, Errno.notDirectory {
            throw .noSuchFile(path: path)
        } catch Errno.permissionDenied, Errno.notPermitted {
            throw .notReadable(path: path)
        } catch {
            throw .cannotOpen(path: path, reason: "\(error)")
        }
        defer { if path != "-" { try? descriptor.close() } }
        return String(decoding: try bytes(of: descriptor, path), as: UTF8.self)
    }

    private static func bytes(
        of descriptor: FileDescriptor,
        _ path: String
    ) throws(CaptureError) -> [UInt8] {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count: Int
            do {
                count = try unsafe piece.withUnsafeMutableBytes { room in
                    try unsafe descriptor.read(into: room)
                }
            } catch {
                throw .cannotOpen(path: path, reason: "\(error)")
            }
            if count == 0 { return bytes }
            bytes += piece.prefix(count)
            guard bytes.count <= limit else {
                throw .cannotOpen(path: path, reason: "it is longer than \(limit) bytes")
            }
        }
    }

    /// Writes a file.
    ///
    /// - Parameters:
    ///   - path: the name.
    ///   - replaces: whether a file of this name is replaced, and not an error.
    ///   - write: appends the contents.
    /// - Throws: ``CaptureError/cannotCreate(path:reason:)``.
    package static func write(
        _ path: String,
        replaces: Bool = true,
        _ write: (inout OutputBuffer) -> Void
    ) throws(CaptureError) {
        var buffer = OutputBuffer()
        write(&buffer)
        do {
            let descriptor = try FileDescriptor.open(
                FilePath(path),
                .writeOnly,
                options: replaces
                    ? [.create, .truncate, .closeOnExec]
                    : [.create, .exclusiveCreate, .closeOnExec],
                permissions: [.ownerReadWrite, .groupRead, .otherRead]
            )
            try descriptor.closeAfter {
                _ = try buffer.withBytes { bytes in
                    try unsafe bytes.withUnsafeBytes { try unsafe descriptor.writeAll($0) }
                }
            }
        } catch Errno.fileExists {
            throw .cannotCreate(path: path, reason: "it is there already; remove it first")
        } catch {
            throw .cannotCreate(path: path, reason: "\(error)")
        }
    }
}
