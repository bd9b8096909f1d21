import Bytes
import Findings
import HTTPWire
import Packets
import Reassembly

/// The HTTP/1 side of one connection: the messages of each direction, and the pairs they make.
struct HTTP1Connection: ~Copyable, Sendable {
    let options: TracerOptions
    var facts: ConnectionFacts

    var requests: MessageFlow
    var responses: MessageFlow
    var pairer = ExchangePairer()

    /// What the connection speaks, by its first bytes and by what its messages told.
    var choice = ProtocolChoice()
    var switching = ProtocolSwitching()

    var earlyAnswer = EarlyAnswer()
    var waits = MessageWaits()
    var ending = ConnectionEnding()
    var account = ByteAccount()
    var aftermath: Aftermath

    init(_ opening: StreamOpening, behind finishedExchanges: Int, options: TracerOptions) {
        self.options = options
        facts = ConnectionFacts(opening)
        requests = MessageFlow(MessageParser(role: .request, limits: options.parserLimits))
        responses = MessageFlow(Self.responseParser(options))
        aftermath = Aftermath(isWaiting: opening.isWaiting)
        waits.idleSince = opening.establishedTime
        pairer.nextIndex = finishedExchanges
        if opening.isForced {
            readAnything()
        } else if !facts.hasHandshake {
            requests.parser.expectNoMessage(isPlaceLost: true)
            responses.parser.expectNoMessage(isPlaceLost: true)
        }
        for gap in opening.earlyGaps { noteEarlyGap(gap) }
    }

    /// Reads everything as HTTP whatever it looks like: somebody knows that it is.
    private mutating func readAnything() {
        choice.isForced = true
        requests.parser.acceptsAnyLine = true
        responses.parser.acceptsAnyLine = true
    }

    /// Whether anything on the connection was read as HTTP.
    var hasHTTP: Bool { pairer.count > 0 }

    /// Whether a message or an exchange has begun and not ended.
    var isPending: Bool {
        !pairer.positions.isEmpty || requests.parser.isInsideMessage
            || responses.parser.isInsideMessage
    }

    /// Takes the next bytes of a direction; `moment` is that of the first of them.
    mutating func feed(
        _ direction: Direction,
        _ bytes: Span<UInt8>,
        _ moment: Moment,
        _ assembler: inout ExchangeAssembler
    ) {
        account.counts.delivered += bytes.count
        waits.note(moment.arrival)
        if choice[beginningOf: direction].speech == .readable {
            read(direction, bytes, moment, &assembler)
        } else {
            feedBeginning(direction, bytes, moment, &assembler)
        }
    }

    /// Reads bytes of a direction as HTTP.
    mutating func read(
        _ direction: Direction,
        _ bytes: Span<UInt8>,
        _ moment: Moment,
        _ assembler: inout ExchangeAssembler
    ) {
        if !facts.hasHandshake, !hasHTTP, !choice.isForced, !switching.isSwitched {
            reconsiderRoles(direction, bytes, moment, &assembler)
        }
        if assembler.cutRecorder != nil { noteSegment(direction, at: moment.offset, &assembler) }
        if direction == facts.clientDirection {
            feedRequests(bytes, moment, &assembler)
        } else {
            feedResponses(bytes, moment, &assembler)
        }
    }

    /// Hands over the exchanges that are finished.
    mutating func settle(_ assembler: inout ExchangeAssembler) {
        if !aftermath.conflicts.isEmpty { noteConflicts(&assembler) }
        while let item = pairer.takeSettled() {
            complete(item, &assembler.exchanges[item.slot])
            seal(&assembler)
            aftermath.lastFinished = assembler.finish(item.slot)
        }
        if let last = aftermath.lastFinished {
            aftermath.lastFinished = assembler.await(last, isUndecided)
        }
    }

    /// Whether there are bytes behind the last finished exchange of which it is open what they are.
    var isUndecided: Bool {
        aftermath.isWaiting || requests.parser.isInsideStartLine
            || responses.parser.isInsideStartLine
            || !pairer.pendingFindings.isEmpty
    }

    /// Lets the last finished exchange go out: what comes is about others.
    mutating func seal(_ assembler: inout ExchangeAssembler) {
        if let last = aftermath.lastFinished { assembler.seal(last) }
        aftermath.lastFinished = nil
    }
}
