internal import Bytes
internal import Findings
internal import HTTPWire

/// The server's side of one connection, without a socket: bytes in, actions out.
///
/// | state | goes on with | to |
/// |---|---|---|
/// | reading | a request is whole, ended by silence or by the client's half close | performing |
/// | reading | a request is refused, or took too long | closed |
/// | performing | ``answer(_:)`` | answering |
/// | answering | the response is handed out | reading, or closed if it is the last |
///
/// Requests that are sent without waiting are answered in order. What is answered depends on the
/// bytes and on silence, never on how the bytes were cut.
///
/// Silence: a request whose header section has only whole lines and no blank line yet counts as
/// whole after a short time without another byte. The third request of the report is such a one.
/// Without a Host it is not whole in standard mode: it has the time that any other request has.
package struct ServerSession: Sendable {
    private enum State {
        case reading
        case performing
        case answering(Answer)
        case closed
    }

    private let encoder: ResponseEncoder
    private let limits: ServerLimits
    private let hosts: ServedHosts
    private var state = State.reading
    private var parser: MessageParser
    private var ready: [ServerAction] = []

    /// The bytes that the parser reads; a new array only when it has consumed all of them.
    private var input: [UInt8] = []
    private var position = 0
    private var backlog: [UInt8] = []
    private var interruption: Interruption?
    private var isInputOver = false

    private var request = RequestInProgress()
    private var isLast: Bool
    /// How many requests were carried out or refused.
    package private(set) var answeredCount = 0

    /// Creates the session of a connection that was just accepted.
    package init(
        encoder: ResponseEncoder,
        limits: ServerLimits = ServerLimits(),
        hosts: ServedHosts = .everything
    ) {
        self.encoder = encoder
        self.limits = limits
        self.hosts = hosts
        // The report's server answers once and closes: its responses have no other end.
        isLast = encoder.wire == .report
        var parserLimits = ParserLimits()
        parserLimits.headerSection = limits.headerSection
        parser = MessageParser(role: .request, limits: parserLimits)
    }

    /// What it waits for once ``nextAction(at:)`` answers `nil`.
    package var wait: ServerWait {
        switch state {
        case .closed: .nothing
        case .performing, .answering: .answer
        case .reading where parser.isAwaitingFieldLine && mayBeWhole: .blankLine
        case .reading where parser.isInsideMessage || !request.isBlank: .more
        case .reading: .request
        }
    }

    /// Whether nothing of a request has come since the last answer.
    package var isIdle: Bool {
        wait == .request && request.isBlank && position == input.count && backlog.isEmpty
            && ready.isEmpty
    }

    /// How many bytes of content it keeps of the request that is under way.
    package var contentCount: Int { request.content.count }

    /// Takes the next bytes of the connection.
    package mutating func receive(_ bytes: Span<UInt8>) {
        if case .closed = state { return }
        backlog.append(copying: bytes)
    }

    /// Takes note that the client sends nothing more; it still gets its answers.
    package mutating func inputEnded() {
        isInputOver = true
    }

    /// Takes note that the connection has been silent for the short time after which a request
    /// that lacks only its blank line counts as whole; of no effect otherwise.
    package mutating func silence() {
        guard wait == .blankLine, position == input.count, backlog.isEmpty else { return }
        interruption = .idle
    }

    /// Takes note that the client took too long: a request that has begun gets 408.
    package mutating func timeOut(at time: WallTime) {
        guard case .reading = state else { return }
        if !request.isBlank {
            refuse(Answer(.requestTimeout, "The request did not come to its end."), at: time)
        } else {
            close()
        }
    }

    /// Closes after the request that is under way, or at once if there is none.
    package mutating func finish() {
        isLast = true
        if isIdle { close() }
    }

    /// Answers `answer` to whatever the client may ask, and closes.
    package mutating func decline(_ answer: Answer, at time: WallTime) {
        guard case .reading = state else { return }
        refuse(answer, at: time)
    }

    /// Takes the answer to the request of the last ``ServerAction/perform(_:)``.
    package mutating func answer(_ answer: Answer) {
        guard case .performing = state else { return }
        state = .answering(answer)
    }

    /// What is to be done next, or `nil` if the session waits; `time` is for the Date field.
    package mutating func nextAction(at time: WallTime) -> ServerAction? {
        while ready.isEmpty {
            switch state {
            case .closed, .performing: return nil
            case .answering(let answer): respond(answer, at: time)
            case .reading: if !readOn(at: time) { return nil }
            }
        }
        return ready.removeFirst()
    }

    /// Whether the request that is read could be carried out if only the blank line were added.
    ///
    /// One that still lacks its Host may come from somebody who types, or line by line.
    private var mayBeWhole: Bool {
        encoder.wire == .report
            || !RequestCheck(parser.head, framing: parser.framing).lacksHost
    }

    /// Takes one event further and answers whether there was something to do.
    private mutating func readOn(at time: WallTime) -> Bool {
        let start = position
        // A span of the property itself would keep all of `self` borrowed.
        let bytes = input
        let event = parser.next(in: bytes.span, at: &position)
        request.note(input[start..<position], content: event?.contentLength ?? 0)
        if request.isSectionLonger(than: limits.headerSection) {
            refuse(tooLong, at: time)
        } else if let event {
            take(event, at: time)
        } else if !backlog.isEmpty {
            input = backlog
            position = 0
            backlog = []
        } else {
            return interrupt(at: time)
        }
        return true
    }

    private mutating func interrupt(at time: WallTime) -> Bool {
        guard let cause = interruption ?? (isInputOver ? .endOfStream : nil) else { return false }
        if let event = parser.interrupt(cause) {
            take(event, at: time)
        } else if isInputOver {
            close()
        } else {
            interruption = nil
        }
        return true
    }

    private mutating func take(_ event: MessageEvent, at time: WallTime) {
        switch event {
        case .begin: request = RequestInProgress(logLimit: limits.loggedRequest)
        case .unclaimed:
            // Line ends between requests are ignored (RFC 9112 §2.2).
            if !request.isBlank { refuseUnclaimed(at: time) }
        case .head: takeHead(at: time)
        case .heldContent: break
        case .content(let range):
            request.content += input[range]
            if request.content.count > limits.content {
                refuse(RequestCheck.contentTooLarge(limits), at: time)
            }
        case .end(let isComplete): takeEnd(isComplete: isComplete, at: time)
        case .switched: refuse(FileService.versionRefusal, at: time)
        }
    }

    private mutating func refuseUnclaimed(at time: WallTime) {
        var position = 0
        let isPreface = parser.next(in: Span(), at: &position) == .switched
        refuse(isPreface ? FileService.versionRefusal : RequestCheck.notARequest, at: time)
    }

    private mutating func takeHead(at time: WallTime) {
        let check = RequestCheck(parser.head, framing: parser.framing)
        request.takeHead(version: check.version, isHead: check.isHead)
        let refusal = check.refusal(wire: encoder.wire, limits: limits)
        if let refusal = refusal ?? RequestOrigin(of: parser.head, at: hosts).refusal {
            refuse(refusal, at: time)
        } else if check.expectsContinue && encoder.wire == .standard {
            ready.append(.send(ResponseEncoder.continue))
        }
    }

    private mutating func takeEnd(isComplete: Bool, at time: WallTime) {
        let check = RequestCheck(parser.head, framing: parser.framing)
        if let refusal = check.refusalAtEnd(isComplete: isComplete, wire: encoder.wire) {
            refuse(refusal, at: time)
        } else {
            // After a request without end nobody knows what the next bytes would belong to.
            perform(isLast: !isComplete || check.asksToClose || check.closesByVersion)
        }
    }

    /// The answer to a section beyond the limit: the parser has not come to its end, so there is no
    /// finding yet that would say so.
    private var tooLong: Answer {
        let code = FindingCode.headerSectionTooLarge
        let line = parser.head.startLine.line
        let isLineTooLong =
            line.upperBound > limits.headerSection
            || parser.head.findings.contains { $0.code == code && $0.bytes == line }
        let isTarget = !request.hasHead && (parser.isInsideStartLine || isLineTooLong)
        return Answer(
            isTarget ? .targetTooLong : .headerSectionTooLarge,
            "\(code.rawValue): \(code.entry.sentence)"
        )
    }

    private mutating func perform(isLast: Bool) {
        if isLast || answeredCount + 1 >= limits.requests { self.isLast = true }
        let check = RequestCheck(parser.head, framing: parser.framing)
        request.isSimple = check.isSimple && encoder.wire == .standard
        state = .performing
        let data = request.content.isEmpty ? check.dataField : request.content
        let hasField = request.content.isEmpty && !data.isEmpty
        ready.append(
            .perform(
                FileRequest(
                    method: check.method,
                    target: check.target,
                    version: check.version,
                    data: data,
                    source: hasField ? .field : check.statesContent ? .content : .absent,
                    fields: encoder.wire == .standard ? check.actedOnFields : nil
                )
            )
        )
    }

    private mutating func refuse(_ answer: Answer, at time: WallTime) {
        isLast = true
        respond(answer, at: time)
    }

    private mutating func respond(_ answer: Answer, at time: WallTime) {
        let bytes = encoder.encode(
            answer,
            version: request.version,
            isHead: request.isHead,
            isSimple: request.isSimple,
            closes: isLast,
            at: time
        )
        ready.append(.send(bytes))
        if !request.isHead, encoder.wire == .standard {
            for piece in answer.pieces {
                switch piece {
                case .bytes(let bytes): ready.append(.send(bytes))
                case .file(let file, let range): ready.append(.sendFile(file, range))
                }
            }
        }
        ready.append(.log(request.logEntry(answer.status)))
        request = RequestInProgress(logLimit: limits.loggedRequest)
        answeredCount += 1
        state = .reading
        if isLast { close() }
    }

    private mutating func close() {
        ready.append(.close)
        state = .closed
        input = []
        backlog = []
        position = 0
    }
}

extension MessageEvent {
    fileprivate var contentLength: Int? {
        if case .content(let range) = self { range.count } else { nil }
    }
}
