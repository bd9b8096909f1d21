package import Packets

/// A frame that a test made, with everything that a capture file says about it.
package struct BuiltFrame: Sendable, Hashable {
    /// The captured bytes, from the link layer's header on.
    package var bytes: [UInt8]
    /// When it is said to be captured.
    package var timestamp: Timestamp
    /// The length on the wire in bytes.
    package var originalLength: Int
    /// How the bytes begin.
    package var linkType: LinkType
    /// The index of the interface in a pcapng section.
    package var interface: Int

    /// Creates a frame that is captured whole unless `originalLength` says otherwise.
    package init(
        bytes: [UInt8],
        timestamp: Timestamp = Timestamp(nanoseconds: 0),
        originalLength: Int? = nil,
        linkType: LinkType = .ethernet,
        interface: Int = 0
    ) {
        self.bytes = bytes
        self.timestamp = timestamp
        self.originalLength = originalLength ?? bytes.count
        self.linkType = linkType
        self.interface = interface
    }

    /// What a reader says about it when it is the frame of this number.
    package func frame(number: Int) -> Frame {
        Frame(
            number: number,
            timestamp: timestamp,
            originalLength: originalLength,
            linkType: linkType,
            interface: interface
        )
    }

    /// The same frame as a capture with this snapshot length has it.
    package func cut(to snapshotLength: Int) -> BuiltFrame {
        var frame = self
        frame.bytes = [UInt8](bytes.prefix(snapshotLength))
        return frame
    }
}

/// What happens to frames between a sender and a capture; times stay in order where frames change
/// places.
extension [BuiltFrame] {
    /// Without the frames at these indices.
    package func dropping(_ indices: Int...) -> [BuiltFrame] {
        enumerated().filter { !indices.contains($0.offset) }.map(\.element)
    }

    /// With two frames in each other's place.
    package func swapping(_ first: Int, _ second: Int) -> [BuiltFrame] {
        var frames = self
        frames.swapAt(first, second)
        return frames.withTimes(of: self)
    }

    /// With the frame at `index` there once more, directly behind itself.
    package func duplicating(_ index: Int) -> [BuiltFrame] {
        var frames = self
        frames.insert(frames[index], at: index + 1)
        return frames
    }

    /// With the frame at `index` moved to where `destination` is after its removal.
    package func moving(_ index: Int, to destination: Int) -> [BuiltFrame] {
        var frames = self
        frames.insert(frames.remove(at: index), at: destination)
        return frames.withTimes(of: self)
    }

    /// With each frame's bytes cut to `snapshotLength`.
    package func cut(to snapshotLength: Int) -> [BuiltFrame] {
        map { $0.cut(to: snapshotLength) }
    }

    private func withTimes(of others: [BuiltFrame]) -> [BuiltFrame] {
        zip(self, others).map { frame, other in
            var frame = frame
            frame.timestamp = other.timestamp
            return frame
        }
    }
}
