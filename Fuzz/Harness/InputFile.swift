import CaptureIO
import Foundation
import Packets
import SystemPackage

/// The file that holds the input at hand, as the readers open files by name.
enum InputFile {
    private static let path: String = {
        let folder = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
        return "\(folder)/fuzz-\(ProcessInfo.processInfo.processIdentifier)"
    }()

    /// Reads `bytes` as a capture file to its end, and lends its frames to `body`; answers what the
    /// file says beside its frames.
    static func read(
        _ bytes: [UInt8],
        _ body: (Frame, Span<UInt8>) -> Void
    ) -> CaptureDescription {
        write(bytes)
        var files = CaptureFiles(paths: [path])
        var errors = 0
        while !files.isAtEnd {
            do throws(CaptureError) {
                _ = try files.read(body)
            } catch {
                errors += 1
                require(!error.description.isEmpty, "an error without a sentence")
                require(errors <= 100, "no end of errors: \(error)")
            }
        }
        return files.description
    }

    private static func write(_ bytes: [UInt8]) {
        do {
            let file = try unsafe FileDescriptor.open(
                path,
                .writeOnly,
                options: [.create, .truncate],
                permissions: .ownerReadWrite
            )
            try file.closeAfter { _ = try file.writeAll(bytes) }
        } catch {
            fatalError("\(path): \(error)")
        }
    }
}
