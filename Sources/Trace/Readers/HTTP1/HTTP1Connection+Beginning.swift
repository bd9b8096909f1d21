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
        _ collector: inout TraceCollector
    ) {
        if headerBytesToCome > 0, direction == clientDirection {
            passProxyHeader(direction, headerBytesToCome, bytes, moment, &collector)
        } else if self[beginningOf: direction].bytes.isEmpty,
            takeProxyHeader(direction, bytes, moment, &collector)
        {
            return
        } else {
            releaseHeld(&collector)
            readBeginning(direction, bytes, moment, &collector)
        }
    }

    /// Judges bytes of a direction that is not known to be readable, and reads them if it may be.
    mutating func readBeginning(
        _ direction: Direction,
        _ bytes: Span<UInt8>,
        _ moment: Moment,
        _ collector: inout TraceCollector
    ) {
        var wasForeign = false
        switch self[beginningOf: direction].speech {
        case .undecided, .withheld: judge(direction, bytes, moment, &collector)
        case .foreign: wasForeign = !mayReturn(direction, bytes) && !mayAnswer(direction, bytes)
        case .readable: break
        }
        guard self[beginningOf: direction].speech == .foreign || isGreeting(direction) else {
            return withheld == nil
                ? read(direction, bytes, moment, &collector)
                : keepWithheld(direction, bytes, moment, &collector)
        }
        switched += bytes.count
        if wasForeign, direction == clientDirection {
            if !clientHello.isEmpty { clientHello[0].take(bytes) }
            noteUnread(bytes, moment)
        }
    }

    /// What the end that sends in `direction` has begun with.
    subscript(beginningOf direction: Direction) -> Beginning {
        _read { yield beginnings[direction == .forward ? 0 : 1] }
        _modify { yield &beginnings[direction == .forward ? 0 : 1] }
    }

    /// Decides about a direction as far as its first bytes have come.
    private mutating func judge(
        _ direction: Direction,
        _ bytes: Span<UInt8>,
        _ moment: Moment,
        _ collector: inout TraceCollector
    ) {
        if isForced
            || !isGreeted && self[beginningOf: direction].bytes.isEmpty
                && withheld == nil && ProtocolGuess.isPlainHTTP(bytes)
        {
            return self[beginningOf: direction].decide(.readable)
        }
        let earlier = self[beginningOf: direction].bytes
        self[beginningOf: direction].take(bytes)
        if isPreface(answeredIn: direction) { return judgeAnswerToPreface(direction, &collector) }
        if direction != clientDirection {
            if isHalfSaid { withhold(moment, &collector) }
            if withheld != nil { return judgeAnswerToNoise(moment, &collector) }
        }
        let beginning = self[beginningOf: direction]
        if !isGreeted, beginning.bytes.span.cannotBeginAnswer, isGreeting(direction, moment) {
            isGreeted = true
        }
        guard beginning.isEnough || !beginning.isText else { return }
        if isGreeted, direction == clientDirection {
            return judgeAnswerToGreeting(direction, moment, &collector)
        }
        let guess = ProtocolGuess(beginning.bytes.span)
        if let guess {
            if guess.names == ["TLS"], direction == clientDirection {
                var reader = ClientHelloReader()
                // What decides are the first five bytes: no earlier ones were left out.
                reader.take(earlier.span)
                reader.take(bytes)
                clientHello = [reader]
            }
            take(guess, direction, moment, &collector)
            if withheld != nil, beginning.isWhole, guess.leadsToHTTP { readWithheld(&collector) }
        } else if beginning.isEnough {
            decideUnnamed(direction, moment, &collector)
        }
        if direction == clientDirection, self[beginningOf: direction].speech != .foreign,
            isNoise(beginning, guess)
        {
            withhold(moment, &collector)
        }
    }

    /// Decides about a direction whose beginning names no protocol.
    private mutating func decideUnnamed(
        _ direction: Direction,
        _ moment: Moment,
        _ collector: inout TraceCollector
    ) {
        if isForeignAnswer(direction) {
            leave(direction, moment, &collector)
        } else if self[beginningOf: direction].speech == .undecided {
            self[beginningOf: direction].decide(.readable)
        }
    }

    /// Whether a server began without HTTP that greets, or whose client does not speak it.
    private func isForeignAnswer(_ direction: Direction) -> Bool {
        guard direction != clientDirection, !hasHTTP else { return false }
        return isGreeted
            || self[beginningOf: clientDirection].speech == .foreign
                && self[beginningOf: direction].bytes.span.cannotBeginAnswer
    }

    /// Acts on what the first bytes of a direction tell.
    private mutating func take(
        _ guess: ProtocolGuess,
        _ direction: Direction,
        _ moment: Moment,
        _ collector: inout TraceCollector
    ) {
        // An answer to HTTP is one, however it begins.
        if direction != clientDirection, guess.reach != .end, hasHTTP || requests.isInsideMessage {
            return self[beginningOf: direction].decide(.readable)
        }
        noteGuess(guess)
        if !hasHandshake, guess.needsAnswer, direction != clientDirection {
            for direction in Direction.allCases { leave(direction, moment, &collector) }
            return
        }
        switch guess.reach {
        case .end: leave(direction, moment, &collector)
        case .connection:
            leave(direction, moment, &collector)
            leave(direction.opposite, moment, &collector)
        case .none, .greeted: decideUnnamed(direction, moment, &collector)
        }
    }

    /// Takes note of a protocol that an end speaks: what is said of HTTP from here on may be just
    /// text.
    mutating func noteGuess(_ guess: ProtocolGuess) {
        if self.guess == nil { self.guess = guess } else { self.guess?.narrow(by: guess) }
        requests.expectNoMessage()
        responses.expectNoMessage()
    }

    /// Whether a direction brings more of what a server greets with.
    private func isGreeting(_ direction: Direction) -> Bool {
        isGreeted && direction != clientDirection
            && self[beginningOf: direction].speech == .undecided
    }

    /// Whether a server says so as the first of all that is sent, or of all that was captured.
    private func isGreeting(_ direction: Direction, _ moment: Moment) -> Bool {
        hasHandshake && direction != clientDirection && !hasHTTP
            && (moment.acknowledged == 0 || moment.offset == 0)
            && self[beginningOf: clientDirection].speech == .undecided
            && self[beginningOf: clientDirection].bytes.isEmpty
    }

    /// A client may speak HTTP to a server that greets otherwise, by mistake or not.
    private mutating func judgeAnswerToGreeting(
        _ direction: Direction,
        _ moment: Moment,
        _ collector: inout TraceCollector
    ) {
        let first = self[beginningOf: direction].bytes
        if MessageRole.request.surelyBegins(first.span) {
            if self[beginningOf: direction.opposite].speech == .undecided {
                leave(direction.opposite, moment, &collector)
            }
            for direction in Direction.allCases { self[beginningOf: direction].decide(.readable) }
            renewResponses()
            return
        }
        if let guess = ProtocolGuess(first.span) { noteGuess(guess) }
        for direction in Direction.allCases { leave(direction, moment, &collector) }
    }

    /// Reads nothing of a direction any more.
    mutating func leave(
        _ direction: Direction,
        _ moment: Moment,
        _ collector: inout TraceCollector
    ) {
        let beginning = self[beginningOf: direction]
        self[beginningOf: direction].decide(.foreign)
        let nothing: [UInt8] = []
        if direction == clientDirection {
            let begin = requests.isInsideStartLine ? requestBegin ?? moment : moment
            if beginning.count > 0 { noteUnread(beginning.count, beginning.bytes, from: begin) }
            requests.switchProtocol()
            feedRequests(nothing.span, moment, &collector)
        } else {
            responses.switchProtocol()
            feedResponses(nothing.span, moment, &collector)
        }
    }

    /// Looks once more at directions that ended before anything was decided.
    mutating func judgeRest() {
        for direction in Direction.allCases where guess == nil {
            guess = ProtocolGuess(self[beginningOf: direction].bytes.span)
        }
    }

    /// As long as no message was found on a connection whose handshake was not captured, bytes that
    /// can only be the other side's messages turn the roles round.
    mutating func reconsiderRoles(
        _ direction: Direction,
        _ bytes: Span<UInt8>,
        _ moment: Moment,
        _ collector: inout TraceCollector
    ) {
        let own: MessageRole = direction == clientDirection ? .request : .response
        let other: MessageRole = own == .request ? .response : .request
        guard !requests.isInsideMessage, !responses.isInsideMessage, !own.seemsToBegin(bytes),
            other.seemsToBegin(bytes), !MessageRole.isQuotation(bytes)
        else { return }
        // The middle of a line may look like a status line: ` HTTP/1.1` behind a long target.
        let isInsideLine =
            own == .request ? requests.isInsideStartLine : responses.isInsideStartLine
        let isWhole = bytes.firstIndex(of: .lineFeed) != nil
        guard !isInsideLine && !isWhole || other.surelyBegins(bytes) else { return }
        interrupt(requests: .captureEnded, moment, &collector)
        interrupt(responses: .captureEnded, moment, &collector)
        clientDirection = clientDirection.opposite
    }
}
