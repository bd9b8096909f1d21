import Findings

/// Reads HTTP/1 messages of one direction of a connection, one event at a time, and never gives up.
///
/// The parser is lenient: whatever can be read is read, and oddities become findings of the message.
/// Bytes may come in any cut; the messages and their findings do not depend on the cuts, but for
/// those that ``noteSegment()`` tells of.
///
/// ```swift
/// var position = 0
/// while let event = parser.next(in: bytes, at: &position) { … }
/// // All of `bytes` is consumed; the parser has kept all that is needed.
/// ```
package struct MessageParser: Sendable {
    /// Which messages are read.
    package let role: MessageRole

    let limits: ParserLimits

    /// Whether any line is taken as a start line where a message may begin: at the stream's
    /// beginning, and behind a message that was complete.
    package var acceptsAnyLine = false

    /// Whether the owner sees both sides of the connection, and sets ``isAnswerDue``.
    package var watchesBothSides = false

    /// Whether the other side waits for one more response than the one at hand, as far as proved by the bytes
    /// that are given next; to be set with them where ``isContentInDoubt``.
    package var isAnswerDue = false

    /// Whether the other side waits for an answer, so that a line which may be the status line of
    /// another protocol is looked at more closely.
    package var isAnswerAwaited = true

    var state: ParserState = .idle

    /// The message that is being read; stays until the parser is given the next byte.
    package internal(set) var message = MessageInProgress()

    /// The history: earlier messages, and the place in the stream.
    var place = StreamPlace()

    /// The line of the chunked transfer coding that is being collected.
    var chunkLine = ChunkLine()

    /// Bytes that were collected and lie outside of the message.
    var aside = BytesAside()

    /// Creates a parser for the requests, or the responses, of one connection.
    package init(role: MessageRole, limits: ParserLimits = ParserLimits()) {
        self.role = role
        self.limits = limits
    }

    /// Reads on in `bytes` from `position`.
    ///
    /// - Parameters:
    ///   - bytes: the stream's next bytes, in order; the same span until `nil`.
    ///   - position: the index in `bytes` to go on at; moved past the bytes consumed.
    /// - Returns: the next event, or `nil` when all of the bytes are consumed.
    package mutating func next(in bytes: Span<UInt8>, at position: inout Int) -> MessageEvent? {
        if !aside.replay.isEmpty, let event = nextReplayed() { return event }
        return read(bytes, &position)
    }

    /// The next event that follows from `cause`, or `nil` when there is none left; to be called
    /// until the answer is `nil`; a gap acts once.
    package mutating func interrupt(_ cause: Interruption) -> MessageEvent? {
        if let event = pendingEvent() { return event }
        if case .gap(let length) = cause, length <= 0 { return nil }
        if case .gap = cause { place.passGap() }
        let event = end(by: cause)
        if event == nil, case .gap = cause { losePlace() }
        return event
    }

    /// Reads on, but for bytes that are to be read again.
    private mutating func read(_ bytes: Span<UInt8>, _ position: inout Int) -> MessageEvent? {
        while true {
            if isQueued, let event = queuedEvent() { return event }
            let event: MessageEvent?
            switch state {
            case .idle: event = beginMessage(bytes, &position)
            case .startLine: event = collectStartLine(bytes, &position)
            case .fieldLines: event = collectFieldLine(bytes, &position)
            case .headComplete: event = enterContent()
            case .content, .untilClose, .chunkData: event = passContent(bytes, &position)
            case .withheld: event = collectWithheld(bytes, &position)
            case .contentOrAnswer: event = collectAnswer(bytes, &position)
            case .chunkSize: event = collectChunkSize(bytes, &position)
            case .chunkEnd: event = collectChunkEnd(bytes, &position)
            case .trailers: event = collectTrailerLine(bytes, &position)
            case .ending(let complete): event = end(complete: complete)
            case .switched:
                event = position < bytes.count ? .unclaimed(bytes.count - position) : nil
                position = bytes.count
            }
            if let event { return event }
            if position == bytes.count, !isDue { return nil }
        }
    }

    /// Whether there is an event to report that needs no further byte.
    private var isDue: Bool {
        state.isDue || isQueued
    }

    /// Whether an event waits that an earlier one has caused.
    private var isQueued: Bool { aside.queued != .none || aside.leftover > 0 }

    /// The event that was due before an interruption.
    private mutating func pendingEvent() -> MessageEvent? {
        var position = 0
        return next(in: Span(), at: &position)
    }

    /// Ends the message at hand: a head at once, content too or, in a gap, that is counted on;
    /// between messages there is nothing to end.
    private mutating func end(by cause: Interruption) -> MessageEvent? {
        switch state {
        case .idle: return cause.endsWaiting ? giveUpBlankLines() : nil
        case .startLine: return interruptStartLine(cause)
        case .fieldLines: return interruptFieldLines(cause)
        case .content, .untilClose, .chunkSize, .chunkData, .chunkEnd, .trailers:
            return interruptContent(cause)
        case .withheld(let length): return interruptWithheld(cause, length: length)
        case .contentOrAnswer: return interruptContentOrAnswer(cause)
        case .headComplete, .ending, .switched: return nil
        }
    }

    /// Takes note that bytes are missing here: but in content, nobody knows to which message the
    /// next ones belong.
    private mutating func losePlace() {
        place.isAligned = false
        switch state {
        case .content, .untilClose, .chunkData: break
        case .idle, .startLine, .fieldLines, .headComplete, .withheld, .contentOrAnswer, .chunkSize,
            .chunkEnd, .trailers, .ending, .switched:
            place.lose()
        }
    }

    /// Ends the message; nothing that a gap has holed is complete.
    mutating func end(complete: Bool) -> MessageEvent {
        state = .idle
        message.progress.hasEnded = true
        place.endMessage(isComplete: complete, hasGap: message.progress.hasGap)
        return .end(complete: complete && !message.progress.hasGap)
    }

    /// Forgets the message before.
    mutating func startOver() {
        place.isAfterClose = place.isAfterClose || message.progress.announcesClose
        message.startOver()
    }

    // MARK: What was set aside

    /// The next event that needs no further byte, caused by an earlier one.
    private mutating func queuedEvent() -> MessageEvent? {
        let event = aside.queued
        if event == .none { return aside.leftover > 0 ? reportLeftover() : nil }
        aside.queued = .none
        switch event {
        case .none: return nil
        case .endThenCarriedLine:
            aside.queued = .carriedLine
            return .end(complete: false)
        case .carriedLine:
            beginWithCarriedLine()
            readStartLine()
            return .begin
        case .quotedLine:
            beginWithCarriedLine()
            doubtLine(.quotation)
            state = .startLine
            return .begin
        case .endThenHeldStart:
            aside.queued = .heldStart
            return .end(complete: false)
        case .heldStart:
            startOver()
            aside.replayHeld()
            state = .startLine
            return .begin
        case .switched:
            state = .switched
            return .switched
        case .endIncomplete: return end(complete: false)
        case .endComplete: return end(complete: true)
        }
    }

    private mutating func beginWithCarriedLine() {
        startOver()
        message.begin(with: aside.takeCarriedLine())
        place.lineBeginsSegment = false
    }

    private mutating func reportLeftover() -> MessageEvent {
        defer { aside.leftover = 0 }
        return .unclaimed(aside.leftover)
    }

    /// Reads on in bytes that are to be read again; `nil` once there are none.
    private mutating func nextReplayed() -> MessageEvent? {
        let bytes = aside.replay
        aside.replay = []
        var position = 0
        let event = read(bytes.span, &position)
        // What was put back meanwhile lies before the rest.
        aside.replay += bytes[position...]
        guard case .content(let range) = event else { return event }
        aside.held = Array(bytes[range])
        return .heldContent
    }

    /// Reads bytes again that were held, now that their meaning is known.
    mutating func readHeldAgain() -> MessageEvent? {
        aside.replayHeld()
        return nextReplayed()
    }
}
