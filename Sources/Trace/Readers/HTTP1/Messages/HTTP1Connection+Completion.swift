import Bytes
import Findings
import HTTPWire
import Packets
import Reassembly

extension HTTP1Connection {
    /// Opens an exchange with what is known of every exchange of the stream; answers its slot.
    mutating func openExchange(_ exchanges: inout ExchangeStore) -> Int {
        let slot = exchanges.open(stream: facts.stream)
        if pairer.count == 0 {
            exchanges[slot].timing.connect = facts.connectTime
            exchanges[slot].timing.serverRoundTrip = facts.serverRoundTrip
            if facts.handshakeRepeats > 0 {
                let finding = Finding(.handshakeRepeated, occurrences: facts.handshakeRepeats)
                exchanges[slot].findings.note(finding)
            }
            if !facts.hasHandshake {
                exchanges[slot].findings.note(Finding(.missingHandshake))
            } else if let earlyUnclaimed = account.earlyUnclaimed {
                let finding = Finding(
                    .bytesBeforeMessage,
                    detail: .unclaimed(earlyUnclaimed)
                )
                exchanges[slot].findings.note(finding)
            }
        }
        if !aftermath.pendingCost.isZero {
            exchanges[slot].transport = aftermath.pendingCost
            aftermath.pendingCost = TransportCost()
        }
        guard !pairer.pendingFindings.isEmpty else { return slot }
        for finding in pairer.pendingFindings {
            exchanges[slot].findings.note(finding, folding: true)
        }
        pairer.pendingFindings.removeAll(keepingCapacity: true)
        return slot
    }

    /// Works out what can be said of an exchange only once it is over.
    func complete(_ item: OpenExchange, _ exchange: inout Exchange) {
        exchange.index = item.index
        exchange.absence = item.absence
        exchange.client = facts.client
        exchange.server = facts.server
        if let proxyHeader = choice.proxyHeader { exchange.proxyHeaders = [proxyHeader] }
        applyPairRules(&exchange)
        noteEnds(with: &exchange)
        exchange.measure()
        if exchange.timing.waited != nil, !exchange.hasWaitedInVain {
            exchange.timing.waited = nil
        }
        if !waits.clockSteps.isEmpty { exchange.forgetTimes(across: waits.clockSteps) }
    }

    private func applyPairRules(_ exchange: inout Exchange) {
        switch (exchange.hasRequest, exchange.hasResponse) {
        case (true, false):
            if isAfterClose(exchange) { exchange.findings.note(Finding(.requestAfterClose)) }
            exchange.findings.note(Finding(.requestWithoutResponse))
        case (false, true) where exchange.absence == .requestNotHTTP: break
        case (false, true): exchange.findings.note(Finding(.responseWithoutRequest))
        case (true, true):
            let request = exchange.heldRequest.head.startLine.protocolVersion
            let response = exchange.heldResponse.head.startLine.protocolVersion
            if request.differs(from: response) { exchange.findings.note(Finding(.versionMismatch)) }
            exchange.checkForOldClient()
            exchange.absence = nil
        case (false, false): break
        }
        if exchange.hasResponse { exchange.heldResponse.checkResetContent() }
    }
}

extension Exchange {
    /// Works out what the times of its messages tell.
    mutating func measure() {
        var (asked, sent): (Timestamp?, Timestamp?)
        if hasRequest {
            asked = heldRequest.time
            if heldRequest.isEndKnown { sent = heldRequest.endTime }
            timing.send = Timing.span(from: asked, to: sent)
        }
        guard hasResponse else { return }
        let answered = heldResponse.time
        let ended = heldResponse.isEndKnown ? heldResponse.endTime : nil
        timing.wait = Timing.span(from: sent, to: answered)
        timing.firstByte = Timing.span(from: asked, to: answered)
        timing.receive = Timing.span(from: answered, to: ended)
        timing.total = Timing.span(from: asked, to: ended).map { max($0, timing.send ?? 0) }
    }

