import Bytes
import Findings
import HTTPWire
import Packets
import Reassembly

/// The HTTP side of one connection: a parser for each direction, and the pairs they make.
struct StreamTrace: Sendable {
    let stream: Int
    /// Which way requests go.
    var clientDirection: Direction
    /// The end that sends in the forward direction, and the other.
    let forwardSource: Endpoint
    let backwardSource: Endpoint
    let options: TracerOptions

    var requests: MessageParser
    var responses: MessageParser
    var pairer = ExchangePairer()

    /// Where the message that is being read began, and the exchange it belongs to.
    var requestBegin: Moment?
    var responseBegin: Moment?
    /// Where the first bytes since the last request began that do not look like one.
    var rejectedBegin: Moment?
    var isInterim = false
    /// Whether the capture lacks bytes of the client since its last request.
    var hasRequestGap = false
    /// Whether the last response was one without content by rule: 204, 304, or to HEAD.
    var lastResponseHasNoContent = false

    /// The frames that brought the latest bytes of each direction: a message that is ended by
    /// something else than its own bytes ended with these.
    var lastRequestFrame: FrameReference?
    var lastResponseFrame: FrameReference?

    /// How far the server's stream has been delivered, and how far the server had received the
    /// client's when it sent the last bytes of it that were captured; both in bytes.
    var serverOffset = 0
    var serverAcknowledged = 0

    /// Bytes since the last message of the server that belong to none, where an answer is due.
    var foreignStretch: ForeignStretch?

    /// Whether the last of the server's stream is a gap which no response reaches into.
    var isAnswerInGap = false

    /// The number of the stream's last finished exchange, as long as findings may be added to it.
    var lastFinished: Int?
    /// Whether segments of the connection wait for others.
    var isWaiting = false

    /// What the connection's state adds to its first exchange.
    var connectTime: Int64?
    var serverRoundTrip: Int64?
    var hasHandshake = true

    /// How often a SYN or SYN-ACK was sent again before the first exchange.
    var handshakeRepeats = 0

    /// The frame with the client's FIN, and whether a response began after it.
    var clientEnd: Int?
    var hasLateResponse = false

    /// Where the last response ended in the server's stream, where that is known.
    var lastResponseEnd = 0

    /// Since when a client that expects 100 (Continue) has sent its header section and waits; the
    /// frame with its end.
    var expecting: FrameReference?

    /// What TCP cost before there was an exchange to charge it to.
    var pendingCost = TransportCost()

    /// Since when nothing is asked and unanswered: the end of the handshake or of a response.
    var idleSince: Timestamp?
    /// What that was when the request began that is being read.
    var idleBeforeRequest: Timestamp?

    /// Where the capture's clock went back.
    var clockSteps = ClockSteps()

    /// What interrupts a parser at the moment, and whether it is a gap inside a captured frame.
    var cause: Interruption?
    var isInCutFrame = false

    /// What went over the connection since it was turned over to another protocol: one element at
    /// the most.
    var traffic: [SwitchedTraffic] = []

    /// What it speaks besides or instead of HTTP/1, by the first bytes of either end.
    var guess: ProtocolGuess?
    /// What the ends began with, that of the forward direction first.
    var beginnings: InlineArray<2, Beginning> = [Beginning(), Beginning()]
    /// The header of the PROXY protocol in front of the client's stream.
    var proxyHeader: ProxyHeader?
    /// What may become one, and how many bytes of one are passed over unread.
    var held: HeldBeginning?
    var headerBytesToCome = 0
    /// Whether the server has greeted as another protocol.
    var isGreeted = false
    /// Whether the client has sent the preface of HTTP/2, and the server has not answered it.
    var isPrefaced = false
    /// Whether it is read as HTTP whatever it looks like.
    var isForced = false
    /// Whether a message told that another protocol follows.
    var isSwitched = false
    /// Whether it told so without having been asked, so that HTTP/1 may go on all the same.
    var isSwitchDoubtful = false

