import Bytes
import Findings

extension MessageParser {
    /// Whether the line being collected may be a start line, as far as it has come.
    var isPlausibleStart: Bool {
        switch longLine {
        case .none:
            StartLineSyntax.isPlausibleStart(
                head.bytes.span.extracting(lineStart...),
                role: role
            )
        case .startLine: true
        case .foreign: false
        }
    }

    /// Whether what has come of the line is a start line but for its line end.
    var isStartWithoutLineEnd: Bool {
        guard case .none = longLine else { return false }
        if acceptsAnyLine, isAligned { return true }
        let line = head.bytes.span.extracting(lineStart...)
        return StartLineSyntax.isStartLine(line, role: role, isDue: isAligned)
    }

    /// Takes the place in the stream as one where no message is due: what begins there is one only
    /// if it can be nothing else.
    package mutating func expectNoMessage(isPlaceLost: Bool = false) {
        isAligned = false
        self.isPlaceLost = self.isPlaceLost || isPlaceLost
    }

    /// Passes over blank lines and announces the message, or the bytes, that follow them.
    mutating func beginMessage(_ bytes: Span<UInt8>, _ position: inout Int) -> MessageEvent? {
        guard position < bytes.count else { return nil }
        if hasEnded { startOver() }
        let start = position
        let limit = start + max(limits.unclaimedLine, 1) - head.bytes.count
        while position < min(bytes.count, limit),
            bytes[position] == .lineFeed || bytes[position] == .carriageReturn
        {
            position += 1
        }
        if position > start { head.bytes.append(copying: bytes.extracting(start..<position)) }
        lineStart = head.bytes.count
        if position == limit { return giveUpLine() }
        guard position < bytes.count else { return nil }
        beginsSegment = segmentStart != nil
        state = .startLine
        return .begin
    }

    /// Collects a line until it shows whether a message begins with it.
    mutating func collectStartLine(_ bytes: Span<UInt8>, _ position: inout Int) -> MessageEvent? {
        guard position < bytes.count else { return nil }
        if isInDoubt { return settleDoubt(bytes, &position) }
        if isAnswerWithoutHead(bytes, position) {
            offset = head.bytes.count
            state = .headComplete
            return .head
        }
        let ordinary = readOrdinaryHead(bytes, &position)
        if ordinary.isRead { return ordinary.event }
        if lineRoom <= 0, let event = judgeLongLine() { return event }
        let end = position + min(bytes.count - position, lineRoom)
        let lineFeed = bytes.extracting(0..<end).firstIndex(of: .lineFeed, from: position)
        let taken = position..<(lineFeed.map { $0 + 1 } ?? end)
        head.bytes.append(copying: bytes.extracting(taken))
        position = taken.upperBound
        if case .startLine = longLine {
            // What is decided about a whole line must not depend on the pieces in which it came.
            shortenStartLine(sparing: lineFeed == nil ? startLineLimit : 0)
        }
        return lineFeed == nil ? nil : judgeStartLine()
    }

    /// How many more bytes of the line can be taken before something has to be decided about it.
    private var lineRoom: Int {
        if case .startLine = longLine { return Int.max }
        return max(limits.unclaimedLine, 1) - (head.bytes.count - lineStart)
    }

    /// Decides about a line that has grown long: it is kept as a start line, or its older half is
    /// given up.
    private mutating func judgeLongLine() -> MessageEvent? {
        if isPlausibleLongStart {
            longLine = .startLine
            return nil
        }
        longLine = .foreign
        let given = head.bytes.count - limits.unclaimedLine / 2
        passOver(head.bytes[..<given])
        head.bytes.removeFirst(given)
        lineStart = 0
        segmentStart = nil
        return .unclaimed(given)
    }

    private var isPlausibleLongStart: Bool {
        guard case .none = longLine else { return false }
        let line = head.bytes.span.extracting(lineStart...)
        return StartLineSyntax.isPlausibleLongStart(line, role: role)
    }

    /// The most bytes of a start line that are kept, so that field lines have room behind it.
    private var startLineLimit: Int { limits.keptStartLine }

    /// A start line longer than the limit loses its middle: its end, which says the version, stays.
    ///
    /// Some bytes more are spared, so that not each byte of a line moves others.
    mutating func shortenStartLine(sparing spare: Int = 0) {
        let excess = head.bytes.count - lineStart - startLineLimit
        guard excess > spare else { return }
        let middle = lineStart + startLineLimit / 2
        head.bytes.removeSubrange(middle..<middle + excess)
        omitted += excess
    }

    /// Whether an answer to a request without version begins here: content and nothing else.
    private func isAnswerWithoutHead(_ bytes: Span<UInt8>, _ position: Int) -> Bool {
        role == .response && answering == .withoutVersion && position < bytes.count
            && head.bytes.count == lineStart && bytes[position] != 0x48
    }

