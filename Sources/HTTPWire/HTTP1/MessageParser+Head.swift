import Bytes
import Findings

extension MessageParser {
    // MARK: Between messages

    /// Passes over blank lines and announces the message, or the bytes, that follow them.
    mutating func beginMessage(_ bytes: Span<UInt8>, _ position: inout Int) -> MessageEvent? {
        guard position < bytes.count else { return nil }
        if message.progress.hasEnded { startOver() }
        let start = position
        let limit = start + max(limits.unclaimedLine, 1) - message.head.bytes.count
        while position < min(bytes.count, limit),
            bytes[position] == .lineFeed || bytes[position] == .carriageReturn
        {
            position += 1
        }
        if position > start {
            message.head.bytes.append(copying: bytes.extracting(start..<position))
        }
        message.progress.line.start = message.head.bytes.count
        if position == limit { return giveUpLine() }
        guard position < bytes.count else { return nil }
        place.lineBeginsSegment = place.segmentStart != nil
        state = .startLine
        return .begin
    }

    /// Collects a line until that shows whether a message begins there.
    mutating func collectStartLine(_ bytes: Span<UInt8>, _ position: inout Int) -> MessageEvent? {
        guard position < bytes.count else { return nil }
        switch message.progress.line.doubt {
        case .none: break
        case .otherName: return settleOtherName(bytes, &position)
        case .quotation: return settleQuotation(bytes, &position)
        }
        if isAnswerWithoutHead(bytes, position) {
            message.progress.offset = message.head.bytes.count
            state = .headComplete
            return .head
        }
        let ordinary = readOrdinaryHead(bytes, &position)
        if ordinary.isRead { return ordinary.event }
        if message.roomOfStartLine(limits) <= 0, let event = judgeLongLine() { return event }
        return message.collectStartLine(bytes, &position, limits) ? judgeStartLine() : nil
    }

    /// Whether an answer to a request without version begins here: content and nothing else.
    private func isAnswerWithoutHead(_ bytes: Span<UInt8>, _ position: Int) -> Bool {
        role == .response && message.progress.answering == .withoutVersion && position < bytes.count
            && message.head.bytes.count == message.progress.line.start && bytes[position] != 0x48
    }

    /// Decides about a line that has grown long: kept as a start line, or the older half is
    /// given up.
    private mutating func judgeLongLine() -> MessageEvent? {
        if isPlausibleLongStart {
            message.progress.line.longLine = .startLine
            return nil
        }
        message.progress.line.longLine = .foreign
        let given = message.head.bytes.count - limits.unclaimedLine / 2
        passOver(given)
        message.head.bytes.removeFirst(given)
        message.progress.line.start = 0
        place.segmentStart = nil
        return .unclaimed(given)
    }

    private var isPlausibleLongStart: Bool {
        guard !message.progress.line.isLong else { return false }
        let line = message.head.bytes.span.extracting(message.progress.line.start...)
        return StartLineSyntax.isPlausibleLongStart(line, role: role)
    }

    /// Decides about a whole line: a message begins at the start or inside, or the line is unclaimed.
    private mutating func judgeStartLine() -> MessageEvent? {
        let verdict = place.judge(
            message.head.bytes.span.extracting(message.progress.line.start...),
            message.progress.line,
            role: role,
            allowsOtherNames: isAnswerAwaited && !acceptsAnyLine
        )
        switch verdict {
        case .startLine where place.isLost: doubtLine(.quotation)
        case .otherStatusLine: doubtLine(.otherName)
        case .startLine: readStartLine()
        case .http2Preface:
            let event = giveUpLine()
            aside.queued = .switched
            return event
        case .startLineWithin(let start):
            if !place.isLost { keepWordInFront(start) }
            return beginWithin(start, as: place.isLost ? .quotedLine : .carriedLine)
        case .quotedLineWithin(let start): return beginWithin(start, as: .quotedLine)
        case .other where acceptsAnyLine && place.isAligned: readStartLine()
        case .other: return giveUpLine()
        }
        return nil
    }

    /// Waits with the line at hand for those behind it.
    mutating func doubtLine(_ doubt: LineCollector.Doubt) {
        message.progress.line.doubt = doubt
        aside.held = []
    }

    /// Keeps so many bytes of the line at hand, which stand in front of a request line, if they could
    /// be the beginning of a method.
    private mutating func keepWordInFront(_ length: Int) {
        guard role == .request, !message.progress.line.isLong else { return }
        let start = message.progress.line.start
        place.keepWordInFront(message.head.bytes[start..<start + length])
    }

    /// Gives up the beginning of the line at hand: the rest is a start line, or may be one.
    private mutating func beginWithin(_ start: Int, as event: QueuedEvents) -> MessageEvent {
        let given = message.progress.line.start + start
        passOver(given)
        aside.carriedLine = Array(message.head.bytes[given...])
        aside.queued = event
        return .unclaimed(given)
    }