    /// What the client has sent since its last request and is none.
    var unread: UnreadBytes?

    /// The bytes that belong to no message and came before the first.
    var earlyUnclaimed: UnclaimedBytes?

    /// What its messages that are not over take of memory, as far as the collector counts it.
    var countedFootprint = 0

    /// Bytes delivered; those that belong to no message; those of another protocol.
    var delivered = 0
    var unclaimed = 0
    var switched = 0

    /// Conflicts between bytes that came again and those that were taken, which are not noted yet.
    var conflicts: [(direction: Direction, conflict: OverlapConflict)] = []

    init(_ opening: StreamOpening, behind finishedExchanges: Int, options: TracerOptions) {
        stream = opening.stream
        forwardSource = opening.forwardSource
        backwardSource = opening.backwardSource
        clientDirection = opening.clientDirection
        self.options = options
        requests = MessageParser(role: .request, limits: options.parserLimits)
        responses = MessageParser(role: .response, limits: options.parserLimits)
        hasHandshake = opening.hasHandshake
        isWaiting = opening.isWaiting
        // Clocks may run backwards.
        connectTime = opening.connectTime.flatMap { $0 < 0 ? nil : $0 }
        serverRoundTrip = opening.serverRoundTrip.flatMap { $0 < 0 ? nil : $0 }
        idleSince = opening.establishedTime
        handshakeRepeats = opening.handshakeRepeats
        pairer.nextIndex = finishedExchanges
        if opening.isForced {
            takeAsHTTP()
        } else if !hasHandshake {
            requests.expectNoMessage(isPlaceLost: true)
            responses.expectNoMessage(isPlaceLost: true)
        }
        responses.watchesBothSides = true
        for gap in opening.earlyGaps { noteEarlyGap(gap) }
    }

    /// Takes everything as HTTP whatever it looks like: somebody knows that it is.
    private mutating func takeAsHTTP() {
        isForced = true
        requests.acceptsAnyLine = true
        responses.acceptsAnyLine = true
    }

    /// Takes note of bytes that were sent before all that was captured.
    private mutating func noteEarlyGap(_ gap: EarlyGap) {
        pairer.pendingFindings.note(Finding(FindingCode(gap.cause)), folding: true)
        // No parser has anything to say of it yet.
        if gap.direction == clientDirection {
            _ = requests.interrupt(.gap(gap.length))
            noteLostRequests(from: 0, .nextMessage)
        } else {
            _ = responses.interrupt(.gap(gap.length))
            noteLostResponses(0..<gap.length, .nextMessage)
        }
    }

    var client: Endpoint { clientDirection == .forward ? forwardSource : backwardSource }
    var server: Endpoint { clientDirection == .forward ? backwardSource : forwardSource }

    /// Whether anything on the connection was read as HTTP.
    var hasHTTP: Bool { pairer.count > 0 }

    /// Whether a message or an exchange has begun and not ended.
    var isPending: Bool {
        !pairer.positions.isEmpty || requests.isInsideMessage || responses.isInsideMessage
    }

    /// Takes the next bytes of a direction; `moment` is that of the first of them.
    mutating func feed(
        _ direction: Direction,
        _ bytes: Span<UInt8>,
        _ moment: Moment,
        _ collector: inout TraceCollector
    ) {
        delivered += bytes.count
        if clockSteps.note(moment.arrival) { idleSince = nil }
        if self[beginningOf: direction].speech == .readable {
            read(direction, bytes, moment, &collector)
        } else {
            feedBeginning(direction, bytes, moment, &collector)
        }
    }

