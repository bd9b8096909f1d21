package import CaptureIO
import Packets

/// Copies a recording, with only the TCP segments of some ports.
package enum PortSelection {
    /// Copies the frames of the file `source` that hold a segment from or to one of `ports`.
    ///
    /// - Parameters:
    ///   - source: the path of a recording of loopback.
    ///   - destination: the path of the file that is made.
    ///   - ports: the ports of either end.
    ///   - statistics: the counts of frames received and lost, for the copy.
    /// - Returns: how many frames of other ports were left out.
    /// - Throws: the error that ended reading or writing early.
    package static func copy(
        _ source: String,
        to destination: String,
        ports: Set<UInt16>,
        statistics: CaptureStatistics
    ) throws(CaptureError) -> Int {
        var file = try CaptureFile(path: source)
        var writer = try CaptureWriter(
            path: destination,
            of: CapturedInterface(
                linkType: .ethernet,
                snapshotLength: LiveCaptureOptions().snapshotLength,
                name: CaptureInterface.loopback()
            )
        )
        var leftOut = 0
        var failure: CaptureError?
        while try file.read({ frame, bytes in
            guard failure == nil else { return }
            guard uses(ports, frame, bytes) else {
                leftOut += 1
                return
            }
            do throws(CaptureError) {
                try writer.write(frame, bytes)
            } catch {
                failure = error
            }
        }) {}
        if let failure { throw failure }
        try writer.finish(statistics: statistics)
        return leftOut
    }

    private static func uses(
        _ ports: Set<UInt16>,
        _ frame: Frame,
        _ bytes: Span<UInt8>
    ) -> Bool {
        let outcome = PacketDecoder.decode(
            bytes,
            linkType: frame.linkType,
            originalLength: frame.originalLength
        )
        guard case .segment(let segment) = outcome else { return false }
        return ports.contains(segment.source.port) || ports.contains(segment.destination.port)
    }
}
