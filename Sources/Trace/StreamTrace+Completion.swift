import Bytes
import Findings
import HTTPWire
import Packets
import Reassembly

extension StreamTrace {
    /// An exchange with what is known of every exchange of the stream.
    mutating func newExchange() -> Exchange {
        var exchange = Exchange(stream: stream, index: 0, client: client, server: server)
        if pairer.count == 0 {
            exchange.timing.connect = connectTime
            if !hasHandshake { exchange.findings.note(Finding(.missingHandshake)) }
        }
        for finding in pairer.pendingFindings { exchange.findings.note(finding, folding: true) }
        pairer.pendingFindings.removeAll(keepingCapacity: true)
        return exchange
    }

    /// Works out what can be said of an exchange only once it is over.
    func complete(_ exchange: inout Exchange) {
        applyPairRules(&exchange)
        guard let request = exchange.request, let response = exchange.response else { return }
        exchange.timing.firstByte = response.time.nanoseconds(since: request.time)
        exchange.timing.total = response.endTime.nanoseconds(since: request.time)
    }

    private func applyPairRules(_ exchange: inout Exchange) {
        switch (exchange.request, exchange.response) {
        case (.some, nil): exchange.findings.note(Finding(.requestWithoutResponse))
        case (nil, .some): exchange.findings.note(Finding(.responseWithoutRequest))
        case (let request?, let response?):
            if request.head.startLine.differsInVersion(from: response.head.startLine) {
                exchange.findings.note(Finding(.versionMismatch))
            }
            exchange.absence = nil
        case (nil, nil): break
        }
    }
}

extension StartLine {
    /// Whether two messages speak different major versions.
    fileprivate func differsInVersion(from other: StartLine) -> Bool {
        switch (protocolVersion, other.protocolVersion) {
        case (.http1, .http1), (.missing, _), (_, .missing), (.invalid, _), (_, .invalid): false
        case (.other(let one), .other(let two)): one != two
        case (.http1, .other), (.other, .http1): true
        }
    }
}

extension OpenExchange {
    init(_ exchange: Exchange) { self.exchange = exchange }
}

extension Message {
    init(begin frame: FrameReference) {
        firstFrame = frame.number
        lastFrame = frame.number
        time = frame.timestamp
        endTime = frame.timestamp
    }

    /// Counts content, and keeps it as far as `limit` allows.
    mutating func add(_ bytes: Span<UInt8>, limit: Int) {
        contentLength += bytes.count
        let room = limit - content.count
        if room > 0 { content.append(copying: bytes.extracting(0..<min(room, bytes.count))) }
    }

    mutating func end(
        _ head: consuming MessageHead,
        _ framing: ContentFraming,
        _ isComplete: Bool,
        _ frame: FrameReference
    ) {
        self.head = head
        self.framing = framing
        self.isComplete = isComplete
        lastFrame = frame.number
        endTime = frame.timestamp
    }
}
