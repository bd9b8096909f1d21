import Bytes
import HTTPWire
import Reassembly

// What the ends of a connection begin with decides what is read as HTTP: each direction is judged by
// its own bytes, but where a server greets as another protocol, or a line names one that only looks
// like HTTP.
extension HTTP1Connection {
    /// Takes bytes of a direction that is not known to be readable.
    mutating func feedBeginning(
        _ direction: Direction,
        _ bytes: Span<UInt8>,
        _ moment: Moment,
        _ assembler: inout ExchangeAssembler
    ) {
        if choice.headerBytesToCome > 0, direction == facts.clientDirection {
            passProxyHeader(direction, choice.headerBytesToCome, bytes, moment, &assembler)
        } else if choice[beginningOf: direction].bytes.isEmpty,
            takeProxyHeader(direction, bytes, moment, &assembler)
        {
            return
        } else {
            releaseHeld(&assembler)
            readBeginning(direction, bytes, moment, &assembler)
        }
    }

    /// Judges bytes of a direction that is not known to be readable, and reads them if it may be.
    mutating func readBeginning(
        _ direction: Direction,
        _ bytes: Span<UInt8>,
        _ moment: Moment,
        _ assembler: inout ExchangeAssembler
    ) {
        var wasForeign = false
        switch choice[beginningOf: direction].speech {
        case .undecided, .withheld: judge(direction, bytes, moment, &assembler)
        case .foreign: wasForeign = !mayReturn(direction, bytes) && !mayAnswer(direction, bytes)
        case .readable: break
        }
        guard choice[beginningOf: direction].speech == .foreign || isGreeting(direction) else {
            return choice.withheld == nil
                ? read(direction, bytes, moment, &assembler)
                : keepWithheld(direction, bytes, moment, &assembler)
        }
        account.counts.switched += bytes.count
        if wasForeign, direction == facts.clientDirection {
            if !choice.clientHello.isEmpty { choice.clientHello[0].take(bytes) }
            noteUnread(bytes, moment)
        }
    }

    /// Decides about a direction as far as its first bytes have come.
    private mutating func judge(
        _ direction: Direction,
        _ bytes: Span<UInt8>,
        _ moment: Moment,
        _ assembler: inout ExchangeAssembler
    ) {
        if choice.isForced
            || !choice.isGreeted && choice[beginningOf: direction].bytes.isEmpty
                && choice.withheld == nil && ProtocolGuess.isPlainHTTP(bytes)
        {
            return choice[beginningOf: direction].decide(.readable)
        }
        let earlier = choice[beginningOf: direction].bytes
        choice[beginningOf: direction].take(bytes)
        if isPreface(answeredIn: direction) { return judgeAnswerToPreface(direction, &assembler) }
        if direction != facts.clientDirection {
            if isHalfSaid { withhold(moment, &assembler) }
            if choice.withheld != nil { return judgeAnswerToNoise(moment, &assembler) }
        }
        let beginning = choice[beginningOf: direction]
        if !choice.isGreeted, beginning.bytes.span.cannotBeginAnswer, isGreeting(direction, moment)
        {
            choice.isGreeted = true
        }
        guard beginning.isEnough || !beginning.isText else { return }
        if choice.isGreeted, direction == facts.clientDirection {
            return judgeAnswerToGreeting(direction, moment, &assembler)
        }
        let guess = ProtocolGuess(beginning.bytes.span)
        if let guess {
            if guess.names == ["TLS"], direction == facts.clientDirection {
                var reader = ClientHelloReader()
                // What decides are the first five bytes: no earlier ones were left out.
                reader.take(earlier.span)
                reader.take(bytes)
                choice.clientHello = [reader]
            }
            take(guess, direction, moment, &assembler)
            if choice.withheld != nil, beginning.isWhole, guess.leadsToHTTP {
                readWithheld(&assembler)
            }
        } else if beginning.isEnough {
            decideUnnamed(direction, moment, &assembler)
        }
        if direction == facts.clientDirection, choice[beginningOf: direction].speech != .foreign,
            isNoise(beginning, guess)
        {
            withhold(moment, &assembler)
        }
    }

    /// Decides about a direction whose beginning names no protocol.
    private mutating func decideUnnamed(
        _ direction: Direction,
        _ moment: Moment,
        _ assembler: inout ExchangeAssembler
    ) {
        if isForeignAnswer(direction) {
            leave(direction, moment, &assembler)
        } else if choice[beginningOf: direction].speech == .undecided {
            choice[beginningOf: direction].decide(.readable)
        }
    }

    /// Whether a server began without HTTP that greets, or whose client does not speak it.
    private func isForeignAnswer(_ direction: Direction) -> Bool {
        guard direction != facts.clientDirection, !hasHTTP else { return false }
        return choice.isGreeted
            || choice[beginningOf: facts.clientDirection].speech == .foreign
                && choice[beginningOf: direction].bytes.span.cannotBeginAnswer
    }

