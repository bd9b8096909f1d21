internal import Bytes
package import HTTPWire

/// What a client got in answer to one request.
package struct ReceivedResponse: Sendable, Hashable {
    /// Everything that came, as it came, interim responses included.
    package var bytes: [UInt8] = []
    /// The status code of the final response; `nil` where none can be read.
    package var statusCode: Int?
    /// The content of the final response, without transfer coding.
    package var content: [UInt8] = []
    /// Whether the final response came to the end that its framing tells.
    package var isComplete = false

    /// Creates a response of which nothing has come.
    package init() {}

    /// Whether it is complete and has the status code `expected`.
    package func answers(_ expected: Int) -> Bool {
        isComplete && statusCode == expected
    }
}

/// A client's side of one exchange, without a socket: bytes in, one response out.
package struct ClientSession: Sendable {
    /// What has come so far.
    package private(set) var response = ReceivedResponse()
    /// Whether nothing more belongs to the response: the client may close.
    package private(set) var isOver = false

    private var parser: MessageParser
    private let answering: AnsweredRequest
    private var isInterim = false

    /// Creates the session of one request.
    ///
    /// - Parameter answering: what the request asks, as far as the response's framing depends on it.
    package init(answering: AnsweredRequest = .ordinary) {
        self.answering = answering
        parser = MessageParser(role: .response)
    }

    /// Takes the next bytes of the connection.
    package mutating func receive(_ bytes: Span<UInt8>) {
        response.bytes.append(copying: bytes)
        var position = 0
        while !isOver, let event = parser.next(in: bytes, at: &position) {
            if case .content(let range) = event, !isInterim {
                response.content.append(copying: bytes.extracting(range))
            }
            take(event)
        }
    }

    /// Takes note that the server closed the connection, or reset it.
    package mutating func inputEnded(_ cause: Interruption = .endOfStream) {
        while !isOver, let event = parser.interrupt(cause) { take(event) }
        isOver = true
    }

    private mutating func take(_ event: MessageEvent) {
        switch event {
        case .begin, .heldContent, .unclaimed, .content: break
        case .head:
            let status = parser.head.startLine.statusCode
            // 101 ends HTTP on the connection; other 1xx announce another response.
            isInterim = status.map { (100..<200).contains($0) && $0 != 101 } ?? false
            parser.answering = answering
            if !isInterim { response.statusCode = status }
        case .end(let complete) where !isInterim:
            response.isComplete = complete
            isOver = true
        case .end: break
        case .switched:
            response.isComplete = true
            isOver = true
        }
    }
}
