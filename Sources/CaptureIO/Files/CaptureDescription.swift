package import Packets

/// What a capture file says beside its frames: who wrote it, where, and what was lost.
///
/// It is bounded, whatever the file holds: beyond the limits, interfaces and comments are only
/// counted.
package struct CaptureDescription: Sendable, Hashable {
    /// An interface that frames were captured on.
    package struct Interface: Sendable, Hashable {
        /// The section of the file it is declared in, from 0.
        package var section = 0
        /// Its index in that section, which ``Frame/interface`` refers to.
        package var index = 0
        /// How the interface's frames begin.
        package var linkType: LinkType
        /// The most bytes of a frame that were kept, by the file's own words; 0 is no limit.
        package var snapshotLength: Int
        /// Digits after the decimal point of a second that its times have, 0 to 9.
        package var timestampDigits: UInt8
        /// The system's name for it, such as `eth0`.
        package var name: String?
        /// What a person called it.
        package var label: String?
        /// The expression that chose the frames.
        package var filter: String?
        /// The operating system of the machine it is of.
        package var operatingSystem: String?
        /// The last counts of frames received and lost that the file gives for it.
        package var statistics: CaptureStatistics?
    }

    /// A remark that a person or program left in the file.
    package struct Comment: Sendable, Hashable {
        /// The frame it is about; `nil` where it is about the section or an interface.
        package var frame: Int?
        /// The text, not more than ``CaptureDescription/longestComment`` bytes of it.
        package var text: String
    }

    /// The most interfaces that are described.
    package static let mostInterfaces = 1024
    /// The most comments that are kept.
    package static let mostComments = 64
    /// The most joints that are kept.
    package static let mostJoints = 64
    /// The most bytes that are kept of a text.
    package static let longestComment = 1024

    /// The interfaces in the order of the file.
    package internal(set) var interfaces: [Interface] = []
    /// The comments in the order of the file.
    package internal(set) var comments: [Comment] = []
    /// The number of comments that are not kept.
    package internal(set) var commentsLeftOut = 0
    /// The program that wrote the (last) section.
    package internal(set) var application: String?
    /// The operating system of the machine that wrote the (last) section.
    package internal(set) var operatingSystem: String?
    /// Frames lost between others, as the frames themselves say.
    package internal(set) var droppedBetweenFrames = 0
    /// What is wrong with the times of the frames.
    package internal(set) var clock = ClockFaults()
    /// Where other capture files begin that were joined to the first, in bytes from the start; some.
    package internal(set) var joints: [Int] = []
    /// The number of such files.
    package internal(set) var jointCount = 0

    /// A description that says nothing yet.
    package init() {}

    /// The sums of the interfaces' counts; `nil` if the file gives none.
    package var statistics: CaptureStatistics? {
        interfaces.lazy.compactMap(\.statistics).reduce(nil) { sum, next in
            sum.map { $0 + next } ?? next
        }
    }

    /// Notes that another capture file begins at byte `offset`.
    mutating func addJoint(at offset: Int) {
        jointCount += 1
        if joints.count < Self.mostJoints { joints.append(offset) }
    }

    /// Keeps a comment as long as there is room.
    mutating func addComment(_ option: PcapngOption, frame: Int?) {
        guard comments.count < Self.mostComments else {
            commentsLeftOut += 1
            return
        }
        comments.append(Comment(frame: frame, text: option.boundedText))
    }
}

extension CaptureDescription {
    /// Adds what another file of the same capture says; whose interfaces and programs are which
    /// is not kept.
    mutating func add(_ other: CaptureDescription) {
        interfaces += other.interfaces.prefix(max(0, Self.mostInterfaces - interfaces.count))
        let room = max(0, Self.mostComments - comments.count)
        comments += other.comments.prefix(room)
        commentsLeftOut += other.commentsLeftOut + max(0, other.comments.count - room)
        droppedBetweenFrames = droppedBetweenFrames.addingClamped(other.droppedBetweenFrames)
        clock.add(other.clock)
        joints += other.joints.prefix(max(0, Self.mostJoints - joints.count))
        jointCount += other.jointCount
    }
}
