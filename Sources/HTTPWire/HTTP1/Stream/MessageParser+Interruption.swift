import Bytes
import Findings

// What each cause does in each state: a head is ended where it stands, content is ended or, in a
// gap, counted on; between messages there is nothing to end.
extension MessageParser {
    /// The next event that follows from `cause`, or `nil` when there is none left; to be called
    /// until it answers `nil`; what a gap does is done once.
    package mutating func interrupt(_ cause: Interruption) -> MessageEvent? {
        if let event = pendingEvent() { return event }
        if case .gap(let length) = cause, length <= 0 { return nil }
        if case .gap = cause {
            isAtBoundary = false
            isBehindGap = true
        }
        let event = end(by: cause)
        if event == nil, case .gap = cause { losePlace() }
        return event
    }

    /// Ends what is at hand.
    private mutating func end(by cause: Interruption) -> MessageEvent? {
        switch state {
        case .idle: return cause.endsWaiting ? giveUpBlankLines() : nil
        case .startLine: return interruptStartLine(cause)
        case .fieldLines: return interruptFieldLines(cause)
        case .content(let left): return interruptContent(cause, left: left)
        case .untilClose: return interruptUntilClose(cause)
        case .chunkData(let left): return interruptChunk(cause, left: left)
        case .withheld(let length): return interruptWithheld(cause, length: length)
        case .contentOrAnswer: return interruptContentOrAnswer(cause)
        case .chunkSize, .chunkEnd, .trailers: return interruptChunk(cause, left: 0)
        case .headComplete, .ending, .switched: return nil
        }
    }

    /// Takes note that bytes are missing here: but in content, nobody knows what the next ones belong
    /// to.
    private mutating func losePlace() {
        isAligned = false
        switch state {
        case .content, .untilClose, .chunkData: break
        case .idle, .startLine, .fieldLines, .headComplete, .withheld, .contentOrAnswer, .chunkSize,
            .chunkEnd, .trailers, .ending, .switched:
            isPlaceLost = true
            forgetPassedOver()
        }
    }

    /// What was due before the interruption.
    private mutating func pendingEvent() -> MessageEvent? {
        var position = 0
        let nothing: [UInt8] = []
        return next(in: nothing.span, at: &position)
    }

    private mutating func giveUpBlankLines() -> MessageEvent? {
        guard !hasEnded, !head.bytes.isEmpty else { return nil }
        return giveUpLine()
    }

    private mutating func interruptStartLine(_ cause: Interruption) -> MessageEvent? {
        if isInDoubt { return settleDoubt(by: cause) }
        guard isAligned && isPlausibleStart || isStartWithoutLineEnd else {
            return cause.endsWaiting ? giveUpLine() : nil
        }
        splitAtCarriageReturns()
        if !cause.blamesSender, head.fieldLines.isEmpty {
            // The parts that are missing may just not have been captured.
            head.findings.removeAll { $0.code.isAboutStartLineEnd }
            doubtCutParts()
        }
        return interruptFieldLines(cause)
    }

    /// Reads a line that never saw a line feed: carriage returns alone may have been meant as line
    /// ends.
    ///
    /// What follows a blank line among them is left over.
    mutating func splitAtCarriageReturns() {
        // How much of a long line is there depends on the pieces in which it came.
        if case .startLine = longLine { shortenStartLine() }
        var rest = Array(head.bytes[lineStart...])[...]
        let isSplit = rest.dropLast().contains(.carriageReturn)
        head.bytes.removeSubrange(lineStart...)
        while !rest.isEmpty {
            let piece = rest.prefix { $0 != .carriageReturn }
            let isLine = piece.count < rest.count
            rest = rest.dropFirst(piece.count + 1)
            if case .fieldLines = state, piece.isEmpty {
                head.bytes.append(.carriageReturn)
                break
            }
            lineStart = head.bytes.count
            head.bytes.append(contentsOf: piece)
            if case .fieldLines = state {
                readFieldLine(lineStart..<head.bytes.count)
            } else {
                readStartLine()
            }
            if isLine { keepCarriageReturn() }
        }
        leftover += rest.count
        offset = head.bytes.count + omitted
        lineStart = head.bytes.count
        if isSplit, !head.findings.contains(where: { $0.code == .bareCarriageReturn }) {
            note(.bareCarriageReturn, head.startLine.line)
        }
    }

    /// Counts a carriage return to the line that was read without it.
    private mutating func keepCarriageReturn() {
        head.bytes.append(.carriageReturn)
        let end = head.bytes.count
        if let last = head.fieldLines.indices.last {
            head.fieldLines[last].line = head.fieldLines[last].line.lowerBound..<end
        } else {
            head.startLine.line = head.startLine.line.lowerBound..<end
        }
    }