    /// Keeps the first bytes at hand for a while, as they are given up.
    private mutating func passOver(_ count: Int) {
        // As much as may be read again, and of responses as much as is shown.
        place.passedOver.append(
            message.head.bytes[..<count],
            limit: role == .request ? 2 * limits.unclaimedLine : 64,
            isHoled: message.progress.line.omittedLength > 0
        )
    }

    /// Hands back everything that was collected, which belongs to no message.
    mutating func giveUpLine() -> MessageEvent {
        let given = message.head.bytes.count + message.progress.line.omittedLength
        passOver(message.head.bytes.count)
        startOver()
        state = .idle
        place.endForeign()
        return .unclaimed(given)
    }

    /// Takes the collected line as the start line, and goes on with the header section.
    mutating func readStartLine() {
        message.readStartLine(of: role, at: &place)
        state = .fieldLines
    }

    // MARK: Lines that only the next ones explain

    // Servers of the HTTP family, radio servers first, answer with the status line of another
    // protocol: `ICY 200 OK`. Where an answer is due, a name and three digits are one if a field line
    // follows.

    /// Looks for the name of a field line behind a line that may be a status line.
    private mutating func settleOtherName(
        _ bytes: Span<UInt8>,
        _ position: inout Int
    ) -> MessageEvent? {
        guard aside.holdToken(bytes, &position) else { return nil }
        if aside.isFieldName(before: bytes[position], orBlankLine: namesVersion) {
            acceptOtherName()
            return nil
        }
        let event = giveUpLine()
        if !aside.held.isEmpty { aside.queued = .heldStart }
        return event
    }

    private var namesVersion: Bool {
        StartLineSyntax.namesVersion(
            message.head.bytes.span.extracting(message.progress.line.start...)
        )
    }

    private mutating func acceptOtherName() {
        message.progress.line.doubt = .none
        let name = aside.takeHeld()
        readStartLine()
        message.keepFieldLine(name.span, limits)
    }

    /// Whether the place tells already that the line at hand is a start line, as far as the next line
    /// does not speak against that.
    private var isNextLineEnough: Bool {
        let line = message.head.bytes.span.extracting(message.progress.line.start...)
        return place.lineBeginsSegment && StartLineSyntax.isWholeStartLine(line, role: role)
    }

    /// Looks at the lines behind a supposed start line, until these tell.
    private mutating func settleQuotation(
        _ bytes: Span<UInt8>,
        _ position: inout Int
    ) -> MessageEvent? {
        let isEnough = isNextLineEnough
        switch aside.holdLines(bytes, &position, limits, isNextLineEnough: isEnough) {
        case .undecided: return nil
        case .startLine: return acceptQuotation()
        case .quotation:
            let event = giveUpLine()
            aside.queued = .heldStart
            return event
        }
    }

    private mutating func acceptQuotation() -> MessageEvent? {
        message.progress.line.doubt = .none
        readStartLine()
        return readHeldAgain()
    }

    /// Gives up the line at hand and the bytes held behind.
    private mutating func giveUpDoubted() -> MessageEvent {
        message.head.bytes += aside.takeHeld()
        return giveUpLine()
    }

    // MARK: The header section

    // Nearly all lines of nearly all heads are written as RFC 9112 asks and lie whole in one segment.
    // These are read where they lie, in one pass, and kept with one copy. The first line that is in any
    // way odd is left to the code that looks at one line at a time and knows what to say about it: the
    // outcome is the same as if it had read all of them.

    /// Reads the start line, and the field lines behind it, as far as they are ordinary.
    ///
    /// - Returns: whether the start line was; if not, nothing is consumed. The event is
    ///   ``MessageEvent/head`` where the head is whole.
    private mutating func readOrdinaryHead(
        _ bytes: Span<UInt8>,
        _ position: inout Int
    ) -> (isRead: Bool, event: MessageEvent?) {
        guard message.head.bytes.isEmpty, !place.isAfterClose, !place.isBehindGap, !place.isLost,
            !message.progress.line.isLong, isWithinLimits(bytes, position)
        else { return (false, nil) }
        let line: OrdinaryStartLine?
        switch role {
        case .request: line = OrdinaryStartLine(requestLineOf: bytes, at: position)
        case .response: line = OrdinaryStartLine(statusLineOf: bytes, at: position)
        }
        guard let line, line.end - position <= limits.unclaimedLine else { return (false, nil) }
        message.head.isPlain = true
        message.head.startLine = line.startLine(movedBy: -position, role: role)
        if !place.passedOver.isEmpty { place.passedOver.forget() }
        message.progress.line.beginNext()
        state = .fieldLines
        let isWhole = message.readOrdinaryLines(bytes, &position, from: line.end)
        return (true, isWhole ? finishHead() : nil)
    }

    /// Whether no line of these bytes can be too much to be kept.
    private func isWithinLimits(_ bytes: Span<UInt8>, _ position: Int) -> Bool {
        message.head.bytes.count + bytes.count - position <= limits.headerSection
    }

