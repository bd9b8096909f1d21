import ArgumentParser
import CaptureIO
import Console

/// The value of `--ring`: `64M:10`.
struct RingOption: ExpressibleByArgument {
    /// Whoever means megabytes and leaves the M out is told.
    private static let leastLength = 65_536

    let bounds: CaptureRing.Bounds

    init?(argument: String) {
        let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let length = ByteCount(argument: String(parts[0])),
            let count = Int(parts[1])
        else { return nil }
        bounds = CaptureRing.Bounds(fileLength: length.bytes, fileCount: count)
    }

    func validate() throws {
        guard bounds.fileLength >= Self.leastLength else {
            throw ValidationError("--ring needs files of at least 64K, such as --ring 64M:10.")
        }
        guard bounds.fileCount >= 2 else {
            throw ValidationError(
                "--ring needs at least 2 files: of 1, nothing would be left when it is full."
            )
        }
    }
}
