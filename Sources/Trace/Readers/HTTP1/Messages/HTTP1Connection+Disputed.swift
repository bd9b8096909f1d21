import Bytes
import HTTPWire
import Reassembly

// A client whose request is answered before its content is over must go on with that or close the
// connection (RFC 9112 §9.3, §9.5). Some send the next request all the same. That it is one shows where the
// server answers it, or where the bytes make no content.
extension HTTP1Connection {
    /// Keeps bytes back that may be the next request instead of content.
    ///
    /// - Returns: whether they are taken care of.
    mutating func dispute(
        _ bytes: Span<UInt8>,
        _ moment: Moment,
        _ assembler: inout ExchangeAssembler
    ) -> Bool {
        if earlyAnswer.disputed.isEmpty {
            guard requests.parser.uninspectedLength > 0,
                moment.acknowledged >= ending.lastResponseEnd,
                MessageRole.isRequestLine(bytes) != false
            else { return false }
            earlyAnswer.disputed.append(DisputedContent(by: requests.parser))
        }
        switch earlyAnswer.disputed[0].take(bytes, moment) {
        case .open: break
        case .content: readDisputed(asRequest: false, &assembler)
        case .request: readDisputed(asRequest: true, &assembler)
        }
        return true
    }

    /// Takes what was kept back for the next request if a response that answers nothing else came
    /// behind it.
    ///
    /// - Parameters:
    ///   - acknowledged: how far the server had received the client's stream when it answered.
    ///   - assembler: what takes the events.
    /// - Returns: whether it was.
    mutating func settleDisputed(
        answeredAt acknowledged: Int,
        _ assembler: inout ExchangeAssembler
    ) -> Bool {
        guard let first = earlyAnswer.disputed.first, first.offset < acknowledged else {
            return false
        }
        readDisputed(asRequest: true, &assembler)
        return true
    }

    /// Reads what was kept back.
    mutating func readDisputed(asRequest: Bool, _ assembler: inout ExchangeAssembler) {
        guard let bytes = earlyAnswer.disputed.popLast(), let first = bytes.pieces.first else {
            return
        }
        let request = pairer.requestPosition
        earlyAnswer.isGiven = false
        if asRequest {
            requests.parser.endContent()
            feedRequests(Span(), first.moment, &assembler)
        }
        for piece in bytes.pieces { feedRequests(piece.bytes.span, piece.moment, &assembler) }
        earlyAnswer.isGiven = !asRequest && request != nil && pairer.requestPosition == request
    }
}
