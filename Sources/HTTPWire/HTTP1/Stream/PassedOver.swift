import Bytes

/// Bytes that look like no message, kept for a while: whatever the other side answers in HTTP was
/// meant as a request, however written.
struct PassedOver: Sendable {
    /// The bytes since the last message, without blank lines in front, as far as they are kept.
    private(set) var bytes: [UInt8] = []

    /// Whether more bytes were passed over than are kept.
    private(set) var isCut = false

    /// Whether nothing is kept.
    var isEmpty: Bool { bytes.isEmpty }

    /// Keeps bytes that are given up behind those before them, up to `limit` of all; some may be
    /// missing among them.
    mutating func append(_ given: ArraySlice<UInt8>, limit: Int, isHoled: Bool) {
        let isFirst = bytes.isEmpty && !isCut
        let rest = isFirst ? given.drop { $0 == .carriageReturn || $0 == .lineFeed } : given
        let room = limit - bytes.count
        isCut = isCut || rest.count > room || isHoled
        bytes += rest.prefix(max(0, room))
    }

    /// Forgets the bytes: a message has begun, or the place in the stream is another.
    mutating func forget() {
        bytes.removeAll(keepingCapacity: true)
        isCut = false
    }
}

/// Bytes that prove to be the beginning of a message.
package struct Reclaimed {
    /// How many of the bytes were reported as unclaimed.
    package let count: Int
    /// Where the rest begins, counted from the first byte of the message.
    package let offset: Int
    /// The bytes behind the start line, to be given to the parser again.
    package let rest: [UInt8]
}

/// A line that was passed over and meant as a start line after all, as the other side has answered.
struct AnsweredLine {
    /// Blank lines in front of the line, the line, and everything behind that.
    let blankLines: ArraySlice<UInt8>
    let bytes: [UInt8]
    /// Where the line ends in `bytes`.
    let end: Int
    /// Whether a header section seems to follow the line.
    let hasHeaderSection: Bool

    /// Whether the line has come with a line feed.
    var isWhole: Bool { bytes[end - 1] == .lineFeed }

    /// Looks for the line in the bytes that were passed over, and those that came behind them.
    ///
    /// - Parameters:
    ///   - passedOver: bytes that were reported as unclaimed.
    ///   - unreported: bytes that came behind these.
    ///   - count: how many of the unreported bytes are blank lines in front of a line.
    ///   - isNamed: whether the bytes begin as another protocol's do, so that only the form of a
    ///     request line with a version tells of a request.
    ///   - isPlaceLost: whether nobody knows to which message the bytes belong.
    init?(
        passedOver: [UInt8],
        unreported: [UInt8],
        blankLines count: Int,
        isNamed: Bool,
        isPlaceLost: Bool
    ) {
        let blankLines = passedOver.isEmpty ? unreported.prefix(count) : []
        let bytes = passedOver + unreported.dropFirst(blankLines.count)
        let end = bytes.firstIndex(of: .lineFeed).map { $0 + 1 } ?? bytes.count
        let line = bytes.span.extracting(0..<end)
        let isFollowed = Self.beginsHeaderSection(bytes[end...])
        let isVersioned =
            StartLineSyntax.isRequestLineOfAnyVersion(line) && (!isPlaceLost || isFollowed)
        guard
            isVersioned
                || !isNamed && !isPlaceLost && StartLineSyntax.isTextBehindToken(line)
        else { return nil }
        (self.blankLines, self.bytes, self.end) = (blankLines, bytes, end)
        hasHeaderSection = isVersioned || isFollowed
    }

    /// Whether a blank line or a field line stands here.
    private static func beginsHeaderSection(_ bytes: ArraySlice<UInt8>) -> Bool {
        let name = bytes.prefix(while: \.isToken)
        guard let next = bytes.dropFirst(name.count).first else { return false }
        return name.isEmpty
            ? next == .carriageReturn || next == .lineFeed : next == UInt8(ascii: ":")
    }
}
