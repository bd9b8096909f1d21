import Bytes
import Findings
import HTTPWire
import Reassembly

// HTTP/2 begins with a preface that servers of HTTP/1 answer with an error (RFC 9113 §3.4): the
// server's own first bytes tell which of the two it speaks.
extension HTTP1Connection {
    /// Takes note of HTTP/2's connection preface, behind which the client does not speak HTTP/1.
    mutating func notePreface(_ moment: Moment, _ assembler: inout ExchangeAssembler) {
        if switching.isSwitched { return }
        let server = facts.clientDirection.opposite
        if choice.guess == nil { choice.guess = ProtocolGuess(["HTTP/2"]) }
        // A response that is being read goes on to its end.
        guard !responses.parser.isInsideMessage, !isForeign(server) else {
            return acceptPreface(&assembler)
        }
        let line = requests.parser.passedOver
        account.unread = nil
        noteUnread(line.count, line, from: requests.begin ?? moment)
        responses.parser.expectNoMessage()
        choice[beginningOf: server] = Beginning()
        choice.isPrefaced = true
    }

    /// Whether an end has sent what is not HTTP/1.
    private func isForeign(_ direction: Direction) -> Bool {
        choice.guess?.names == ["HTTP/2"] && choice[beginningOf: direction].speech == .readable
            && !hasHTTP
    }

    /// Whether the next bytes of a direction are the answer to a preface.
    func isPreface(answeredIn direction: Direction) -> Bool {
        choice.isPrefaced && direction != facts.clientDirection
    }

    /// Decides by the beginning of the server's answer.
    mutating func judgeAnswerToPreface(
        _ direction: Direction,
        _ assembler: inout ExchangeAssembler
    ) {
        let answer = choice[beginningOf: direction].bytes
        let name = Array("HTTP/1.".utf8)
        if !answer.starts(with: name.prefix(answer.count)) {
            choice.isPrefaced = false
            choice[beginningOf: direction].decide(.readable)
            acceptPreface(&assembler)
        } else if answer.count >= name.count {
            refusePreface()
            choice[beginningOf: direction].decide(.readable)
        }
    }

    /// Both ends speak HTTP/2 from here on.
    private mutating func acceptPreface(_ assembler: inout ExchangeAssembler) {
        switching.isSwitched = true
        if !responses.parser.isInsideMessage { responses.parser.switchProtocol() }
        if hasHTTP { noteStreamFinding(Finding(.protocolSwitched), at: nil, &assembler) }
    }

    /// The server does not know HTTP/2: what the client sends is read by nobody.
    private mutating func refusePreface() {
        choice.isPrefaced = false
        choice[beginningOf: facts.clientDirection].decide(.foreign)
        switching.traffic = []
    }
}
