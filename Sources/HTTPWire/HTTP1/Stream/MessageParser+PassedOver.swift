import Bytes

// Bytes that look like no message are kept for a while: what the other side answers in HTTP was meant
// as a request, however it is written.
extension MessageParser {
    /// The most of them that are kept, in bytes: as much as may be read again, and of responses as
    /// much as is shown.
    private var passedOverLimit: Int { role == .request ? 2 * limits.unclaimedLine : 64 }

    /// Keeps bytes that are given up, behind those before them.
    mutating func passOver(_ bytes: ArraySlice<UInt8>) {
        let isFirst = passedOver.isEmpty && !isPassedOverCut
        let given = isFirst ? bytes.drop { $0 == .carriageReturn || $0 == .lineFeed } : bytes
        let room = passedOverLimit - passedOver.count
        isPassedOverCut = isPassedOverCut || given.count > room || omitted > 0
        passedOver += given.prefix(max(0, room))
    }

    /// Forgets them: a message has begun, or the place in the stream is another.
    mutating func forgetPassedOver() {
        passedOver.removeAll(keepingCapacity: true)
        isPassedOverCut = false
    }

    /// Bytes that prove to be the beginning of a message.
    package struct Reclaimed {
        /// How many of them were reported as unclaimed.
        package let count: Int
        /// Where the rest begins, counted from the first of the message.
        package let offset: Int
        /// What lies behind the start line, to be given to the parser again.
        package let rest: [UInt8]
    }

    /// Takes a line that was passed over as a start line after all: the other side has answered it.
    ///
    /// What follows the line is its header section, and more, where it looks like that.
    /// - Parameter isNamed: whether the bytes begin as another protocol's do, so that only the form
    ///   of a request line with a version tells of a request.
    /// - Returns: `nil` where nothing that was passed over can be meant as a request.
    package mutating func reclaim(isNamed: Bool) -> Reclaimed? {
        // The rest of a message that the capture has holed was not meant as another.
        guard let unreported, !isPassedOverCut, !isBehindGap, !isInDoubt, case .none = longLine
        else {
            return nil
        }
        let blankLines = passedOver.isEmpty ? unreported.prefix(lineStart) : []
        let bytes = passedOver + unreported.dropFirst(blankLines.count)
        let end = bytes.firstIndex(of: .lineFeed).map { $0 + 1 } ?? bytes.count
        let line = bytes.span.extracting(0..<end)
        let isVersioned =
            StartLineSyntax.isRequestLineOfAnyVersion(line)
            && (!isPlaceLost || Self.beginsHeaderSection(bytes[end...]))
        guard
            isVersioned
                || !isNamed && !isPlaceLost && StartLineSyntax.isTextBehindToken(line)
        else { return nil }
        let hasHeaderSection = isVersioned || Self.beginsHeaderSection(bytes[end...])
        let count = hasHeaderSection ? passedOver.count : min(end, passedOver.count)
        startOver()
        if !hasHeaderSection { leftover += bytes.count - max(end, passedOver.count) }
        head.bytes = Array(blankLines + bytes[..<end])
        lineStart = blankLines.count
        state = .startLine
        if bytes[end - 1] == .lineFeed { readStartLine() } else { splitAtCarriageReturns() }
        forgetPassedOver()
        let rest = hasHeaderSection ? Array(bytes[end...]) : []
        return Reclaimed(count: count, offset: offset, rest: rest)
    }

    /// What has come and was not reported; `nil` where nothing was passed over, or a message has
    /// begun since.
    private var unreported: [UInt8]? {
        switch state {
        case .idle where !passedOver.isEmpty: hasEnded ? [] : head.bytes
        case .startLine: head.bytes
        case .idle, .fieldLines, .headComplete, .content, .untilClose, .withheld, .contentOrAnswer,
            .chunkSize, .chunkData, .chunkEnd, .trailers, .ending, .switched:
            nil
        }
    }

    /// Whether a blank line or a field line stands here.
    private static func beginsHeaderSection(_ bytes: ArraySlice<UInt8>) -> Bool {
        let name = bytes.prefix(while: \.isToken)
        guard let next = bytes.dropFirst(name.count).first else { return false }
        return name.isEmpty
            ? next == .carriageReturn || next == .lineFeed : next == UInt8(ascii: ":")
    }

    /// What has come since the last message, or since bytes that are none, and proves nothing yet:
    /// blank lines, and what there is of a line.
    package var unfinishedBytes: [UInt8] {
        switch state {
        case .idle where !hasEnded, .startLine: head.bytes
        case .idle, .fieldLines, .headComplete, .content, .untilClose, .withheld, .contentOrAnswer,
            .chunkSize, .chunkData, .chunkEnd, .trailers, .ending, .switched:
            []
        }
    }

    /// Forgets these, as they are told of; answers how many they were.
    package mutating func dropUnfinished() -> Int {
        let count = unfinishedBytes.count
        if count > 0 { _ = giveUpLine() }
        return count
    }
}
