import Bytes
import Findings

// How far the parser has come, for who has to decide from outside what it is waiting for, and how the
// outside tells it what only the other side of the connection shows.
//
// Some of it is asked for each message by who holds the parser to change it. A getter that may change
// it too looks at it where it lies; an ordinary one would be given a copy, which is large.
extension MessageParser {
    // MARK: The message

    /// The head of the message that is being read; whole at ``MessageEvent/head``.
    ///
    /// Findings about the content are added until ``MessageEvent/end(complete:)``. Stays until the
    /// parser is given the next byte.
    package var head: MessageHead { message.head }

    /// How the current message's content is framed; decided at ``MessageEvent/head`` for a request,
    /// and for a response when the parser is asked for the event after that.
    package var framing: ContentFraming { message.progress.framing }

    /// The request that the current response answers, as far as that decides the framing.
    ///
    /// To be set when ``MessageEvent/head`` is taken and before `next` is called again; for an answer
    /// without head (HTTP/0.9), when ``MessageEvent/begin`` is taken. Returns to `ordinary` with each
    /// message. Of no effect on requests.
    package var answering: AnsweredRequest {
        get { message.progress.answering }
        set { message.progress.answering = newValue }
    }

    /// Bytes of the current message that are consumed, those in gaps included.
    ///
    /// The next byte has this offset. Stays until the parser is given the first byte after the
    /// message.
    package var offset: Int { message.progress.offset }

    /// Whether the current message says that the content is coded, beyond chunks; known at
    /// ``MessageEvent/head``.
    package var isContentCoded: Bool { message.progress.fields.isContentCoded }

    /// The ``answering`` of the response to the request at hand.
    package var answeredBy: AnsweredRequest {
        mutating get { message.head.answeredBy }
    }

    /// Whether the request at hand has a method that is known.
    package var hasKnownMethod: Bool {
        KnownMethod.isOne(message.head.bytes.span.extracting(message.head.startLine.method))
    }

    /// Whether the request whose head was just read may wait for 100 before going on.
    package var awaitsContinue: Bool {
        message.progress.framing != .noContent && message.head.expectsContinue
    }

    /// Whether the content of the response at hand may prove to be missing, and none has come.
    package var isContentInDoubt: Bool {
        if case .contentOrAnswer = state { true } else { false }
    }

    /// Gives away the current message's head for an empty one, of which the storage is used again; to be
    /// called once the message has ended.
    package mutating func swapHead(_ other: inout MessageHead) { swap(&message.head, &other) }

    // MARK: The state

    /// Whether a message has begun and not ended.
    package var isInsideMessage: Bool {
        switch state {
        case .idle, .switched: false
        case .startLine: isPlausibleStart
        case .fieldLines, .headComplete, .content, .untilClose, .withheld, .contentOrAnswer,
            .chunkSize, .chunkData, .chunkEnd, .trailers, .ending:
            true
        }
    }

    /// Whether the current message is still in the start line or header section.
    package var isInsideHead: Bool {
        switch state {
        case .startLine: isPlausibleStart
        case .fieldLines: true
        case .idle, .headComplete, .content, .untilClose, .withheld, .contentOrAnswer, .chunkSize,
            .chunkData, .chunkEnd, .trailers, .ending, .switched:
            false
        }
    }

    /// Whether the line being collected may be a start line, as far as read.
    var isPlausibleStart: Bool {
        switch message.progress.line.longLine {
        case .none:
            StartLineSyntax.isPlausibleStart(
                message.head.bytes.span.extracting(message.progress.line.start...),
                role: role
            )
        case .startLine: true
        case .foreign: false
        }
    }

    /// Whether a line has begun between messages and not ended.
    package var isInsideStartLine: Bool {
        if case .startLine = state { true } else { false }
    }

    /// Whether a start line and only whole lines have come so far, and the blank line that ends the
    /// header section is still awaited.
    package var isAwaitingFieldLine: Bool {
        if case .fieldLines = state { message.progress.line.length == 0 } else { false }
    }

    /// The part of a message that comes next; `nil` between messages, and where another protocol is
    /// spoken.
    package var awaited: MessagePartAwaited? {
        MessagePartAwaited(
            in: state,
            isLineBegun: message.progress.line.length > 0,
            held: aside.held.count,
            framing: message.progress.framing
        )
    }

    /// Whether everything from here on, or from the bytes on that were given last, belongs to
    /// another protocol.
    package var isSwitched: Bool {
        if case .switched = state { true } else { aside.queued == .switched }
    }

