import CaptureIO
import SystemPackage

/// The file that keeps what was recorded; it is made early, so that nothing runs in vain.
struct RecordingCopy {
    private let path: String
    private let file: FileDescriptor

    init(path: String) throws(CaptureError) {
        self.path = path
        do {
            file = try FileDescriptor.open(
                FilePath(path),
                .writeOnly,
                options: [.create, .truncate, .closeOnExec],
                permissions: .ownerReadWrite
            )
        } catch {
            throw .cannotCreate(path: path, reason: "\(error)")
        }
    }

    /// Copies the recording at `source` into it, and closes it.
    func write(_ source: String) throws(CaptureError) {
        do {
            try file.closeAfter {
                let recording = try FileDescriptor.open(FilePath(source), .readOnly)
                try recording.closeAfter { try copy(recording) }
            }
        } catch {
            throw .cannotWrite(path: path, reason: "\(error)")
        }
    }

    private func copy(_ recording: FileDescriptor) throws {
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = try unsafe buffer.withUnsafeMutableBytes { bytes in
                try unsafe recording.read(into: bytes)
            }
            guard count > 0 else { return }
            try file.writeAll(buffer[..<count])
        }
    }
}
