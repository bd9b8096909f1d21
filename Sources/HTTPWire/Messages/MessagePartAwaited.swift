/// The part that a parser waits for, as one would tell somebody at the connection.
package enum MessagePartAwaited: Sendable, Hashable {
    /// The end of the line that a message may begin with.
    case endOfStartLine
    /// The end of a line of the header section, of which some has come.
    case endOfFieldLine
    /// The blank line that ends the header section: only whole lines have come.
    case blankLine
    /// So many bytes of content more.
    case content(Int)
    /// The close of the connection, which ends the content.
    case close
    /// A chunk-size line.
    case chunkSize
    /// So many bytes of a chunk's data more.
    case chunkData(Int)
    /// The line end behind a chunk's data.
    case endOfChunk
    /// The blank line that ends the trailer section.
    case endOfTrailer
}

extension MessagePartAwaited {
    /// The part that a parser waits for in `state`; `nil` between messages, and where another protocol
    /// is spoken.
    ///
    /// - Parameters:
    ///   - state: the place in the message.
    ///   - isLineBegun: whether some of a field line has come.
    ///   - held: how many bytes of content have come that may be the next message.
    ///   - framing: how the content is framed.
    init?(in state: ParserState, isLineBegun: Bool, held: Int, framing: ContentFraming) {
        let part: MessagePartAwaited? =
            switch state {
            case .idle, .headComplete, .ending, .switched: nil
            case .startLine: .endOfStartLine
            case .fieldLines: isLineBegun ? .endOfFieldLine : .blankLine
            case .content(let left): .content(left)
            case .withheld(let length): length.map { .content($0 - held) } ?? .chunkSize
            case .untilClose: .close
            case .contentOrAnswer: framing.awaited
            case .chunkSize: .chunkSize
            case .chunkData(let left): .chunkData(left)
            case .chunkEnd: .endOfChunk
            case .trailers: .endOfTrailer
            }
        guard let part else { return nil }
        self = part
    }
}

extension ContentFraming {
    /// The part awaited where content begins that is framed so.
    fileprivate var awaited: MessagePartAwaited? {
        switch self {
        case .noContent, .switched: nil
        case .length(let length): .content(length)
        case .chunked: .chunkSize
        case .untilClose: .close
        }
    }
}
