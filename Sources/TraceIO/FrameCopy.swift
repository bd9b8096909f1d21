import CaptureIO
import Packets

/// The file that captured frames are written to, where there is one; the first failure ends it, and
/// the capture goes on without.
struct FrameCopy: ~Copyable {
    private var writer: CaptureWriter?
    private(set) var error: CaptureError?

    init(
        of capture: borrowing LiveCapture,
        filter: String?,
        to path: String?
    ) throws(CaptureError) {
        guard let path else { return }
        writer = try CaptureWriter(
            path: path,
            linkType: capture.linkType,
            snapshotLength: capture.snapshotLength,
            interfaceName: capture.interfaceName,
            filter: filter,
            timestampDigits: capture.timestampDigits
        )
    }

    mutating func write(_ frame: Frame, _ bytes: Span<UInt8>) {
        guard writer != nil else { return }
        do throws(CaptureError) {
            try writer?.write(frame, bytes)
        } catch {
            end(error)
        }
    }

    mutating func flush() {
        guard writer != nil else { return }
        do throws(CaptureError) {
            try writer?.flush()
        } catch {
            end(error)
        }
    }

    mutating func finish(_ statistics: CaptureStatistics) {
        guard writer != nil else { return }
        do throws(CaptureError) {
            try writer?.finish(statistics: statistics)
        } catch {
            end(error)
        }
    }

    private mutating func end(_ error: CaptureError) {
        self.error = error
        writer = nil
    }
}