    /// Whether something is missing of it in the capture alone.
    var isCutByCapture: Bool {
        findings.contains { $0.code == .captureGap || $0.code == .frameCutBySnaplen }
    }

    /// Whether the response is missing or cut short, and not only in the capture.
    var hasWaitedInVain: Bool {
        if isCutByCapture { return false }
        return hasResponse
            ? heldResponse.isCutOff
            : absence == .connectionClosed || absence == .connectionReset
                || absence == .responseNotRecognized
    }

    /// Takes back what the times tell where the clock went back between them.
    fileprivate mutating func forgetTimes(across steps: ClockSteps) {
        var frames: [Int] = []
        if hasRequest { frames += [heldRequest.firstFrame, heldRequest.lastFrame] }
        if hasResponse { frames += [heldResponse.firstFrame, heldResponse.lastFrame] }
        guard let first = frames.min(), let last = frames.max(), steps.divide(first, last) else {
            return
        }
        timing.waited = nil
        findings.note(Finding(.clockWentBack))
        if hasRequest, steps.divide(heldRequest.firstFrame, heldRequest.lastFrame) {
            timing.send = nil
        }
        guard hasResponse else { return }
        if steps.divide(heldResponse.firstFrame, heldResponse.lastFrame) { timing.receive = nil }
        guard hasRequest else { return }
        let (asked, answered) = (heldRequest.firstFrame, heldResponse.firstFrame)
        if steps.divide(heldRequest.lastFrame, answered) { timing.wait = nil }
        if steps.divide(asked, answered) { timing.firstByte = nil }
        if steps.divide(asked, heldResponse.lastFrame) { timing.total = nil }
    }
}

extension ProtocolVersion {
    /// Whether two messages speak different major versions.
    fileprivate func differs(from other: ProtocolVersion) -> Bool {
        switch (self, other) {
        case (.http1, .http1), (.missing, _), (_, .missing), (.invalid, _), (_, .invalid): false
        case (.other(let one), .other(let two)): one != two
        case (.http1, .other), (.other, .http1): true
        }
    }
}

extension Message {
    /// Whether it ended before its framing says, at a place that is known.
    var isCutOff: Bool { !isComplete && isEndKnown }

    /// Notes content in a response that has none by rule, however it is framed (RFC 9110 §15.3.6).
    fileprivate mutating func checkResetContent() {
        guard head.startLine.statusCode == 205, contentLength > 0 else { return }
        let status = head.startLine.status
        head.findings.note(Finding(.contentInBodylessResponse, bytes: status))
    }

    /// A message that begins at `moment`, behind blank lines of this length.
    init(begin moment: Moment, behind blankLines: Int) {
        self.init()
        begin(moment, behind: blankLines)
    }

    mutating func begin(_ moment: Moment, behind blankLines: Int) {
        let frame = moment.frame
        streamOffset = moment.offset - blankLines
        firstFrame = frame.number
        lastFrame = frame.number
        time = frame.timestamp
        endTime = frame.timestamp
    }

    /// Counts content, and keeps it as far as `limit` allows; answers how many bytes are kept.
    mutating func add(_ bytes: Span<UInt8>, limit: Int) -> Int {
        contentLength += bytes.count
        let kept = min(limit - content.count, bytes.count)
        guard kept > 0 else { return 0 }
        content.append(copying: bytes.extracting(0..<kept))
        return kept
    }

    /// Ends with the message that `parser` has read, whose head it takes over.
    mutating func end(
        _ parser: inout MessageParser,
        _ isComplete: Bool,
        isEndKnown: Bool,
        _ frame: FrameReference
    ) {
        parser.swapHead(&head)
        framing = parser.message.progress.framing
        wireLength = parser.message.progress.offset
        self.isComplete = isComplete
        self.isEndKnown = isEndKnown
        lastFrame = frame.number
        endTime = frame.timestamp
    }
}
