import Findings

// The states, and what takes the parser from each to the next:
//
//   idle ──byte──▶ startLine ──start line──▶ fieldLines ──blank line──▶ headComplete
//     ▲               │ not one: unclaimed        │ start line: the message before ends here
//     └───────────────┘                           ▼
//   headComplete ──framing──▶ content(n) | untilClose | chunkSize ⇄ chunkData(n) ▶ chunkEnd
//                             | trailers | switched
//   content | chunkSize ──final response first──▶ withheld ──▶ back, or start line of the next
//   headComplete ──framing in doubt──▶ contentOrAnswer ──▶ content, or start line of the next
//   every state ──end, or interruption──▶ ending ──▶ idle

/// Reads HTTP/1 messages of one direction of a connection, one event at a time, and never gives up.
///
/// It is lenient: whatever can be read is read, and what is odd becomes a finding of the message.
/// Bytes may come in any cut; the messages and their findings do not depend on it, but for what
/// ``noteSegment()`` tells.
///
/// ```swift
/// var position = 0
/// while let event = parser.next(in: bytes, at: &position) { … }
/// // All of `bytes` is consumed; the parser has kept what it needs.
/// ```
package struct MessageParser: Sendable {
    enum State: Sendable {
        /// Between messages, nothing kept but blank lines.
        case idle
        /// Collecting a line that may prove to be a start line.
        case startLine
        /// Collecting the lines of a header section.
        case fieldLines
        /// The head was reported; the framing is decided when the parser is asked to go on.
        case headComplete
        /// Inside content, so many bytes before its end.
        case content(Int)
        /// Inside content that ends with the connection.
        case untilClose
        /// Waiting for content of so many bytes, or in chunks, that may never come, as the final
        /// response came first; the next message may begin instead.
        case withheld(Int?)
        /// Where content begins by the letter, unless the next response begins instead.
        case contentOrAnswer
        /// Collecting a chunk-size line.
        case chunkSize
        /// Inside a chunk's data, so many bytes before its end.
        case chunkData(Int)
        /// Collecting the line end behind a chunk's data.
        case chunkEnd
        /// Collecting the lines of a trailer section.
        case trailers
        /// The message is over; its end is still to be reported.
        case ending(complete: Bool)
        /// The connection speaks something else from here on.
        case switched
    }

    /// The head of the message that is being read; whole at ``MessageEvent/head``.
    ///
    /// Findings about the content are added until ``MessageEvent/end(complete:)``. Stays until the parser is given
    /// the next byte.
    package internal(set) var head = MessageHead()

    /// How the current message's content is framed; decided at ``MessageEvent/head`` for a request,
    /// and for a response when the parser is asked for the event after it.
    package internal(set) var framing: ContentFraming = .noContent

    /// What the current response answers, as far as its framing depends on it.
    ///
    /// To be set when ``MessageEvent/head`` is taken and before `next` is called again; for an answer
    /// without head (HTTP/0.9), when ``MessageEvent/begin`` is taken. Returns to `ordinary` with each message. Of no effect on requests.
    package var answering: AnsweredRequest = .ordinary

    /// Which messages it reads.
    package let role: MessageRole

    /// Whether any line is taken as a start line where a message may begin: at the stream's
    /// beginning, and behind a message that was complete.
    package var acceptsAnyLine = false

    /// Whether the place in the stream is one where a message begins.
    var isAligned = true

    /// Whether the message before ended here as its framing says, whatever of it is missing.
    var isAtBoundary = true

    /// Whether a gap lies between the last message whose end is known and the place in the stream,
    /// so that what stands here may be the rest of something.
    package internal(set) var isBehindGap = false

    /// Whether a message has ended in front of the place in the stream.
    var isBehindMessage = false

    /// Where in what is kept of the line at hand its sender began a segment, or whether it did with
    /// what may be the next response; as far as ``noteSegment()`` tells.
    var segmentStart: Int? = 0

    /// What stands right in front of the request line that is read next, and could be the beginning
    /// of a method.
    var wordInFront: [UInt8] = []

    /// Whether the line being collected begins a segment, but for blank lines in front of it.
    var beginsSegment = false

    /// Whether its owner sees both sides of the connection, and says what ``isAnswerDue`` is.
    package var watchesBothSides = false

    /// Whether the other side waits for one more response than the one at hand, as far as the bytes
    /// that are given next prove it; to be set with them where ``isContentInDoubt``.
    package var isAnswerDue = false
    /// Whether the capture lacks what would tell where the next message begins.
    package internal(set) var isPlaceLost = false

    let limits: ParserLimits
    var state: State = .idle

    /// What the field lines say that the framing needs.
    var fields = FramingFields()

    /// Whether the current message says that its content is coded, beyond chunks; known at
    /// ``MessageEvent/head``.
    package var isContentCoded: Bool { fields.isContentCoded }

    /// Bytes of the current message that are consumed, those in gaps included.
    ///
    /// It is the offset of the next one. Stays until the parser is given the first byte after the message.
    package internal(set) var offset = 0

    /// Where the line being collected begins in ``head``'s bytes.
    var lineStart = 0

    /// The length of the line being collected, bytes beyond the limit included.
    var lineLength = 0

    /// The first byte of the line being collected.
    var lineBegin: UInt8 = 0

    /// Bytes of an overlong start line that were not kept.
    var omitted = 0

    /// What is known of a start line that has grown longer than ``ParserLimits/unclaimedLine``.
    var longLine: LongLine = .none

    /// Whether the line being collected is not kept, and whether the one before it was not.
    var isLineOmitted = false
    var isAfterOmittedLine = false

    /// The first bytes of the line being collected, where it is not kept.
    var omittedBeginning: [UInt8] = []

    /// Whether the line being collected is a status line only if a field line follows it.
    var isInDoubt = false

    /// Whether it is in doubt as text may quote it: only a whole head behind it tells.
    var mayBeQuotation = false

    /// Whether the other side waits for an answer, so that a line which may be the status line of
    /// another protocol is looked at more closely.
    package var isAnswerAwaited = true

    /// Bytes that were collected, belong to no message, and are still to be reported so.
    var leftover = 0

    /// Whether the message in ``head`` is over; the next byte is of another.
    var hasEnded = false

    /// The length that `Content-Length` gives, where it can be read.
    var contentLength: Int?

    /// What `Transfer-Encoding` comes to; `nil` where there is none.
    var transferCoding: TransferCoding?

    /// Whether the current message announces that its sender closes the connection after it, and
    /// whether one before did.
    var announcesClose = false
    var isAfterClose = false

    /// Whether a gap in the capture has swallowed bytes of the current message.
    var hasGap = false

    /// A chunk-size line, or the line end behind a chunk, as far as it has come and is kept.
    var chunkLine: [UInt8] = []

    /// Bytes of the chunk-size line that were not kept.
    var chunkLineOmitted = 0

    /// The bytes of ``MessageEvent/heldContent``, or those collected where content may be missing.
    package internal(set) var heldBytes: [UInt8] = []

    /// Bytes that were collected, proved to be something else, and are to be read again.
    var replay: [UInt8] = []

    /// Events that one byte has caused beyond the first.
    var queued: QueuedEvents = .none

    /// A start line that ended the message before it and has to be read as the next one's.
    var carriedLine: [UInt8] = []

    /// The bytes since the last message that did not look like one, without blank lines in front, as
    /// far as they are kept.
    package internal(set) var passedOver: [UInt8] = []

    /// Whether more of them were passed over than is kept.
    var isPassedOverCut = false

    enum LongLine: Sendable {
        /// It is not long.
        case none
        /// It begins as a start line does: its middle is passed over.
        case startLine
        /// It begins as none does: its beginning is given up.
        case foreign
    }

    /// Creates a parser for the requests, or the responses, of one connection.
    package init(role: MessageRole, limits: ParserLimits = ParserLimits()) {
        self.role = role
        self.limits = limits
    }

    /// Gives away the current message's head for an empty one, whose storage is used again; to be
    /// called once the message has ended.
    package mutating func swapHead(_ other: inout MessageHead) { swap(&head, &other) }

    /// Takes everything from here on as another protocol's bytes, what was collected between
    /// messages included.
    package mutating func switchProtocol() {
        leftover += carriedLine.count
        carriedLine = []
        queued = .none
        switch state {
        case .startLine: discardLine()
        case .idle where !hasEnded: discardLine()
        case .withheld, .contentOrAnswer:
            leftover += heldBytes.count
            heldBytes = []
        case .idle, .fieldLines, .headComplete, .content, .untilClose, .chunkSize, .chunkData,
            .chunkEnd, .trailers, .ending, .switched:
            break
        }
        state = .switched
    }

    /// Reads on in `bytes` from `position`.
    ///
    /// - Parameters:
    ///   - bytes: the stream's next bytes, in order; the same span until `nil`.
    ///   - position: the index in `bytes` to go on at; moved past what was consumed.
    /// - Returns: the next event, or `nil` when all of the bytes are consumed.
    package mutating func next(in bytes: Span<UInt8>, at position: inout Int) -> MessageEvent? {
        if !replay.isEmpty, let event = nextReplayed() { return event }
        return read(bytes, &position)
    }

    /// Reads on, but for what is to be read again.
    mutating func read(_ bytes: Span<UInt8>, _ position: inout Int) -> MessageEvent? {
        while true {
            if let event = queuedEvent() { return event }
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
        switch state {
        case .headComplete, .ending: true
        case .content(let left): left == 0
        case .idle, .startLine, .fieldLines, .untilClose, .withheld, .contentOrAnswer, .chunkSize,
            .chunkData, .chunkEnd, .trailers, .switched:
            queued != .none || leftover > 0
        }
    }

    /// Ends the message; nothing that a gap has holed is complete.
    mutating func end(complete: Bool) -> MessageEvent {
        state = .idle
        hasEnded = true
        isAligned = complete && !hasGap
        isAtBoundary = complete
        isBehindMessage = true
        segmentStart = nil
        if complete { isBehindGap = false }
        return .end(complete: complete && !hasGap)
    }

    /// Forgets the message before.
    mutating func startOver() {
        head.reset()
        framing = .noContent
        answering = .ordinary
        fields = FramingFields()
        offset = 0
        lineStart = 0
        lineLength = 0
        omitted = 0
        longLine = .none
        isLineOmitted = false
        isAfterOmittedLine = false
        isInDoubt = false
        mayBeQuotation = false
        contentLength = nil
        transferCoding = nil
        isAfterClose = isAfterClose || announcesClose
        announcesClose = false
        hasGap = false
        hasEnded = false
    }
}
