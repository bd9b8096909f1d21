import Bytes
import Findings

extension MessageParser {
    /// Whether the line being collected may be a start line, as far as it has come.
    var isPlausibleStart: Bool {
        let line = head.bytes.span.extracting(lineStart..<head.bytes.count)
        return StartLineSyntax.isPlausibleStart(line, role: role)
    }

    /// Passes over blank lines and announces the message, or the bytes, that follow them.
    mutating func beginMessage(_ bytes: Span<UInt8>, _ position: inout Int) -> MessageEvent? {
        guard position < bytes.count else { return nil }
        if hasEnded {
            startOver()
            hasEnded = false
        }
        let start = position
        while position < bytes.count,
            bytes[position] == .lineFeed || bytes[position] == .carriageReturn
        {
            position += 1
        }
        head.bytes.append(copying: bytes.extracting(start..<position))
        lineStart = head.bytes.count
        guard position < bytes.count else {
            return lineStart > limits.unclaimedLine ? giveUpLine() : nil
        }
        state = .startLine
        return .begin
    }

    /// Collects a line until it shows whether a message begins with it.
    mutating func collectStartLine(_ bytes: Span<UInt8>, _ position: inout Int) -> MessageEvent? {
        if isAnswerWithoutHead(bytes, position) {
            offset = head.bytes.count
            state = .headComplete
            return .head
        }
        guard let end = bytes.firstIndex(of: .lineFeed, from: position) else {
            let rest = position..<bytes.count
            position = bytes.count
            return keepStart(of: bytes.extracting(rest))
        }
        let dropped = keepStart(of: bytes.extracting(position..<end + 1))
        position = end + 1
        if let event = judgeStartLine() {
            guard case .unclaimed(let before)? = dropped, case .unclaimed(let line) = event else {
                return event
            }
            return .unclaimed(before + line)
        }
        return dropped
    }

    /// Keeps what has come of a line; where it grows long without looking like a start line, its
    /// older half is given up.
    private mutating func keepStart(of bytes: Span<UInt8>) -> MessageEvent? {
        head.bytes.append(copying: bytes)
        let excess = head.bytes.count - limits.unclaimedLine
        guard excess > 0, !isPlausibleStart else { return keepWithinLimit() }
        let given = max(excess, limits.unclaimedLine / 2)
        head.bytes.removeFirst(given)
        lineStart = 0
        return .unclaimed(given)
    }

    /// A start line longer than the limit loses its middle: its end, which says the version, stays.
    private mutating func keepWithinLimit() -> MessageEvent? {
        let excess = head.bytes.count - lineStart - limits.headerSection
        guard excess > 0 else { return nil }
        let middle = lineStart + limits.headerSection / 2
        head.bytes.removeSubrange(middle..<middle + excess)
        omitted += excess
        return nil
    }

    /// Whether an answer to a request without version begins here: content and nothing else.
    private func isAnswerWithoutHead(_ bytes: Span<UInt8>, _ position: Int) -> Bool {
        role == .response && answering == .withoutVersion && position < bytes.count
            && head.bytes.count == lineStart && bytes[position] != 0x48
    }

    /// Decides about a whole line: a message begins at its start or inside it, or it is unclaimed.
    private mutating func judgeStartLine() -> MessageEvent? {
        switch lineKind {
        case .startLine:
            readStartLine()
            return nil
        case .http2Preface:
            let event = giveUpLine()
            queued = .switched
            return event
        case .startLineWithin(let start):
            let given = lineStart + start
            carriedLine = Array(head.bytes[given...])
            queued = .carriedLine
            return .unclaimed(given)
        case .other:
            if rejectedLine.isEmpty { rejectedLine = Array(head.bytes[lineStart...]) }
            return giveUpLine()
        }
    }

    /// Takes a line that was passed over as a start line after all: the other side has answered it.
    ///
    /// What has come of the next line, where it is the only one, is taken likewise.
    /// - Returns: how many bytes that were reported as unclaimed belong to the message; `nil` where
    ///   there is no such line.
    package mutating func reclaimLine() -> Int? {
        switch state {
        case .idle where !rejectedLine.isEmpty:
            let line = rejectedLine
            startOver()
            head.bytes = line
            readStartLine()
            return line.count
        case .startLine where rejectedLine.isEmpty:
            readStartLine()
            return 0
        case .idle, .startLine, .fieldLines, .headComplete, .content, .untilClose, .chunkSize,
            .chunkData, .chunkEnd, .trailers, .ending, .switched:
            return nil
        }
    }

    private enum LineKind {
        case startLine
        case http2Preface
        case startLineWithin(Int)
        case other
    }

    private var lineKind: LineKind {
        let line = head.bytes.span.extracting(lineStart..<head.bytes.count)
        if role == .request, StartLineSyntax.isHTTP2Preface(line) { return .http2Preface }
        if StartLineSyntax.isStartLine(line, role: role) { return .startLine }
        let start = StartLineSyntax.embeddedStartLine(in: line, role: role)
        return start.map(LineKind.startLineWithin) ?? .other
    }

    /// Hands back everything that was collected: it belongs to no message.
    mutating func giveUpLine() -> MessageEvent {
        let given = head.bytes.count
        startOver()
        state = .idle
        return .unclaimed(given)
    }

    /// Takes the collected line as the start line, and goes on with the header section.
    mutating func readStartLine() {
        let line = lineStart..<head.bytes.count
        rejectedLine.removeAll(keepingCapacity: true)
        if lineStart > 0 {
            note(.blankLineBeforeStartLine, 0..<lineStart)
        }
        if omitted > 0 {
            note(.headerSectionTooLarge, line)
        }
        offset = head.bytes.count + omitted
        let ending = readLineEnding(of: line)
        switch role {
        case .request: readRequestLine(line, ending)
        case .response: readStatusLine(line, ending)
        }
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
