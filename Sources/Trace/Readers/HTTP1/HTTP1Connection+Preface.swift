import Bytes
import Findings
import HTTPWire
import Reassembly

// HTTP/2 begins with a preface that servers of HTTP/1 answer with an error (RFC 9113 §3.4): the
// server's own first bytes tell which of the two it speaks.
extension HTTP1Connection {
    /// Takes note of HTTP/2's connection preface, behind which the client does not speak HTTP/1.
    mutating func notePreface(_ moment: Moment, _ collector: inout TraceCollector) {
        if isSwitched { return }
        let server = clientDirection.opposite
        if guess == nil { guess = ProtocolGuess(["HTTP/2"]) }
        // A response that is being read goes on to its end.
        guard !responses.isInsideMessage, !isForeign(server) else {
            return acceptPreface(&collector)
        }
        let line = requests.passedOver
        unread = nil
        noteUnread(line.count, line, from: requestBegin ?? moment)
        responses.expectNoMessage()
        self[beginningOf: server] = Beginning()
        isPrefaced = true
    }

    /// Whether an end has sent what is not HTTP/1.
    private func isForeign(_ direction: Direction) -> Bool {
        guess?.names == ["HTTP/2"] && self[beginningOf: direction].speech == .readable && !hasHTTP
    }

    /// Whether the next bytes of a direction are the answer to a preface.
    func isPreface(answeredIn direction: Direction) -> Bool {
        isPrefaced && direction != clientDirection
    }

    /// Decides by the beginning of the server's answer.
    mutating func judgeAnswerToPreface(
        _ direction: Direction,
        _ collector: inout TraceCollector
    ) {
        let answer = self[beginningOf: direction].bytes
        let name = Array("HTTP/1.".utf8)
        if !answer.starts(with: name.prefix(answer.count)) {
            isPrefaced = false
            self[beginningOf: direction].decide(.readable)
            acceptPreface(&collector)
        } else if answer.count >= name.count {
            refusePreface()
            self[beginningOf: direction].decide(.readable)
        }
    }

    /// Both ends speak HTTP/2 from here on.
    private mutating func acceptPreface(_ collector: inout TraceCollector) {
        isSwitched = true
        if !responses.isInsideMessage { responses.switchProtocol() }
        if hasHTTP { noteStreamFinding(Finding(.protocolSwitched), at: nil, &collector) }
    }

    /// The server does not know HTTP/2: what the client sends is read by nobody.
    private mutating func refusePreface() {
        isPrefaced = false
        self[beginningOf: clientDirection].decide(.foreign)
        traffic = []
    }
}