    /// How many of the next bytes are content, or a chunk's, whatever they are; 0 where the next byte
    /// is looked at.
    package var uninspectedLength: Int { state.uninspectedLength }

    /// How far a gap of `length` bytes reaches, as far as the bytes in front tell.
    package func reach(ofGap length: Int) -> GapReach {
        state.reach(ofGap: length, isAtBoundary: place.isAtBoundary)
    }

    // MARK: Bytes beside the message

    /// The bytes of ``MessageEvent/heldContent``, or those collected where content may be missing.
    package var heldBytes: [UInt8] { aside.held }

    /// Bytes that are consumed and will be read again: so far do the places of events lie before
    /// those that the caller's position gives.
    package var replayLength: Int {
        mutating get { aside.replay.count }
    }

    /// Bytes that are consumed, lie behind the current message, and are still to be reported: the
    /// start line that ended the header section, or bytes that belong to no message.
    package var carriedLength: Int { aside.carriedLine.count + aside.leftover }

    /// Whether the message that has ended was ended by the beginning of the next.
    package var isEndedByNext: Bool {
        mutating get { aside.queued == .carriedLine || aside.queued == .heldStart }
    }

    /// The memory of the current message's head, in bytes; see ``MessageHead/footprint``.
    package var headFootprint: Int {
        mutating get { message.head.footprint }
    }

    /// The memory of a message that has not ended, and of bytes that may prove to be one, in bytes.
    package var openFootprint: Int {
        mutating get {
            let kept = aside.held.count + place.passedOver.bytes.count
            return switch state {
            // Looking at the head's storage would be a miss of the cache.
            case .idle, .switched: kept
            case .startLine, .fieldLines, .headComplete, .content, .untilClose, .withheld,
                .contentOrAnswer, .chunkSize, .chunkData, .chunkEnd, .trailers, .ending:
                kept + message.head.footprint
            }
        }
    }

    // MARK: The place in the stream

    /// Whether a gap lies between the last message whose end is known and the place in the stream,
    /// so that the bytes here may be the rest of something.
    package var isBehindGap: Bool { place.isBehindGap }

    /// Whether the capture lacks the bytes that would tell where the next message begins.
    package var isPlaceLost: Bool { place.isLost }

    /// The bytes since the last message that did not look like one, without blank lines in front, as
    /// far as they are kept.
    package var passedOver: [UInt8] { place.passedOver.bytes }

    /// The first bytes since the last message that belong to none, as far as they are kept.
    package var firstForeignBytes: [UInt8] {
        Array(place.passedOver.bytes.prefix(FindingDetail.limit))
    }

    /// The bytes since the last message, or since bytes that are none, that prove nothing yet:
    /// blank lines, and the beginning of a line.
    package var unfinishedBytes: [UInt8] {
        switch state {
        case .idle where !message.progress.hasEnded, .startLine: message.head.bytes
        case .idle, .fieldLines, .headComplete, .content, .untilClose, .withheld, .contentOrAnswer,
            .chunkSize, .chunkData, .chunkEnd, .trailers, .ending, .switched:
            []
        }
    }

    // MARK: What only both sides of the connection together show

    /// Takes the place in the stream as one where no message is due: a start line there has to
    /// be evident.
    package mutating func expectNoMessage(isPlaceLost: Bool = false) {
        place.isAligned = false
        place.isLost = place.isLost || isPlaceLost
    }

    /// Takes the place in the stream as one where a message begins if `segment`, the bytes that come
    /// next, begins as one does; to be called where the other side shows that a message is due.
    ///
    /// Behind a frame that the snap length has cut the place in the stream is lost.
    package mutating func expectMessage(in segment: Span<UInt8>) {
        guard case .idle = state, StartLineSyntax.isCutStart(segment, role: role) else { return }
        place.isAligned = true
    }

    /// Takes note that the sender began a segment with the bytes that are given next.
    package mutating func noteSegment() {
        switch state {
        case .idle: place.segmentStart = message.progress.hasEnded ? 0 : message.head.bytes.count
        case .startLine:
            guard role == .request else { break }
            place.noteSegment(behind: message.head.bytes, line: message.progress.line.start)
        case .contentOrAnswer: if aside.held.isEmpty { place.segmentStart = 0 }
        case .fieldLines, .headComplete, .content, .untilClose, .withheld, .chunkSize, .chunkData,
            .chunkEnd, .trailers, .ending, .switched:
            break
        }
    }