    /// Decides about a whole line: a message begins at its start or inside it, or it is unclaimed.
    private mutating func judgeStartLine() -> MessageEvent? {
        switch lineKind {
        case .startLine where isPlaceLost:
            mayBeQuotation = true
            fallthrough
        case .doubtful:
            isInDoubt = true
            heldBytes = []
            return nil
        case .startLine:
            readStartLine()
            return nil
        case .http2Preface:
            let event = giveUpLine()
            queued = .switched
            return event
        case .startLineWithin(let start):
            if isPlaceLost { return beginWithin(start, as: .quotedLine) }
            noteWordInFront(start)
            return beginWithin(start, as: .carriedLine)
        case .quotedLineWithin(let start): return beginWithin(start, as: .quotedLine)
        case .other where acceptsAnyLine && isAligned:
            readStartLine()
            return nil
        case .other:
            return giveUpLine()
        }
    }

    /// Gives up the beginning of the line at hand: the rest is a start line, or may be one.
    private mutating func beginWithin(_ start: Int, as event: QueuedEvents) -> MessageEvent {
        let given = lineStart + start
        passOver(head.bytes[..<given])
        carriedLine = Array(head.bytes[given...])
        queued = event
        return .unclaimed(given)
    }

    private enum LineKind {
        case startLine
        case http2Preface
        case startLineWithin(Int)
        /// The end of the line may be one, or a quotation.
        case quotedLineWithin(Int)
        case doubtful
        case other
    }

    private var lineKind: LineKind {
        let line = head.bytes.span.extracting(lineStart...)
        if case .foreign = longLine { return embeddedLine(line) ?? .other }
        if role == .request, StartLineSyntax.isHTTP2Preface(line) { return .http2Preface }
        if isBehindGap {
            return StartLineSyntax.isWholeStartLine(line, role: role)
                ? .startLine : embeddedLine(line) ?? .other
        }
        if let start = requestBehindSurplus(line) { return .startLineWithin(start) }
        let isStartLine = StartLineSyntax.isStartLine(line, role: role, isDue: isAligned)
        if case .startLine = longLine { return isStartLine ? .startLine : .other }
        // Where the first word cannot be a method, one may stand behind it.
        if isStartLine, role == .response || StartLineSyntax.beginsWithToken(line) {
            return .startLine
        }
        if let embedded = embeddedLine(line) { return embedded }
        if let start = requestBehindText(line) { return .quotedLineWithin(start) }
        if isStartLine { return .startLine }
        return isDoubtfulStatusLine(line) ? .doubtful : .other
    }

    private func embeddedLine(_ line: Span<UInt8>) -> LineKind? {
        StartLineSyntax.embeddedStartLine(in: line, role: role).map(LineKind.startLineWithin)
    }

    /// Hands back what has come of a line between messages that cannot become a start line.
    ///
    /// - Returns: how many bytes; `nil` where there are none, or where they may be a beginning.
    package mutating func giveUpForeignLine() -> Int? {
        guard case .startLine = state, case .none = longLine, !isInDoubt,
            !(acceptsAnyLine && isAligned),
            !StartLineSyntax.mayHoldStart(head.bytes.span.extracting(lineStart...), role: role),
            case .unclaimed(let count) = giveUpLine()
        else { return nil }
        return count
    }

    /// Hands back everything that was collected: it belongs to no message.
    mutating func giveUpLine() -> MessageEvent {
        let given = head.bytes.count + omitted
        passOver(head.bytes[...])
        startOver()
        state = .idle
        isAligned = false
        segmentStart = nil
        return .unclaimed(given)
    }

    /// The first bytes since the last message that belong to none, as far as they are kept.
    package var firstForeignBytes: [UInt8] { Array(passedOver.prefix(FindingDetail.limit)) }

    /// The same, to be reported with the next event.
    mutating func discardLine() {
        leftover += head.bytes.count + omitted
        if isInDoubt {
            leftover += heldBytes.count
            heldBytes = []
        }
        startOver()
        state = .idle
    }

    /// Takes the collected line as the start line, and goes on with the header section.
    mutating func readStartLine() {
        let line = lineStart..<head.bytes.count
        isPlaceLost = false
        if !passedOver.isEmpty { forgetPassedOver() }
        if lineStart > 0, !isBehindGap {
            note(.blankLineBeforeStartLine, 0..<lineStart)
        }
        if omitted > 0 {
            note(.headerSectionTooLarge, line)
        }
        if isAfterClose { note(.messageAfterClose, line) }
        isBehindGap = false
        offset = head.bytes.count + omitted
        let ending = readLineEnding(of: line)
        switch role {
        case .request: readRequestLine(line, ending)
        case .response: readStatusLine(line, ending)
        }
        if !wordInFront.isEmpty { noteJoinedLine() }
        lineStart = head.bytes.count
        lineLength = 0
        state = .fieldLines
    }

    /// Notes how a line of the head ends, and what is odd about that.
    mutating func readLineEnding(of line: Range<Int>) -> LineEnding {
        let last = line.upperBound - 1
        guard !line.isEmpty, head.bytes[last] == .lineFeed else { return .none }
        if line.count > 1, head.bytes[last - 1] == .carriageReturn {
            fields.hasCRLF = true
            return .crlf
        }
        fields.hasBareLineFeed = true
        head.findings.note(Finding(.bareLineFeed, bytes: last..<last + 1), folding: true)
        return .lineFeed
    }

    mutating func note(_ code: FindingCode, _ bytes: Range<Int>) {
        head.findings.note(Finding(code, bytes: bytes))
    }
}
