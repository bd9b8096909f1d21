// How far the parser has come, for who has to decide from outside what it is waiting for.
//
// Some of it is asked for each message by who holds the parser to change it. A getter that may change
// it too looks at it where it lies; an ordinary one would be given a copy, which is large.
extension MessageParser {
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

    /// Whether the current message is still in its start line or header section.
    package var isInsideHead: Bool {
        switch state {
        case .startLine: isPlausibleStart
        case .fieldLines: true
        case .idle, .headComplete, .content, .untilClose, .withheld, .contentOrAnswer, .chunkSize,
            .chunkData, .chunkEnd, .trailers, .ending, .switched:
            false
        }
    }

    /// Whether a line has begun between messages and not ended.
    package var isInsideStartLine: Bool {
        if case .startLine = state { true } else { false }
    }

    /// Whether a start line and only whole lines have come so far, and the blank line that ends the
    /// header section is still awaited.
    package var isAwaitingFieldLine: Bool {
        if case .fieldLines = state { lineLength == 0 } else { false }
    }

    /// Whether the request at hand has a method that is known.
    package var hasKnownMethod: Bool {
        KnownMethod.isOne(head.bytes.span.extracting(head.startLine.method))
    }

    /// Whether the message that has ended was ended by the beginning of the next.
    package var isEndedByNext: Bool {
        mutating get { queued == .carriedLine || queued == .heldStart }
    }

    /// What the current message's head takes of memory, in bytes; see ``MessageHead/footprint``.
    package var headFootprint: Int {
        mutating get { head.footprint }
    }

    /// What it keeps of a message that has not ended, and of what may prove to be one, in bytes.
    package var openFootprint: Int {
        mutating get {
            let kept = heldBytes.count + passedOver.count
            return switch state {
            // Looking at the head's storage would be a miss of the cache.
            case .idle, .switched: kept
            case .startLine, .fieldLines, .headComplete, .content, .untilClose, .withheld,
                .contentOrAnswer, .chunkSize, .chunkData, .chunkEnd, .trailers, .ending:
                kept + head.footprint
            }
        }
    }

    /// Bytes that are consumed, lie behind the current message, and are still to be reported: the
    /// start line that ended its header section, or what belongs to no message.
    package var carriedLength: Int { carriedLine.count + leftover }

    /// Whether everything from here on, or from the bytes on that were given last, belongs to
    /// another protocol.
    package var isSwitched: Bool {
        if case .switched = state { true } else { queued == .switched }
    }

    /// How many of the next bytes are content, or a chunk's, whatever they are; 0 where the next byte
    /// is looked at.
    package var uninspectedLength: Int {
        switch state {
        case .content(let left), .chunkData(let left): left
        case .idle, .startLine, .fieldLines, .headComplete, .untilClose, .withheld,
            .contentOrAnswer, .chunkSize, .chunkEnd, .trailers, .ending, .switched:
            0
        }
    }

    /// How far a gap of `length` bytes reaches, as far as the bytes before it tell.
    package func reach(ofGap length: Int) -> GapReach {
        switch state {
        case .idle: isAtBoundary ? .nextMessage : .unknown
        case .ending: .nextMessage
        case .content(let left): length > left ? .nextMessage : .sameMessage
        case .chunkData(let left): length > left ? .unknown : .sameMessage
        case .untilClose, .switched: .sameMessage
        case .startLine, .fieldLines, .headComplete, .withheld, .contentOrAnswer, .chunkSize,
            .chunkEnd, .trailers:
            .unknown
        }
    }
}