    /// Acts on what the first bytes of a direction tell.
    private mutating func take(
        _ guess: ProtocolGuess,
        _ direction: Direction,
        _ moment: Moment,
        _ assembler: inout ExchangeAssembler
    ) {
        // An answer to HTTP is one, however it begins.
        if direction != facts.clientDirection, guess.reach != .end,
            hasHTTP || requests.parser.isInsideMessage
        {
            return choice[beginningOf: direction].decide(.readable)
        }
        noteGuess(guess)
        if !facts.hasHandshake, guess.needsAnswer, direction != facts.clientDirection {
            for direction in Direction.allCases { leave(direction, moment, &assembler) }
            return
        }
        switch guess.reach {
        case .end: leave(direction, moment, &assembler)
        case .connection:
            leave(direction, moment, &assembler)
            leave(direction.opposite, moment, &assembler)
        case .none, .greeted: decideUnnamed(direction, moment, &assembler)
        }
    }

    /// Takes note of a protocol that an end speaks: what is said of HTTP from here on may be just
    /// text.
    mutating func noteGuess(_ guess: ProtocolGuess) {
        if choice.guess == nil { choice.guess = guess } else { choice.guess?.narrow(by: guess) }
        requests.parser.expectNoMessage()
        responses.parser.expectNoMessage()
    }

    /// Whether a direction brings more of what a server greets with.
    private func isGreeting(_ direction: Direction) -> Bool {
        choice.isGreeted && direction != facts.clientDirection
            && choice[beginningOf: direction].speech == .undecided
    }

    /// Whether a server says so as the first of all that is sent, or of all that was captured.
    private func isGreeting(_ direction: Direction, _ moment: Moment) -> Bool {
        facts.hasHandshake && direction != facts.clientDirection && !hasHTTP
            && (moment.acknowledged == 0 || moment.offset == 0)
            && choice[beginningOf: facts.clientDirection].speech == .undecided
            && choice[beginningOf: facts.clientDirection].bytes.isEmpty
    }

    /// A client may speak HTTP to a server that greets otherwise, by mistake or not.
    private mutating func judgeAnswerToGreeting(
        _ direction: Direction,
        _ moment: Moment,
        _ assembler: inout ExchangeAssembler
    ) {
        let first = choice[beginningOf: direction].bytes
        if MessageRole.request.surelyBegins(first.span) {
            if choice[beginningOf: direction.opposite].speech == .undecided {
                leave(direction.opposite, moment, &assembler)
            }
            for direction in Direction.allCases { choice[beginningOf: direction].decide(.readable) }
            renewResponses()
            return
        }
        if let guess = ProtocolGuess(first.span) { noteGuess(guess) }
        for direction in Direction.allCases { leave(direction, moment, &assembler) }
    }

    /// Reads nothing of a direction any more.
    mutating func leave(
        _ direction: Direction,
        _ moment: Moment,
        _ assembler: inout ExchangeAssembler
    ) {
        let beginning = choice[beginningOf: direction]
        choice[beginningOf: direction].decide(.foreign)
        let nothing: [UInt8] = []
        if direction == facts.clientDirection {
            let begin = requests.parser.isInsideStartLine ? requests.begin ?? moment : moment
            if beginning.count > 0 { noteUnread(beginning.count, beginning.bytes, from: begin) }
            requests.parser.switchProtocol()
            feedRequests(nothing.span, moment, &assembler)
        } else {
            responses.parser.switchProtocol()
            feedResponses(nothing.span, moment, &assembler)
        }
    }

    /// As long as no message was found on a connection whose handshake was not captured, bytes that
    /// can only be the other side's messages turn the roles round.
    mutating func reconsiderRoles(
        _ direction: Direction,
        _ bytes: Span<UInt8>,
        _ moment: Moment,
        _ assembler: inout ExchangeAssembler
    ) {
        let own: MessageRole = direction == facts.clientDirection ? .request : .response
        let other: MessageRole = own == .request ? .response : .request
        guard !requests.parser.isInsideMessage, !responses.parser.isInsideMessage,
            !own.seemsToBegin(bytes),
            other.seemsToBegin(bytes), !MessageRole.isQuotation(bytes)
        else { return }
        // The middle of a line may look like a status line: ` HTTP/1.1` behind a long target.
        let isInsideLine =
            own == .request ? requests.parser.isInsideStartLine : responses.parser.isInsideStartLine
        let isWhole = bytes.firstIndex(of: .lineFeed) != nil
        guard !isInsideLine && !isWhole || other.surelyBegins(bytes) else { return }
        interrupt(requests: .captureEnded, moment, &assembler)
        interrupt(responses: .captureEnded, moment, &assembler)
        facts.clientDirection = facts.clientDirection.opposite
    }
}
