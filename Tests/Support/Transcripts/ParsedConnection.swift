package import HTTPWire

/// Both directions of a connection, parsed side by side: a response is told what it answers, and a
/// request is ended by its answer, as a tracer does it.
package struct ParsedConnection: Sendable {
    package private(set) var log = WireLog()
    private var client: ParsedDirection
    private var server: ParsedDirection
    /// What the requests ask whose final responses have not begun, in order.
    private var unanswered: [AnsweredRequest] = []
    /// Whether 100 was the answer so far.
    private var hasContinued = false

    package init(limits: ParserLimits = ParserLimits()) {
        client = ParsedDirection(.client, limits: limits)
        server = ParsedDirection(.server, limits: limits)
    }

    private subscript(side: WireSide) -> ParsedDirection {
        get { side == .client ? client : server }
        set { if side == .client { client = newValue } else { server = newValue } }
    }

    /// Feeds the next bytes of a side.
    package mutating func feed(_ side: WireSide, _ bytes: [UInt8]) {
        var position = 0
        while true {
            let event =
                side == .client
                ? client.parser.next(in: bytes.span, at: &position)
                : server.parser.next(in: bytes.span, at: &position)
            guard let event else { break }
            take(event, side, bytes, position)
        }
        if position != bytes.count { log.append(.broken("stops at byte \(position)"), side) }
        self[side].advance(by: bytes.count)
    }

    /// Interrupts the parser of a side.
    package mutating func interrupt(_ side: WireSide, _ cause: Interruption) {
        while let event = self[side].parser.interrupt(cause) { take(event, side, [], 0) }
        if case .gap(let length) = cause { self[side].advance(by: length, isGap: true) }
        // A gap may have ended exactly where the content does.
        feed(side, [])
    }

    /// Ends both sides; every byte must be accounted for.
    package mutating func finish() {
        for side in [WireSide.client, .server] {
            interrupt(side, .captureEnded)
            self[side].checkWholeAccount(to: &log)
        }
    }

    private mutating func take(
        _ event: MessageEvent,
        _ side: WireSide,
        _ bytes: [UInt8],
        _ position: Int
    ) {
        if side == .server, event == .head { answer() }
        switch side {
        case .client: client.log(event, bytes.span, position, to: &log)
        case .server: server.log(event, bytes.span, position, to: &log)
        }
        switch (side, event) {
        case (.client, .head): unanswered.append(client.parser.answered)
        case (.server, .begin):
            if waiting == .withoutVersion { server.parser.answering = .withoutVersion }
        case (.server, .end): endResponse()
        default: break
        }
    }

    /// What the next response answers, as far as it can be told.
    private var waiting: AnsweredRequest? {
        if let first = unanswered.first { return first }
        guard client.parser.isAwaitingFieldLine else { return nil }
        return client.parser.answered
    }

    /// Finds the request that a response answers.
    private mutating func answer() {
        let status = server.parser.head.startLine.statusCode ?? 0
        let isInterim = 100..<200 ~= status && status != 101
        if !isInterim, unanswered.isEmpty {
            if client.parser.isInsideHead {
                interrupt(.client, .peerAnswered)
            } else if let reclaimed = client.parser.reclaim(isNamed: false) {
                if reclaimed.count > 0 { log.append(.reclaimed(reclaimed.count), .client) }
                client.reclaim(reclaimed.count, rest: reclaimed.rest.count)
                feed(.client, reclaimed.rest)
                if client.parser.isInsideHead { interrupt(.client, .peerAnswered) }
            }
        }
        server.parser.answering = unanswered.first ?? .ordinary
        if !isInterim, !unanswered.isEmpty { unanswered.removeFirst() }
    }

    private mutating func endResponse() {
        if server.parser.framing == .switched { return switchProtocol() }
        let status = server.parser.head.startLine.statusCode
        if status == 100 { hasContinued = true }
        // What was answered last is the request that is still being read, if one is.
        let isInterim = status.map { 100..<200 ~= $0 } ?? false
        if !isInterim, unanswered.isEmpty, !hasContinued { client.parser.noteFinalResponse() }
        if !isInterim { hasContinued = false }
    }

    private mutating func switchProtocol() {
        client.parser.switchProtocol()
        server.parser.switchProtocol()
        log.append(.switched, .server)
        feed(.client, [])
        feed(.server, [])
    }
}

extension MessageParser {
    /// What a response to the request at hand has to be told.
    fileprivate var answered: AnsweredRequest {
        if head.startLine.protocolVersion == .missing { return .withoutVersion }
        switch Array(head.bytes[head.startLine.method]) {
        case Array("HEAD".utf8): return .head
        case Array("CONNECT".utf8): return .connect
        default: return .ordinary
        }
    }
}
