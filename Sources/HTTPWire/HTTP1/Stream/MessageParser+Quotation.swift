import Bytes

// Where the capture lacks what would tell where the next message begins, the bytes may be content, and
// content may quote a start line; so may text behind the end of a message. One in the midst of a segment
// is believed only with the whole head behind it: a segment that begins with it is evidence enough.
extension MessageParser {
    /// Whether where it stands tells already that the line at hand is a start line, as far as the next
    /// line does not speak against it.
    private var isNextLineEnough: Bool {
        beginsSegment
            && StartLineSyntax.isWholeStartLine(
                head.bytes.span.extracting(lineStart...),
                role: role
            )
    }

    private var heldLines: Int { heldBytes.count { $0 == .lineFeed } }

    /// Whether the first line behind the start line is no field line.
    private var isFirstLineOdd: Bool {
        let held = heldBytes.span
        guard let end = held.firstIndex(of: .lineFeed) else { return false }
        return HeadLine(lastOf: held.extracting(0..<end + 1)) == .other
    }

    /// Looks at the lines behind what looks like a start line, until they tell: a line that is no
    /// field line speaks against it, unless field lines up to a blank line follow the one.
    mutating func settleQuotation(
        _ bytes: Span<UInt8>,
        _ position: inout Int
    ) -> MessageEvent? {
        while position < bytes.count {
            let room = max(1, limits.unclaimedLine - heldBytes.count)
            let line = bytes.firstIndex(of: .lineFeed, from: position).map { $0 + 1 }
            let end = min(line ?? bytes.count, position + room)
            heldBytes.append(copying: bytes.extracting(position..<end))
            position = end
            let isFull = heldBytes.count >= limits.unclaimedLine
            switch HeadLine(lastOf: heldBytes.span) {
            case .unfinished where !isFull: break
            case .unfinished:
                return heldBytes.contains(.lineFeed) ? acceptQuotation() : rejectQuotation()
            case .blank:
                let isAlone = isFirstLineOdd && heldLines == 2
                return isAlone ? rejectQuotation() : acceptQuotation()
            case .field:
                if isFull || isNextLineEnough && !isFirstLineOdd { return acceptQuotation() }
            case .other:
                guard isFirstLineOdd, isNextLineEnough, !isFull, heldLines == 1 else {
                    return rejectQuotation()
                }
            }
        }
        return nil
    }

    /// Decides with what has come, as no more will: where the place does not tell, one whole field
    /// line has to be among it.
    mutating func settleQuotation(by cause: Interruption) -> MessageEvent? {
        guard cause.endsWaiting || cause == .peerAnswered else { return nil }
        guard !isFirstLineOdd, isNextLineEnough || heldLines > 0 else {
            head.bytes += heldBytes
            heldBytes = []
            return giveUpLine()
        }
        if let event = acceptQuotation() { return event }
        return interrupt(cause)
    }

    private mutating func acceptQuotation() -> MessageEvent? {
        let held = heldBytes
        heldBytes = []
        isInDoubt = false
        readStartLine()
        return readAgain(held)
    }

    private mutating func rejectQuotation() -> MessageEvent {
        let event = giveUpLine()
        queued = .heldStart
        return event
    }
}

extension MessageRole {
    /// Whether `bytes`, a segment, begin with a start line and go on as no head does.
    ///
    /// Then somebody may just speak of HTTP. One line without a colon is a fault of a head that has
    /// field lines up to a blank line behind it.
    package static func isQuotation(_ bytes: Span<UInt8>) -> Bool {
        guard let line = bytes.firstIndex(of: .lineFeed),
            let next = bytes.firstIndex(of: .lineFeed, from: line + 1),
            HeadLine(lastOf: bytes.extracting(line + 1..<next + 1)) == .other
        else { return false }
        var start = next + 1
        while let end = bytes.firstIndex(of: .lineFeed, from: start) {
            switch HeadLine(lastOf: bytes.extracting(start..<end + 1)) {
            case .field: start = end + 1
            case .blank: return start == next + 1
            case .other, .unfinished: return true
            }
        }
        return true
    }
}

/// What a line of a header section is, as far as it tells whether there is one.
private enum HeadLine {
    case unfinished, blank, field, other

    init(lastOf lines: Span<UInt8>) {
        guard lines[lines.count - 1] == .lineFeed else {
            self = .unfinished
            return
        }
        var start = lines.count - 1
        while start > 0, lines[start - 1] != .lineFeed { start -= 1 }
        let line = lines.extracting(start...)
        if line.contentEnd == 0 {
            self = .blank
        } else if line[0].isBlank {
            self = start > 0 ? .field : .other
        } else {
            var end = 0
            while end < line.count, line[end].isToken { end += 1 }
            self = end > 0 && end < line.count && line[end] == .colon ? .field : .other
        }
    }
}