    /// Reads bytes of a direction as HTTP.
    mutating func read(
        _ direction: Direction,
        _ bytes: Span<UInt8>,
        _ moment: Moment,
        _ collector: inout TraceCollector
    ) {
        if !hasHandshake, !hasHTTP, !isForced, !isSwitched {
            reconsiderRoles(direction, bytes, moment, &collector)
        }
        if collector.cutRecorder != nil { noteSegment(direction, at: moment.offset, &collector) }
        if direction == clientDirection {
            feedRequests(bytes, moment, &collector)
        } else {
            feedResponses(bytes, moment, &collector)
        }
    }

    /// Takes note of bytes that were sent and are not in the capture.
    mutating func skip(
        _ direction: Direction,
        length: Int,
        cause: GapCause,
        _ moment: Moment,
        _ collector: inout TraceCollector
    ) {
        noteGap(Finding(FindingCode(cause)), direction, &collector)
        // Of a frame that was cut it is known when its bytes came.
        isInCutFrame = cause == .cutFrame
        defer { isInCutFrame = false }
        // A message that the gap ends was there before it, and so was its request.
        if direction == clientDirection {
            let reach = reach(of: requests, length)
            if !traffic.isEmpty { traffic[0].client.frames?.skip(length) }
            interrupt(requests: .gap(length), moment, &collector)
            noteLostRequests(from: moment.offset, reach)
        } else {
            let reach = reach(of: responses, length)
            isAnswerInGap = reach == .nextMessage || !responses.isInsideMessage
            if !traffic.isEmpty { traffic[0].server.frames?.skip(length) }
            interrupt(responses: .gap(length), moment, &collector)
            noteLostResponses(moment.offset..<moment.offset + length, reach)
        }
    }

    /// Draws from missing bytes of the client what requests they may have held.
    private mutating func noteLostRequests(from begin: Int, _ reach: GapReach) {
        hasRequestGap = true
        pairer.doubt.noteRequestGap(from: begin, reach)
    }

    /// Draws from missing bytes of the server what responses they may have held.
    private mutating func noteLostResponses(_ bytes: Range<Int>, _ reach: GapReach) {
        serverOffset = bytes.upperBound
        pairer.noteGap(bytes)
        pairer.doubt.noteResponseGap(reach)
    }

    /// How far a gap reaches; what is missing of a frame is taken to be of the message that its first
    /// bytes are of, as long as nothing speaks against it.
    private func reach(of parser: MessageParser, _ length: Int) -> GapReach {
        let reach = parser.reach(ofGap: length)
        return reach == .unknown && isInCutFrame ? .sameMessage : reach
    }

    /// Notes missing bytes with the message they are of, else with the exchange that waits for them,
    /// else with one that is open, else with the next: the bytes lie behind all messages that are
    /// over.
    private mutating func noteGap(
        _ finding: Finding,
        _ direction: Direction,
        _ collector: inout TraceCollector
    ) {
        let position =
            direction == clientDirection
            ? pairer.requestPosition : pairer.responsePosition ?? pairer.firstUnanswered()
        if position ?? pairer.positions.last != nil {
            noteStreamFinding(finding, at: position, &collector)
        } else {
            pairer.pendingFindings.note(finding, folding: true)
        }
    }

    /// Hands over the exchanges that are finished.
    mutating func settle(_ collector: inout TraceCollector) {
        if !conflicts.isEmpty { noteConflicts(&collector) }
        while let item = pairer.takeSettled() {
            complete(item, &collector.exchanges[item.slot])
            seal(&collector)
            lastFinished = collector.finish(item.slot)
        }
        if let last = lastFinished { lastFinished = collector.await(last, isUndecided) }
    }

    /// Whether there are bytes behind the last finished exchange of which it is open what they are.
    var isUndecided: Bool {
        isWaiting || requests.isInsideStartLine || responses.isInsideStartLine
            || !pairer.pendingFindings.isEmpty
    }

    /// Lets the last finished exchange go out: what comes is about others.
    mutating func seal(_ collector: inout TraceCollector) {
        if let lastFinished { collector.seal(lastFinished) }
        lastFinished = nil
    }
}
