import Bytes
import HTTPWire
import Reassembly

/// What the ends say while it is open whether any of it is HTTP.
struct WithheldTalk: Sendable {
    /// What one end sent next; nothing where that was the end of its stream.
    struct Piece: Sendable {
        let direction: Direction
        let bytes: [UInt8]
        let moment: Moment
    }

    /// The most that is withheld, in bytes and in pieces: who sends so much without an answer does
    /// not speak HTTP.
    private static let limits = (bytes: 1 << 16, pieces: 1024)

    /// Whether the client had been taken for one of another protocol before.
    let isReturn: Bool
    private(set) var pieces: [Piece] = []
    private(set) var count = 0

    init(isReturn: Bool = false) { self.isReturn = isReturn }

    mutating func take(_ direction: Direction, _ bytes: Span<UInt8>, _ moment: Moment) {
        pieces.append(
            Piece(direction: direction, bytes: [UInt8](copying: bytes), moment: moment)
        )
        count += bytes.count
    }

    var isFull: Bool { count > Self.limits.bytes || pieces.count > Self.limits.pieces }

    /// What it takes of memory, in bytes.
    var footprint: Int { count + pieces.count * (MemoryLayout<Piece>.stride + 32) }
}

extension WithheldTalk {
    /// Whether one end's last words are requests, the first of them whole, and nothing else.
    func endsInRequests(_ direction: Direction, _ limits: ParserLimits) -> Bool {
        let said = pieces.filter { $0.direction == direction }
        let first = said.firstIndex { MessageRole.request.isWholeHead($0.bytes.span) }
        guard let first else { return false }
        var parser = MessageParser(role: .request, limits: limits)
        for piece in said[first...] {
            var position = 0
            while let event = parser.next(in: piece.bytes.span, at: &position) {
                if case .unclaimed = event { return false }
            }
        }
        return true
    }
}

// A client that begins with what is no HTTP may speak anything, and mention HTTP in it. What it says
// is read only when its server answers with what begins as a message of HTTP does; the lines of one
// end alone prove nothing.
extension HTTP1Connection {
    /// Whether a client that began so is not to be taken for one of HTTP until it is answered in it.
    func isNoise(_ beginning: Beginning, _ guess: ProtocolGuess?) -> Bool {
        guard !hasHTTP, choice.withheld == nil, !requests.parser.isInsideMessage else {
            return false
        }
        if let guess { return guess.needsAnswer }
        // Without a handshake it may be the other end that is the client.
        if !facts.hasHandshake, MessageRole.response.seemsToBegin(beginning.bytes.span) {
            return false
        }
        return beginning.isText
            ? !MessageRole.request.mayBegin(beginning.bytes.span) : beginning.count > 0
    }

    /// Whether the client has sent less than a line, and that begins no request.
    var isHalfSaid: Bool {
        let beginning = choice[beginningOf: facts.clientDirection]
        return beginning.speech == .undecided && beginning.isText && isNoise(beginning, nil)
    }

    /// Reads nothing of either end until the server has answered what its client began with.
    mutating func withhold(_ moment: Moment, _ assembler: inout ExchangeAssembler) {
        let server = facts.clientDirection.opposite
        let hasBegun = choice[beginningOf: server].speech != .undecided
        choice[beginningOf: facts.clientDirection].speech = .withheld
        choice.withheld = WithheldTalk()
        if hasBegun, !responses.parser.isInsideMessage { dismissWithheld(moment, &assembler) }
    }

    /// Takes bytes of which it is open whether they are HTTP.
    mutating func keepWithheld(
        _ direction: Direction,
        _ bytes: Span<UInt8>,
        _ moment: Moment,
        _ assembler: inout ExchangeAssembler
    ) {
        choice.withheld?.take(direction, bytes, moment)
        guard let withheld = choice.withheld, withheld.isFull else { return }
        // What the capture met in its midst may be content of any length.
        if facts.hasHandshake || withheld.isReturn {
            dismissWithheld(moment, &assembler)
        } else {
            readWithheld(&assembler)
        }
    }

    /// Decides by the beginning of the server's answer.
    mutating func judgeAnswerToNoise(_ moment: Moment, _ assembler: inout ExchangeAssembler) {
        let answer = choice[beginningOf: facts.clientDirection.opposite].bytes
        // Without a handshake it may be the other end that is the client.
        let mayTurn = !facts.hasHandshake && choice.withheld?.isReturn == false
        switch StatusLineBeginning(answer.span) {
        case .isOpen: break
        case .isMet: readWithheld(&assembler)
        case .isMissed where mayTurn && MessageRole.request.seemsToBegin(answer.span):
            readWithheld(&assembler)
        case .isMissed:
            if let guess = ProtocolGuess(answer.span) { noteGuess(guess) }
            dismissWithheld(moment, &assembler)
        }
    }

