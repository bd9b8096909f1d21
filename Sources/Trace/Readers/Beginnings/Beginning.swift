import Bytes
import HTTPWire

/// What one end of a connection has begun with, as long as that does not tell what it speaks.
struct Beginning: Sendable {
    enum Speech: Sendable {
        /// Too little has come to tell.
        case undecided
        /// It is no HTTP so far; the other end's answer decides.
        case withheld
        /// It may be HTTP/1, and is read.
        case readable
        /// No HTTP is in it.
        case foreign
    }

    /// The most bytes that are looked at, of text and of anything else.
    private static let limits = (text: 512, binary: 128)

    var speech = Speech.undecided

    /// The first bytes that were sent, while nothing is decided.
    private(set) var bytes: [UInt8] = []
    /// How many bytes have come, those that are not looked at included.
    private(set) var count = 0

    /// Takes further bytes, as far as they may be needed.
    mutating func take(_ further: Span<UInt8>) {
        count += further.count
        let room = Self.limits.text - bytes.count
        if room > 0 { bytes.append(copying: further.extracting(0..<min(room, further.count))) }
    }

    /// Decides, and forgets what was sent.
    mutating func decide(_ speech: Speech) {
        self.speech = speech
        bytes = []
    }

    /// Whether all that was sent is still there.
    var isWhole: Bool { bytes.count == count }

    /// Whether it is text; what tells of that is its first line.
    var isText: Bool {
        guard let first = bytes.first else { return false }
        let isPrinted = first < 0x7F && first >= 0x20
        return (isPrinted || first == .carriageReturn || first == .lineFeed)
            && !bytes.prefix { $0 != .lineFeed }.contains(0)
    }

    /// Whether no further bytes would tell more.
    var isEnough: Bool {
        isText
            ? bytes.count >= Self.limits.text || bytes.contains(.lineFeed)
            : bytes.count >= Self.limits.binary
    }
}