    mutating func interruptFieldLines(_ cause: Interruption) -> MessageEvent? {
        let cutLine = min(lineStart, head.bytes.count)..<head.bytes.count
        if lineLength > 0, !omitsLine(), !cutLine.isEmpty { readCutLine() }
        lineLength = 0
        let isSimpleRequest =
            head.startLine.protocolVersion == .missing && head.fieldLines.isEmpty
            && (cause.blamesSender || head.startLine.ending != .none)
        if cause.blamesSender, !isSimpleRequest {
            note(.unterminatedHeaderSection, offset..<offset)
        }
        queued = isSimpleRequest ? .endComplete : .endIncomplete
        let event = finishHead(isWhole: cause.blamesSender)
        if !cause.blamesSender { doubtCutValue(cutLine) }
        return event
    }

    /// Reads what has come of a line; a carriage return at its end may be half of its line end.
    private mutating func readCutLine() {
        let hasReturn = head.bytes.last == .carriageReturn
        if hasReturn { head.bytes.removeLast() }
        let end = head.bytes.count
        if lineStart < head.bytes.count {
            readFieldLine(lineStart..<head.bytes.count)
            head.findings.removeAll { $0.code == .missingColon && $0.bytes == lineStart..<end }
            if hasReturn { keepCarriageReturn() }
        } else if hasReturn {
            head.bytes.append(.carriageReturn)
        }
    }

    private mutating func interruptContent(_ cause: Interruption, left: Int) -> MessageEvent? {
        switch cause {
        case .peerAnswered, .idle: return nil
        case .gap(let length) where length <= left:
            state = .content(left - length)
            offset += length
            hasGap = true
            return nil
        case .gap, .endOfStream, .reset, .captureEnded: return cutShort(cause)
        }
    }

    private mutating func interruptUntilClose(_ cause: Interruption) -> MessageEvent? {
        switch cause {
        case .peerAnswered, .idle: return nil
        case .gap(let length):
            offset += length
            hasGap = true
            return nil
        case .endOfStream: return end(complete: true)
        case .reset, .captureEnded: return cutShort(cause)
        }
    }

    private mutating func interruptChunk(_ cause: Interruption, left: Int) -> MessageEvent? {
        switch cause {
        case .peerAnswered, .idle: return nil
        case .gap(let length) where length <= left:
            state = .chunkData(left - length)
            offset += length
            hasGap = true
            return nil
        case .gap, .endOfStream, .reset, .captureEnded:
            chunkLine.removeAll(keepingCapacity: true)
            return cutShort(cause)
        }
    }

    private mutating func interruptWithheld(
        _ cause: Interruption,
        length: Int?
    ) -> MessageEvent? {
        guard cause.endsWaiting else { return nil }
        if cause.blamesSender, heldBytes.isEmpty {
            note(.contentWithheld, offset..<offset)
            return end(complete: false)
        }
        if let event = resumeContent(length) { return event }
        return length == nil
            ? interruptChunk(cause, left: 0) : interruptContent(cause, left: length ?? 0)
    }

    private mutating func interruptContentOrAnswer(_ cause: Interruption) -> MessageEvent? {
        guard cause.endsWaiting else { return nil }
        // In answer to HEAD there would be none.
        if answering == .unknown, heldBytes.isEmpty, cause.blamesSender {
            return endWithoutContent()
        }
        if let event = resumeDoubtedContent() { return event }
        return interrupt(cause)
    }

    private mutating func cutShort(_ cause: Interruption) -> MessageEvent {
        if cause.blamesSender { note(.truncatedContent, offset..<offset) }
        return end(complete: false)
    }
}

extension FindingCode {
    /// Whether it may be found because the end of a start line is missing.
    fileprivate var isAboutStartLineEnd: Bool {
        switch self {
        case .missingVersion, .invalidVersion, .unsupportedVersion, .invalidStatus, .invalidTarget:
            true
        default: false
        }
    }
}

extension Interruption {
    /// Whether nothing more can come that would make sense of a line not yet whole.
    var endsWaiting: Bool {
        switch self {
        case .peerAnswered, .idle: false
        case .endOfStream, .reset, .gap, .captureEnded: true
        }
    }

    /// Whether what is missing is the sender's doing, not the capture's.
    fileprivate var blamesSender: Bool {
        switch self {
        case .peerAnswered, .endOfStream, .reset, .idle: true
        case .gap, .captureEnded: false
        }
    }
}