    /// Takes everything from here on as another protocol's bytes, those collected between
    /// messages included.
    package mutating func switchProtocol() {
        aside.leftover += aside.takeCarriedLine().count
        aside.queued = .none
        switch state {
        case .startLine: discardLine()
        case .idle where !message.progress.hasEnded: discardLine()
        case .withheld, .contentOrAnswer: aside.leaveHeld()
        case .idle, .fieldLines, .headComplete, .content, .untilClose, .chunkSize, .chunkData,
            .chunkEnd, .trailers, .ending, .switched:
            break
        }
        state = .switched
    }

    /// Gives everything that was collected up, to be reported with the next event.
    private mutating func discardLine() {
        aside.leftover += message.head.bytes.count + message.progress.line.omittedLength
        if message.progress.line.isDoubtful { aside.leaveHeld() }
        startOver()
        state = .idle
    }

    // MARK: Content that does not come

    /// Takes note that the final response to the request has come, and no 100 before it.
    package mutating func noteFinalResponse() {
        guard role == .request, message.head.expectsContinue else { return }
        aside.held = []
        let headLength = message.head.bytes.count + message.progress.line.omittedLength
        switch state {
        case .content(let left) where message.progress.framing == .length(left):
            state = .withheld(left)
        case .chunkSize where chunkLine.isEmpty && message.progress.offset == headLength:
            state = .withheld(nil)
        case .idle, .startLine, .fieldLines, .headComplete, .content, .untilClose, .withheld,
            .contentOrAnswer, .chunkSize, .chunkData, .chunkEnd, .trailers, .ending, .switched:
            break
        }
    }

    // MARK: Bytes that are no message, or seem to be none

    /// Hands back the beginning of a line between messages that cannot become a start line.
    ///
    /// - Returns: how many bytes; `nil` where there are none, or where they may be a beginning.
    package mutating func giveUpForeignLine() -> Int? {
        let line = message.progress.line
        guard case .startLine = state, !line.isLong, !line.isDoubtful,
            !(acceptsAnyLine && place.isAligned),
            !StartLineSyntax.mayHoldStart(
                message.head.bytes.span.extracting(line.start...),
                role: role
            ),
            case .unclaimed(let count) = giveUpLine()
        else { return nil }
        return count
    }

    /// Forgets the ``unfinishedBytes``, as they are told of; answers how many they were.
    package mutating func dropUnfinished() -> Int {
        let count = unfinishedBytes.count
        if count > 0 { _ = giveUpLine() }
        return count
    }

    /// Takes a line that was passed over as a start line after all: the other side has answered it.
    ///
    /// The header section follows the line, and more, where the bytes look like that.
    /// - Parameter isNamed: whether the bytes begin as another protocol's do, so that only the form
    ///   of a request line with a version tells of a request.
    /// - Returns: `nil` where nothing that was passed over can be meant as a request.
    package mutating func reclaim(isNamed: Bool) -> Reclaimed? {
        // The rest of a message that the capture has holed was not meant as another.
        guard let unreported, !place.passedOver.isCut, !place.isBehindGap,
            !message.progress.line.isDoubtful, !message.progress.line.isLong,
            let line = AnsweredLine(
                passedOver: place.passedOver.bytes,
                unreported: unreported,
                blankLines: message.progress.line.start,
                isNamed: isNamed,
                isPlaceLost: place.isLost
            )
        else { return nil }
        let reported = place.passedOver.bytes.count
        startOver()
        message.begin(with: line.blankLines + line.bytes[..<line.end], at: line.blankLines.count)
        if line.isWhole { readStartLine() } else { readUnendedLines() }
        place.passedOver.forget()
        guard line.hasHeaderSection else {
            aside.leftover += line.bytes.count - max(line.end, reported)
            return Reclaimed(
                count: min(line.end, reported),
                offset: message.progress.offset,
                rest: []
            )
        }
        let rest = Array(line.bytes[line.end...])
        return Reclaimed(count: reported, offset: message.progress.offset, rest: rest)
    }

    /// The bytes that were not reported; `nil` where nothing was passed over, or a message has
    /// begun since.
    private var unreported: [UInt8]? {
        switch state {
        case .idle where !place.passedOver.isEmpty:
            message.progress.hasEnded ? [] : message.head.bytes
        case .startLine: message.head.bytes
        case .idle, .fieldLines, .headComplete, .content, .untilClose, .withheld, .contentOrAnswer,
            .chunkSize, .chunkData, .chunkEnd, .trailers, .ending, .switched:
            nil
        }
    }
}
