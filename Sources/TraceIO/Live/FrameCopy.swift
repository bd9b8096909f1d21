import CaptureIO
import Packets

/// The files that captured frames are written to, where there are any; the first failure ends that,
/// and the capture goes on without.
struct FrameCopy: ~Copyable {
    // Where there is a ring there is no other file.
    private var writer: CaptureWriter?
    private var ring: CaptureRing?
    private(set) var error: CaptureError?

    /// Opens the file that `destination` names; a ring's first file is created with ``begin()``.
    init(
        of interfaces: [CapturedInterface],
        to destination: CaptureDestination?
    ) throws(CaptureError) {
        guard let destination else { return }
        if let bounds = destination.ring {
            ring = try CaptureRing(path: destination.path, bounds, of: interfaces)
        } else {
            writer = try CaptureWriter(path: destination.path, of: interfaces)
        }
    }

    /// Whether the counts of the capture are wanted before the end.
    var wantsStatistics: Bool { ring != nil }

    /// Makes a file that was not there before a user's.
    func give(to user: UInt32, group: UInt32) throws(CaptureError) {
        try writer?.giveFile(to: user, group: group)
    }

    /// Creates the first file of a ring.
    mutating func begin() throws(CaptureError) { try ring?.begin() }

    /// Notes the counts of the capture so far.
    mutating func note(_ statistics: [CaptureStatistics]) { ring?.note(statistics) }

    mutating func write(_ frame: Frame, _ bytes: Span<UInt8>) {
        do throws(CaptureError) {
            try writer?.write(frame, bytes)
            try ring?.write(frame, bytes)
        } catch {
            end(error)
        }
    }

    mutating func flush() {
        do throws(CaptureError) {
            try writer?.flush()
            try ring?.flush()
        } catch {
            end(error)
        }
    }

    mutating func finish(_ statistics: [CaptureStatistics]) {
        do throws(CaptureError) {
            try writer?.finish(statistics: statistics)
            try ring?.finish(statistics: statistics)
        } catch {
            end(error)
        }
    }

    private mutating func end(_ error: CaptureError) {
        self.error = error
        writer = nil
        ring = nil
    }
}
