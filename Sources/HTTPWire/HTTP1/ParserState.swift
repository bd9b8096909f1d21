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

/// Where in a message, or between two, the parser is.
enum ParserState: Sendable {
    /// Between messages, nothing kept but blank lines.
    case idle
    /// Collecting a line that may prove to be a start line.
    case startLine
    /// Collecting the lines of a header section.
    case fieldLines
    /// The head was reported; the framing is decided when the parser is asked to go on.
    case headComplete
    /// Inside content, so many bytes before the end.
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
    /// Inside a chunk's data, so many bytes before the end.
    case chunkData(Int)
    /// Collecting the line end behind a chunk's data.
    case chunkEnd
    /// Collecting the lines of a trailer section.
    case trailers
    /// The message is over; the end is still to be reported.
    case ending(complete: Bool)
    /// The connection speaks something else from here on.
    case switched

    /// The state in which content begins that is framed so.
    init(beginning framing: ContentFraming) {
        switch framing {
        case .noContent, .switched: self = .ending(complete: true)
        case .length(let length): self = .content(length)
        case .chunked: self = .chunkSize
        case .untilClose: self = .untilClose
        }
    }

    /// Goes on in content, or in a chunk's data, by so many bytes at the most.
    ///
    /// - Returns: how many of them belong there.
    mutating func passContent(of available: Int) -> Int {
        switch self {
        case .content(let left):
            guard left > 0 else {
                self = .ending(complete: true)
                return 0
            }
            let taken = min(left, available)
            self = .content(left - taken)
            return taken
        case .chunkData(let left):
            let taken = min(left, available)
            self = left == taken ? .chunkEnd : .chunkData(left - taken)
            return taken
        case .untilClose:
            return available
        case .idle, .startLine, .fieldLines, .headComplete, .withheld, .contentOrAnswer, .chunkSize,
            .chunkEnd, .trailers, .ending, .switched:
            return 0
        }
    }

    /// Goes on behind a gap of so many bytes if all of them are content, or a chunk's data.
    ///
    /// - Returns: whether they are.
    mutating func passGap(of length: Int) -> Bool {
        switch self {
        case .content(let left) where length <= left: self = .content(left - length)
        case .chunkData(let left) where length <= left: self = .chunkData(left - length)
        case .untilClose: break
        case .idle, .startLine, .fieldLines, .headComplete, .content, .withheld, .contentOrAnswer,
            .chunkSize, .chunkData, .chunkEnd, .trailers, .ending, .switched:
            return false
        }
        return true
    }

    /// How many of the next bytes are content, or a chunk's, whatever they are; 0 where the next byte
    /// is looked at.
    var uninspectedLength: Int {
        switch self {
        case .content(let left), .chunkData(let left): left
        case .idle, .startLine, .fieldLines, .headComplete, .untilClose, .withheld,
            .contentOrAnswer, .chunkSize, .chunkEnd, .trailers, .ending, .switched:
            0
        }
    }

    /// Whether the end of the header section, or of the content, is near enough for an event that
    /// needs no further byte.
    var isDue: Bool {
        switch self {
        case .headComplete, .ending: true
        case .content(let left): left == 0
        case .idle, .startLine, .fieldLines, .untilClose, .withheld, .contentOrAnswer, .chunkSize,
            .chunkData, .chunkEnd, .trailers, .switched:
            false
        }
    }

    /// How far a gap of `length` bytes reaches; `isAtBoundary` where the message before ended as the
    /// framing says.
    func reach(ofGap length: Int, isAtBoundary: Bool) -> GapReach {
        switch self {
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
