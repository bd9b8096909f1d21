internal import Bytes

extension MessageParser {
    /// What the parser of responses has to be told of the request at hand: the value of its
    /// ``answering``.
    package var answeredBy: AnsweredRequest {
        mutating get { head.answeredBy }
    }
}

extension MessageHead {
    // Inlined, as a call would be given a copy of the whole head.
    @inline(__always)
    fileprivate var answeredBy: AnsweredRequest {
        if startLine.protocolVersion == .missing { return .withoutVersion }
        let method = bytes.span.extracting(startLine.method)
        switch method.count {
        case 4 where method.starts(with: "HEAD"): return .head
        case 7 where method.starts(with: "CONNECT"): return .connect
        default: return .ordinary
        }
    }
}
