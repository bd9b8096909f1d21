import CaptureIO
import Packets

/// The frames of capture files that somebody wants, as far into each as they are looked at.
struct ChosenFrames: ~Copyable {
    private var filter: PacketFilter?
    private let snapshotLength: Int
    private let linkType: LinkType?

    /// How many frames were read, whether the filter chose them or not.
    private(set) var framesRead = 0
    /// The number of the last frame that was read, 0 before the first, and the time.
    private(set) var lastFrame = 0
    private(set) var lastTime = Timestamp(nanoseconds: 0)

    /// How much capture time passes, in nanoseconds, where no frame comes for a moment: enough for
    /// finished exchanges to be shown, and too little to give up waiting for missing segments.
    private static let idleTime: Int64 = 60_000_000

    /// The time of the capture once no frame has come for a moment.
    var timeAfterPause: Timestamp {
        var time = lastTime
        time.nanoseconds = time.nanoseconds.addingReportingOverflow(Self.idleTime).partialValue
        return time
    }

    /// Chooses frames.
    ///
    /// - Parameters:
    ///   - filter: which frames count; `nil` for all.
    ///   - snapshotLength: the most bytes of a frame that are looked at.
    ///   - linkType: that of the frames, where the files are wrong about that.
    init(filter: consuming PacketFilter?, snapshotLength: Int, linkType: LinkType? = nil) {
        self.filter = filter
        self.snapshotLength = snapshotLength
        self.linkType = linkType
    }

    /// Lends the chosen ones of the next piece of the files to `body`.
    ///
    /// - Returns: `false` where there is no more, or no more now in a followed file.
    /// - Throws: the error that ended one of the files early; the next call goes on with
    ///   the others.
    mutating func read(
        _ files: inout CaptureFiles,
        _ body: (Frame, Span<UInt8>) -> Void
    ) throws(CaptureError) -> Bool {
        try files.read { frame, bytes in
            var frame = frame
            if let linkType { frame.linkType = linkType }
            lastTime = frame.timestamp
            framesRead += 1
            lastFrame = frame.number
            // A filter changes which frames are traced and not how they are numbered.
            if filter != nil, filter?.matches(frame, bytes) == false { return }
            if bytes.count > snapshotLength {
                body(frame, bytes.extracting(0..<snapshotLength))
            } else {
                body(frame, bytes)
            }
        }
    }
}
