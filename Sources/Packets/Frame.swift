/// What a capture says about one frame beside its bytes, which are lent with it.
package struct Frame: Sendable, Hashable {
    /// Counts from 1 over the whole capture, as Wireshark numbers frames.
    package var number: Int

    /// When it was captured.
    package var timestamp: Timestamp

    /// The length of the frame on the wire in bytes; the lent bytes may be fewer (`snaplen`).
    package var originalLength: Int

    /// How its first bytes are to be read.
    package var linkType: LinkType

    /// The interface it was captured on: the index in a pcapng section, 0 elsewhere.
    package var interface: Int

    /// Creates the description of a frame.
    package init(
        number: Int,
        timestamp: Timestamp,
        originalLength: Int,
        linkType: LinkType,
        interface: Int = 0
    ) {
        self.number = number
        self.timestamp = timestamp
        self.originalLength = originalLength
        self.linkType = linkType
        self.interface = interface
    }
}
