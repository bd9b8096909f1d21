// Events that one byte has caused beyond the first: they are reported before the next one is read.
extension MessageParser {
    enum QueuedEvents: Sendable {
        case none
        /// The message ends; a new one begins with ``carriedLine``.
        case endThenCarriedLine
        case carriedLine
        /// ``carriedLine`` begins a message if what follows shows that it is no quotation.
        case quotedLine
        /// The message ends without its content; the next begins with ``heldBytes``.
        case endThenHeldStart
        case heldStart
        /// The connection speaks HTTP/2.
        case switched
        /// The head was reported by an interruption; the end has still to be.
        case endIncomplete
        case endComplete
    }

    /// The next event that needs no further byte, as an earlier one has caused it.
    mutating func queuedEvent() -> MessageEvent? {
        switch queued {
        case .none: return leftover > 0 ? reportLeftover() : nil
        case .endThenCarriedLine:
            queued = .carriedLine
            return .end(complete: false)
        case .carriedLine:
            takeCarriedLine()
            readStartLine()
            return .begin
        case .quotedLine:
            takeCarriedLine()
            (isInDoubt, mayBeQuotation, heldBytes) = (true, true, [])
            state = .startLine
            return .begin
        case .endThenHeldStart:
            queued = .heldStart
            return .end(complete: false)
        case .heldStart:
            queued = .none
            return beginWithHeldBytes()
        case .switched:
            queued = .none
            state = .switched
            return .switched
        case .endIncomplete, .endComplete:
            let complete = queued == .endComplete
            queued = .none
            return end(complete: complete)
        }
    }

    private mutating func takeCarriedLine() {
        queued = .none
        startOver()
        head.bytes = carriedLine
        lineStart = 0
        beginsSegment = false
        offset = carriedLine.count
        carriedLine = []
    }

    private mutating func reportLeftover() -> MessageEvent {
        let count = leftover
        leftover = 0
        return .unclaimed(count)
    }
}
