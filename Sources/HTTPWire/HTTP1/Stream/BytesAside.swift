import Bytes

/// Bytes that were collected and are not, or not yet, part of the message at hand, and the events
/// that are due because of them.
struct BytesAside: Sendable {
    /// Bytes that only those behind them explain, and those of
    /// ``MessageEvent/heldContent``.
    var held: [UInt8] = []

    /// Bytes that proved to be something else, and are to be read again before those that the caller
    /// gives: more was collected for a decision than belongs to the matter decided.
    var replay: [UInt8] = []

    /// A start line that ended the message before it and has to be read as the next one's.
    var carriedLine: [UInt8] = []

    /// How many bytes belong to no message and are still to be reported so.
    var leftover = 0

    /// Events that one byte has caused beyond the first.
    var queued: QueuedEvents = .none

    /// Gives the held bytes away.
    mutating func takeHeld() -> [UInt8] {
        defer { held = [] }
        return held
    }

    /// Gives the carried line away.
    mutating func takeCarriedLine() -> [UInt8] {
        defer { carriedLine = [] }
        return carriedLine
    }

    /// Gives up the held bytes: they belong to no message.
    mutating func leaveHeld() {
        leftover += held.count
        held = []
    }

    /// Has the held bytes read again.
    mutating func replayHeld() {
        replay = held + replay
        held = []
    }

    // MARK: What follows a line in doubt

    /// Holds bytes that may be the name of a field line.
    ///
    /// - Returns: whether the name has ended.
    mutating func holdToken(_ bytes: Span<UInt8>, _ position: inout Int) -> Bool {
        while position < bytes.count, bytes[position].isToken, held.count < 64 {
            held.append(bytes[position])
            position += 1
        }
        return position < bytes.count
    }

    /// Whether the held bytes are the name of a field line before `byte`, or a blank line begins
    /// there, where that is enough.
    func isFieldName(before byte: UInt8, orBlankLine isBlankLineEnough: Bool) -> Bool {
        let name = held.span
        guard !name.isEmpty else {
            return isBlankLineEnough && (byte == .carriageReturn || byte == .lineFeed)
        }
        return byte == .colon && !name.equalsIgnoringCase("http")
            && !name.equalsIgnoringCase("https")
    }

    /// Holds the lines behind a supposed start line, until these tell.
    mutating func holdLines(
        _ bytes: Span<UInt8>,
        _ position: inout Int,
        _ limits: ParserLimits,
        isNextLineEnough: Bool
    ) -> HeadEvidence {
        while position < bytes.count {
            let room = max(1, limits.unclaimedLine - held.count)
            let line = bytes.firstIndex(of: .lineFeed, from: position).map { $0 + 1 }
            let end = min(line ?? bytes.count, position + room)
            held.append(copying: bytes.extracting(position..<end))
            position = end
            let evidence = HeadEvidence(
                held.span,
                isNextLineEnough: isNextLineEnough,
                isFull: held.count >= limits.unclaimedLine
            )
            if evidence != .undecided { return evidence }
        }
        return .undecided
    }
}

/// Events that one byte has caused beyond the first: they are reported before the next one is read.
enum QueuedEvents: Sendable {
    case none
    /// The message ends; a new one begins with ``BytesAside/carriedLine``.
    case endThenCarriedLine
    case carriedLine
    /// ``BytesAside/carriedLine`` begins a message if the lines that follow speak for that.
    case quotedLine
    /// The message ends without content; the next begins with ``BytesAside/held``.
    case endThenHeldStart
    case heldStart
    /// The connection speaks HTTP/2.
    case switched
    /// The head was reported by an interruption; the end has still to be.
    case endIncomplete
    case endComplete
}
