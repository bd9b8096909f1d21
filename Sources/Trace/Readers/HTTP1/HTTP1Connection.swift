import Bytes
import Findings
import HTTPWire
import Packets
import Reassembly

/// The HTTP side of one connection: a parser for each direction, and the pairs they make.
struct HTTP1Connection: Sendable {
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

    /// Whether a gap of the server's stream lies behind its last response, and outside of it.
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

    /// The client's FIN, and whether a response began after it.
    var clientEnd: StreamEnd?
    var hasLateResponse = false

    /// What has ended the connection so far.
    var endingFrames = EndingFrames()

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

    /// Where the latest frame of the client ends in a cut: how far the server's stream had come by
    /// then, in bytes; and whether the server's latest does.
    var cutRequestFrame: Int?
    var isBehindCutResponse = false

    /// What went over the connection since it was turned over to another protocol: one element at
    /// the most.
    var traffic: [SwitchedTraffic] = []

    /// What it speaks besides or instead of HTTP/1, by the first bytes of either end.
    var guess: ProtocolGuess?
    /// What the ends began with, that of the forward direction first.
    var beginnings: InlineArray<2, Beginning> = [Beginning(), Beginning()]
    /// Reads what a client of TLS says in clear: one element at the most, and none elsewhere.
    var clientHello: [ClientHelloReader] = []
    /// The header of the PROXY protocol in front of the client's stream.
    var proxyHeader: ProxyHeader?
    /// What may become one, and how many bytes of one are passed over unread.
    var held: HeldBeginning?
    var headerBytesToCome = 0
    /// What is read only if it is answered in HTTP.
    var withheld: WithheldTalk?
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

    /// Whether the request that is being read has had its final response.
    var isAnsweredEarly = false
    /// What may be content of that request, or the next: one element at the most, kept apart so that
    /// other streams stay small.
    var disputed: [DisputedContent] = []

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
        responses = Self.responseParser(options)
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
        for gap in opening.earlyGaps { noteEarlyGap(gap) }
    }

    /// Takes everything as HTTP whatever it looks like: somebody knows that it is.
    private mutating func takeAsHTTP() {
        isForced = true
        requests.acceptsAnyLine = true
        responses.acceptsAnyLine = true
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
