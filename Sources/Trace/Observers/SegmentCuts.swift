import Reassembly

/// Where TCP cut the messages of an exchange into segments.
package struct SegmentCuts: Sendable, Hashable {
    /// Where in the request, in bytes from its first, a segment begins; 0 is left out.
    package var request: [Int] = []
    /// Likewise in the final response.
    package var response: [Int] = []
}

/// Notes where segments begin, where somebody asked for it: there is none where nobody did.
struct SegmentCutRecorder: Sendable {
    /// One side of a connection, by what it sends.
    private struct Flow: Hashable {
        var stream: Int
        var isRequest: Bool
    }

    /// Where the segments begin that may have bytes of messages which are not over, in bytes from
    /// the stream's first.
    private var starts: [Flow: [Int]] = [:]

    /// Takes note of delivered bytes.
    ///
    /// - Parameters:
    ///   - offset: where they begin in their sender's stream.
    ///   - stream: the number of the connection.
    ///   - isRequest: whether its sender sends requests.
    ///   - isInsideMessage: whether a message has begun before them.
    mutating func note(_ offset: Int, stream: Int, isRequest: Bool, isInsideMessage: Bool) {
        let flow = Flow(stream: stream, isRequest: isRequest)
        if !isInsideMessage { starts[flow] = nil }
        starts[flow, default: []].append(offset)
    }

    /// Where segments begin inside a message, which is over.
    mutating func cuts(of message: Message, stream: Int, isRequest: Bool) -> [Int] {
        let flow = Flow(stream: stream, isRequest: isRequest)
        guard let all = starts[flow] else { return [] }
        let begin = message.streamOffset
        let end = begin + message.wireLength
        // The next message begins behind this one.
        starts[flow] = all.filter { $0 >= end }
        return all.filter { begin < $0 && $0 < end }.map { $0 - begin }
    }

    /// Forgets a stream that is over.
    mutating func forget(_ stream: Int) {
        starts[Flow(stream: stream, isRequest: true)] = nil
        starts[Flow(stream: stream, isRequest: false)] = nil
    }
}

extension HTTP1Connection {
    /// Notes that a segment with bytes of `direction` begins at `offset`.
    func noteSegment(_ direction: Direction, at offset: Int, _ assembler: inout ExchangeAssembler) {
        let isRequest = direction == facts.clientDirection
        assembler.cutRecorder?.note(
            offset,
            stream: facts.stream,
            isRequest: isRequest,
            isInsideMessage: isRequest
                ? requests.parser.isInsideMessage : responses.parser.isInsideMessage
        )
    }

    /// Notes with an exchange where its message was cut, which is over.
    func noteCuts(isRequest: Bool, _ slot: Int, _ assembler: inout ExchangeAssembler) {
        let message =
            isRequest
            ? assembler.exchanges[slot].heldRequest : assembler.exchanges[slot].heldResponse
        let cuts = assembler.cutRecorder?.cuts(
            of: message,
            stream: facts.stream,
            isRequest: isRequest
        )
        guard let cuts, !cuts.isEmpty else { return }
        if assembler.exchanges[slot].segmentCuts.isEmpty {
            assembler.exchanges[slot].segmentCuts = [SegmentCuts()]
        }
        if isRequest {
            assembler.exchanges[slot].segmentCuts[0].request = cuts
        } else {
            assembler.exchanges[slot].segmentCuts[0].response = cuts
        }
    }
}
