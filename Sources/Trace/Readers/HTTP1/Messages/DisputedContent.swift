import Bytes
import HTTPWire

/// What a client sends that was answered in the midst of its content, and that begins with a request
/// line: content by the letter, or its next request.
struct DisputedContent: Sendable {
    /// What the bytes are, as far as they tell.
    enum Reading {
        case open, content, request
    }

    /// The most that is kept, in bytes and in pieces: who sends so much without an answer goes on
    /// with the content.
    private static let limits = (bytes: 1 << 16, pieces: 1024)

    private(set) var pieces: [(bytes: [UInt8], moment: Moment)] = []
    private(set) var count = 0
    /// What has come until the request line was whole.
    private var line: [UInt8] = []
    private var hasRequestLine = false
    /// Reads the bytes by the letter.
    private var letter: MessageParser

    /// - Parameter parser: the one of the message whose content the bytes may be.
    init(by parser: MessageParser) { letter = parser }

    /// Where the first of the bytes lies in its sender's stream.
    var offset: Int { pieces.first?.moment.offset ?? .max }

    /// What it takes of memory, in bytes.
    var footprint: Int { count + pieces.count * (MemoryLayout<Moment>.stride + 64) }

    /// Takes the next bytes.
    mutating func take(_ bytes: Span<UInt8>, _ moment: Moment) -> Reading {
        pieces.append(([UInt8](copying: bytes), moment))
        count += bytes.count
        guard count <= Self.limits.bytes, pieces.count <= Self.limits.pieces else {
            return .content
        }
        if !hasRequestLine {
            line.append(copying: bytes)
            guard let isRequestLine = MessageRole.isRequestLine(line.span) else { return .open }
            guard isRequestLine else { return .content }
            hasRequestLine = true
            let collected = line
            line = []
            return readByLetter(collected.span) ?? .open
        }
        return readByLetter(bytes) ?? .open
    }

    /// What follows from reading the bytes as content: behind its end a message is due.
    private mutating func readByLetter(_ bytes: Span<UInt8>) -> Reading? {
        var position = 0
        while let event = letter.next(in: bytes, at: &position) {
            switch event {
            case .begin, .content, .heldContent, .end(complete: true): break
            case .head: return letter.hasKnownMethod ? .content : .request
            case .unclaimed, .end(complete: false): return .request
            case .switched: return .content
            }
        }
        return nil
    }
}
