internal import Bytes
package import Findings
package import HTTPWire

/// A message that was expected, and came.
package struct PlayedMessage: Sendable, Hashable {
    package var role: MessageRole
    /// Method and target of a request; empty for a response.
    package var method = ""
    package var target = ""
    /// The status code of a response; `nil` where there is none.
    package var status: Int?
    /// The status codes of the interim responses before it.
    package var interim: [Int] = []
    /// Bytes of content, without transfer coding.
    package var contentLength = 0
    /// Whether it came to the end that its framing tells.
    package var isComplete = false
    /// What is wrong with it.
    package var findings: [FindingCode] = []

    init(role: MessageRole) { self.role = role }
}

/// Reads one message from bytes that may hold more behind it.
struct PlayedMessageReader: Sendable {
    /// What it has read so far.
    private(set) var message: PlayedMessage
    private(set) var isOver = false
    /// Whether the start of a message was seen.
    private(set) var hasBegun = false

    private var parser: MessageParser
    private let answering: AnsweredRequest
    private var isInterim = false

    init(role: MessageRole, answering: AnsweredRequest) {
        message = PlayedMessage(role: role)
        parser = MessageParser(role: role)
        self.answering = answering
    }

    /// Reads on; answers how many bytes belong to the message.
    mutating func read(_ bytes: Span<UInt8>) -> Int {
        var position = 0
        while !isOver, let event = parser.next(in: bytes, at: &position) { take(event) }
        return position
    }

    /// Takes note that nothing more comes.
    mutating func end(_ cause: Interruption) {
        while !isOver, let event = parser.interrupt(cause) { take(event) }
    }

    private mutating func take(_ event: MessageEvent) {
        switch event {
        case .begin:
            hasBegun = true
            if answering == .withoutVersion { parser.answering = answering }
        case .unclaimed: break
        case .heldContent: message.contentLength += parser.heldBytes.count
        case .content(let range): if !isInterim { message.contentLength += range.count }
        case .head: takeHead()
        case .end(let complete):
            message.findings += parser.head.findings.map(\.code)
            if isInterim {
                isInterim = false
            } else {
                message.isComplete = complete
                isOver = true
            }
        case .switched:
            message.findings += parser.head.findings.map(\.code)
            message.isComplete = true
            isOver = true
        }
    }

    private mutating func takeHead() {
        let line = parser.head.startLine
        let status = line.statusCode
        // 101 ends HTTP on the connection; other 1xx announce another response.
        isInterim = status.map { (100..<200).contains($0) && $0 != 101 } ?? false
        parser.answering = answering
        if isInterim, let status { return message.interim.append(status) }
        message.status = status
        let method = EscapedText.escape(parser.head.bytes.span.extracting(line.method))
        let target = EscapedText.escape(parser.head.bytes.span.extracting(line.target))
        message.method = method
        message.target = target
    }
}

/// Tells what the responses answer, from the requests that were sent.
struct SentRequests: Sendable {
    private var parser = MessageParser(role: .request)
    private var waiting: [AnsweredRequest] = []

    /// How many requests have begun.
    private(set) var count = 0

    mutating func send(_ bytes: Span<UInt8>) {
        var position = 0
        while let event = parser.next(in: bytes, at: &position) { take(event) }
    }

    /// Takes note that nothing more is sent.
    mutating func end() {
        while let event = parser.interrupt(.endOfStream) { take(event) }
    }

    /// What the next response answers.
    mutating func next() -> AnsweredRequest {
        if waiting.isEmpty {
            // The request may go on behind its answer, but what it asks is known.
            var copy = self
            copy.end()
            return copy.waiting.first ?? .ordinary
        }
        return waiting.removeFirst()
    }

    private mutating func take(_ event: MessageEvent) {
        guard case .head = event else { return }
        count += 1
        waiting.append(parser.answeredBy)
    }
}
