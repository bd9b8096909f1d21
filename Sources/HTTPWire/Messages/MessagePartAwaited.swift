/// What a parser is waiting for, as one would tell it to somebody who looks at the connection.
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

extension MessageParser {
    /// What it is waiting for; `nil` between messages, and where another protocol is spoken.
    package var awaited: MessagePartAwaited? {
        switch state {
        case .idle, .headComplete, .ending, .switched: nil
        case .startLine: .endOfStartLine
        case .fieldLines: lineLength == 0 ? .blankLine : .endOfFieldLine
        case .content(let left): .content(left)
        case .withheld(let length): length.map { .content($0 - heldBytes.count) } ?? .chunkSize
        case .untilClose: .close
        case .contentOrAnswer: framing.awaited
        case .chunkSize: .chunkSize
        case .chunkData(let left): .chunkData(left)
        case .chunkEnd: .endOfChunk
        case .trailers: .endOfTrailer
        }
    }
}

extension ContentFraming {
    /// What is awaited where content begins that is framed so.
    fileprivate var awaited: MessagePartAwaited? {
        switch self {
        case .noContent, .switched: nil
        case .length(let length): .content(length)
        case .chunked: .chunkSize
        case .untilClose: .close
        }
    }
}