    /// Collects the lines of the header section until one is whole.
    mutating func collectFieldLine(_ bytes: Span<UInt8>, _ position: inout Int) -> MessageEvent? {
        if message.progress.line.length == 0, isWithinLimits(bytes, position),
            message.readOrdinaryLines(bytes, &position, from: position)
        {
            return finishHead()
        }
        guard position < bytes.count else { return nil }
        guard let end = bytes.firstIndex(of: .lineFeed, from: position) else {
            message.keepFieldLine(bytes.extracting(position..<bytes.count), limits)
            position = bytes.count
            return nil
        }
        message.keepFieldLine(bytes.extracting(position..<end + 1), limits)
        position = end + 1
        return readHeaderLine()
    }

    /// Reads the collected line: the blank line, a field line, its continuation, or the start line
    /// of another message.
    private mutating func readHeaderLine() -> MessageEvent? {
        let line = message.progress.line.start..<message.head.bytes.count
        defer {
            message.progress.line.beginNext()
            message.progress.line.start = message.head.bytes.count
        }
        if message.progress.line.isBlank {
            if !line.isEmpty { _ = message.readLineEnding(of: line) }
            message.head.isTerminated = true
            return finishHead()
        }
        if role.beginsInside(message.head.bytes.span.extracting(line)) { return endBefore(line) }
        if !message.omitsLine(limits) { message.readFieldLine(line) }
        return nil
    }

    private mutating func endBefore(_ line: Range<Int>) -> MessageEvent {
        carryOver(Array(message.head.bytes[line]))
        message.head.bytes.removeSubrange(line)
        message.note(.unterminatedHeaderSection)
        return finishHead()
    }

    /// Has the message end before a line that was collected for it and begins the next.
    mutating func carryOver(_ line: [UInt8]) {
        aside.carriedLine = line
        message.progress.offset -= line.count
        aside.queued = .endThenCarriedLine
    }

    /// Gets ready to say that the head is complete; `isWhole` where all that was sent was
    /// captured.
    private mutating func finishHead(isWhole: Bool = true) -> MessageEvent {
        message.finishHead(of: role, isWhole: isWhole)
        state = .headComplete
        return .head
    }

    // MARK: Interruptions

    mutating func giveUpBlankLines() -> MessageEvent? {
        guard !message.progress.hasEnded, !message.head.bytes.isEmpty else { return nil }
        return giveUpLine()
    }

    mutating func interruptStartLine(_ cause: Interruption) -> MessageEvent? {
        switch message.progress.line.doubt {
        case .none: break
        case .otherName: return interruptOtherName(cause)
        case .quotation: return interruptQuotation(cause)
        }
        guard place.isAligned && isPlausibleStart || isStartWithoutLineEnd else {
            return cause.endsWaiting ? giveUpLine() : nil
        }
        readUnendedLines()
        if !cause.blamesSender, message.head.fieldLines.isEmpty { message.doubtCutParts() }
        return interruptFieldLines(cause)
    }

    /// Whether the line is a start line but for the line end.
    private var isStartWithoutLineEnd: Bool {
        guard !message.progress.line.isLong else { return false }
        if acceptsAnyLine, place.isAligned { return true }
        let line = message.head.bytes.span.extracting(message.progress.line.start...)
        return StartLineSyntax.isStartLine(line, role: role, isDue: place.isAligned)
    }

    /// Reads a line that never saw a line feed as a start line.
    mutating func readUnendedLines() {
        aside.leftover += message.readUnendedLines(of: role, at: &place, limits)
        state = .fieldLines
    }

    /// Decides by the bytes held, as no more will come.
    private mutating func interruptOtherName(_ cause: Interruption) -> MessageEvent? {
        guard cause.endsWaiting else { return nil }
        guard namesVersion else { return giveUpDoubted() }
        acceptOtherName()
        return interruptFieldLines(cause)
    }

    private mutating func interruptQuotation(_ cause: Interruption) -> MessageEvent? {
        guard cause.endsWaiting || cause == .peerAnswered else { return nil }
        switch HeadEvidence(last: aside.held.span, isNextLineEnough: isNextLineEnough) {
        case .quotation, .undecided: return giveUpDoubted()
        case .startLine: return acceptQuotation() ?? interrupt(cause)
        }
    }

    mutating func interruptFieldLines(_ cause: Interruption) -> MessageEvent? {
        let end = message.head.bytes.count
        let cutLine = min(message.progress.line.start, end)..<end
        if message.progress.line.length > 0, !message.omitsLine(limits), !cutLine.isEmpty {
            message.readCutLine()
        }
        message.progress.line.beginNext()
        let startLine = message.head.startLine
        let isSimpleRequest =
            startLine.protocolVersion == .missing && message.head.fieldLines.isEmpty
            && (cause.blamesSender || startLine.ending != .none)
        if cause.blamesSender, !isSimpleRequest { message.note(.unterminatedHeaderSection) }
        aside.queued = isSimpleRequest ? .endComplete : .endIncomplete
        let event = finishHead(isWhole: cause.blamesSender)
        if !cause.blamesSender { message.doubtCutValue(cutLine) }
        return event
    }
}