    /// Decides without an answer: requests that end it are shown all the same, and what the capture
    /// met in its midst is read.
    mutating func settleWithheld(_ moment: Moment, _ assembler: inout ExchangeAssembler) {
        guard let withheld = choice.withheld else { return }
        let isRead =
            !facts.hasHandshake
            || withheld.endsInRequests(facts.clientDirection, options.parserLimits)
        if isRead, choice.guess == nil, !withheld.isReturn {
            readWithheld(&assembler)
        } else {
            dismissWithheld(moment, &assembler)
        }
    }

    /// Reads a connection again that was given up, if a client now begins with a request: its
    /// server's answer decides.
    mutating func mayReturn(_ direction: Direction, _ bytes: Span<UInt8>) -> Bool {
        guard !hasHTTP, !choice.isGreeted, !switching.isSwitched, mayEndOtherwise,
            direction == facts.clientDirection || !facts.hasHandshake,
            choice[beginningOf: direction.opposite].speech == .foreign,
            MessageRole.request.surelyBegins(bytes)
        else { return false }
        facts.clientDirection = direction
        renewRequests()
        renewResponses()
        choice[beginningOf: direction].speech = .withheld
        choice[beginningOf: direction.opposite] = Beginning()
        choice.withheld = WithheldTalk(isReturn: true)
        return true
    }

    static func responseParser(_ options: TracerOptions) -> MessageParser {
        var parser = MessageParser(role: .response, limits: options.parserLimits)
        parser.watchesBothSides = true
        return parser
    }

    /// Reads requests on as if nothing had been read, but where none is due.
    private mutating func renewRequests() {
        requests.parser = MessageParser(role: .request, limits: options.parserLimits)
        requests.parser.expectNoMessage()
    }

    /// Reads responses on in the same way.
    mutating func renewResponses() {
        responses.parser = Self.responseParser(options)
        responses.parser.expectNoMessage()
    }

    /// Whether HTTP may follow on what its ends began with: what a capture that lacks the handshake
    /// met first may be the rest of anything.
    private var mayEndOtherwise: Bool { choice.guess?.reach != .connection }

    /// Reads a server again that was given up by what the capture met of it in its midst, if it now
    /// answers a request.
    mutating func mayAnswer(_ direction: Direction, _ bytes: Span<UInt8>) -> Bool {
        guard !facts.hasHandshake, !switching.isSwitched, mayEndOtherwise,
            direction != facts.clientDirection,
            pairer.firstUnanswered() != nil, MessageRole.response.surelyBegins(bytes)
        else { return false }
        renewResponses()
        choice[beginningOf: direction].decide(.readable)
        return true
    }

    mutating func readWithheld(_ assembler: inout ExchangeAssembler) {
        guard let talk = choice.withheld.take() else { return }
        for direction in Direction.allCases
        where choice[beginningOf: direction].speech != .foreign {
            choice[beginningOf: direction].decide(.readable)
        }
        for piece in talk.pieces {
            if piece.bytes.isEmpty {
                interrupt(requests: .endOfStream, piece.moment, &assembler)
            } else if choice[beginningOf: piece.direction].speech == .foreign {
                account.counts.switched += piece.bytes.count
            } else {
                read(piece.direction, piece.bytes.span, piece.moment, &assembler)
            }
        }
    }

    private mutating func dismissWithheld(_ moment: Moment, _ assembler: inout ExchangeAssembler) {
        guard let talk = choice.withheld.take() else { return }
        account.counts.switched += talk.count
        for direction in Direction.allCases { leave(direction, moment, &assembler) }
    }
}

/// How far the first bytes of a server go with a status line's: `HTTP/`, or `ICY `.
private enum StatusLineBeginning {
    case isOpen, isMet, isMissed

    init(_ bytes: Span<UInt8>) {
        var start = 0
        while start < bytes.count, bytes[start].isBlank { start += 1 }
        let first = bytes.extracting(start..<bytes.count)
        self = first.isEmpty ? .isOpen : .isMissed
        for name: StaticString in ["HTTP/", "ICY "] {
            let length = min(first.count, name.utf8CodeUnitCount)
            let isAlike = (0..<length).allSatisfy { index in
                unsafe first[index] & 0xDF == name.utf8Start[index] & 0xDF
            }
            guard isAlike else { continue }
            self = length == name.utf8CodeUnitCount ? .isMet : .isOpen
        }
    }
}

extension Span<UInt8> {
    /// Whether a server that begins so speaks no HTTP.
    var cannotBeginAnswer: Bool { StatusLineBeginning(self) == .isMissed }
}

extension UInt8 {
    /// Whether it is white space, or part of a line's end.
    fileprivate var isBlank: Bool {
        self == .space || self == 0x09 || self == .carriageReturn || self == .lineFeed
    }
}
