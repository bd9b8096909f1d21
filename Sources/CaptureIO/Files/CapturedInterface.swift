package import Packets

/// What a capture file says of the interface that its frames are from.
package struct CapturedInterface: Sendable, Hashable {
    /// How the frames begin.
    package var linkType: LinkType
    /// The most bytes of a frame that were captured.
    package var snapshotLength: Int
    /// The system's name for it.
    package var name: String?
    /// The expression that chose the frames; `nil` where all were wanted.
    package var filter: String?
    /// Digits of a second that the times have; more than 6 are kept as nanoseconds, others as
    /// microseconds.
    package var timestampDigits: UInt8

    package init(
        linkType: LinkType,
        snapshotLength: Int,
        name: String?,
        filter: String? = nil,
        timestampDigits: UInt8 = 9
    ) {
        self.linkType = linkType
        self.snapshotLength = snapshotLength
        self.name = name
        self.filter = filter
        self.timestampDigits = timestampDigits
    }
}
