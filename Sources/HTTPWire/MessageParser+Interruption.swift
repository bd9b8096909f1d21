import Bytes
import Findings

// What each cause does in each state: a head is ended where it stands, content is ended or, in a
// gap, counted on; between messages there is nothing to end.
extension MessageParser {
    /// The next event that follows from `cause`, or `nil` when there is none left; to be called
    /// until it answers `nil`, with a gap only the first time.
    package mutating func interrupt(_ cause: Interruption) -> MessageEvent? {
        if let event = pendingEvent() { return event }
        switch state {
        case .idle: return cause.endsWaiting ? giveUpBlankLines() : nil
        case .startLine: return interruptStartLine(cause)
        case .fieldLines: return interruptFieldLines(cause)
        case .content(let left): return interruptContent(cause, left: left)
        case .untilClose: return interruptUntilClose(cause)
        case .chunkData(let left): return interruptChunk(cause, left: left)
        case .chunkSize, .chunkEnd, .trailers: return interruptChunk(cause, left: 0)
        case .headComplete, .ending, .switched: return nil
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
        guard isPlausibleStart else { return cause.endsWaiting ? giveUpLine() : nil }
        guard cause.endsHead else { return nil }
        splitAtCarriageReturns()
        return interruptFieldLines(cause)
    }

    /// Reads a line that never saw a line feed: carriage returns alone may have been meant as line
    /// ends.
    private mutating func splitAtCarriageReturns() {
        let line = Array(head.bytes[lineStart...])
        head.bytes.removeSubrange(lineStart...)
        let isSplit = line.contains(.carriageReturn)
        for piece in line.split(separator: .carriageReturn, omittingEmptySubsequences: false) {
            let hasEnd = piece.endIndex < line.endIndex
            lineStart = head.bytes.count
            head.bytes.append(contentsOf: piece)
            if hasEnd { head.bytes.append(.carriageReturn) }
            if case .fieldLines = state {
                if piece.isEmpty { break }
                readFieldLine(lineStart..<head.bytes.count)
            } else {
                readStartLine()
            }
        }
        offset = head.bytes.count
        lineStart = head.bytes.count
        if isSplit, !head.findings.contains(where: { $0.code == .bareCarriageReturn }) {
            note(.bareCarriageReturn, head.startLine.line)
        }
    }

    private mutating func interruptFieldLines(_ cause: Interruption) -> MessageEvent? {
        guard cause.endsHead else { return nil }
        if lineLength > 0, lineStart < head.bytes.count {
            readFieldLine(lineStart..<head.bytes.count)
        }
        lineLength = 0
        let isSimpleRequest =
            head.startLine.protocolVersion == .missing && head.fieldLines.isEmpty
        if cause.blamesSender, !isSimpleRequest {
            note(.unterminatedHeaderSection, offset..<offset)
        }
        queued = isSimpleRequest ? .endComplete : .endIncomplete
        return finishHead()
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

    private mutating func cutShort(_ cause: Interruption) -> MessageEvent {
        if cause.blamesSender { note(.truncatedContent, offset..<offset) }
        return end(complete: false)
    }
}

extension Interruption {
    /// Whether nothing more can come that would make sense of a line not yet whole.
    fileprivate var endsWaiting: Bool {
        switch self {
        case .peerAnswered, .idle: false
        case .endOfStream, .reset, .gap, .captureEnded: true
        }
    }

    /// Whether it ends a header section where it stands: everything does.
    fileprivate var endsHead: Bool { true }

    /// Whether what is missing is the sender's doing, not the capture's.
    fileprivate var blamesSender: Bool {
        switch self {
        case .peerAnswered, .endOfStream, .reset, .idle: true
        case .gap, .captureEnded: false
        }
    }
}
