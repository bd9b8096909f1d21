import HTTPWire
import Reassembly

// What is called here is called only where somebody asked about frames.
extension HTTP1Connection {
    /// Notes where a message's parts lie in its sender's stream; `moment` is that of the bytes that
    /// the parser was given.
    func record(
        _ event: MessageEvent,
        by parser: MessageParser,
        _ moment: Moment,
        _ assembler: inout ExchangeAssembler
    ) {
        let isRequest = parser.role == .request
        let flow = FrameRecorder.Flow(
            stream: facts.stream,
            direction: isRequest ? facts.clientDirection : facts.clientDirection.opposite
        )
        switch event {
        case .head:
            guard let message = messageAtHand(parser.role, assembler.exchanges) else { return }
            let line = parser.head.startLine
            let lineEnd = line.line.upperBound - line.ending.length
            assembler.recorder?.noteHead(
                flow,
                FrameRecorder.OpenMessage(
                    begin: message.streamOffset,
                    headLength: parser.offset,
                    firstFrame: message.firstFrame,
                    startLine: Array(parser.head.bytes[line.line.lowerBound..<lineEnd])
                )
            )
        case .content(let range):
            let start = moment.offset + range.lowerBound
            assembler.recorder?.noteContent(flow, start..<start + range.count)
        case .heldContent:
            guard let message = messageAtHand(parser.role, assembler.exchanges) else { return }
            let end = message.streamOffset + parser.offset
            assembler.recorder?.noteContent(flow, end - parser.heldBytes.count..<end)
        case .end(let isComplete):
            assembler.recorder?.noteEnd(
                flow,
                parser.role,
                length: parser.offset,
                isComplete: isComplete
            )
        case .begin, .unclaimed, .switched: break
        }
    }

    /// The message that is being read.
    private func messageAtHand(
        _ role: MessageRole,
        _ exchanges: borrowing ExchangeStore
    ) -> Message? {
        let position = role == .request ? pairer.requestPosition : pairer.responsePosition
        guard let position else { return nil }
        let exchange = exchanges[pairer[position].slot]
        switch role {
        case .request: return exchange.request
        case .response: return responses.isInterim ? exchange.interim.last : exchange.response
        }
    }

    /// What the two parsers and the pairing wait for.
    func waits(_ exchanges: borrowing ExchangeStore) -> [Wait] {
        var waits: [Wait] = []
        if let part = requests.parser.awaited, let begin = requests.begin {
            waits.append(.message(.request, firstFrame: begin.frame.number, part))
        }
        if let part = responses.parser.awaited, let begin = responses.begin {
            waits.append(.message(.response, firstFrame: begin.frame.number, part))
        }
        let unanswered = pairer.positions.filter { pairer[$0].isUnanswered }
        if let first = unanswered.first.flatMap({ exchanges[pairer[$0].slot].request }) {
            waits.append(.responses(unanswered.count, firstRequestFrame: first.firstFrame))
        }
        return waits
    }

    /// What bytes of the connection that belong to no message are.
    var foreignTraffic: ForeignTraffic {
        guard hasHTTP else { return .notHTTP(choice.guess?.name) }
        return switching.isSwitched ? .switched : .unclaimed
    }
}
