import Findings
import HTTPWire
import Reassembly

// Bytes that were sent and are not in the capture, and what they may have held.
extension HTTP1Connection {
    /// Takes note of bytes that were sent before all that was captured.
    mutating func noteEarlyGap(_ gap: EarlyGap) {
        pairer.pendingFindings.note(Finding(FindingCode(gap.cause)), folding: true)
        // No parser has anything to say of it yet.
        if gap.direction == facts.clientDirection {
            _ = requests.parser.interrupt(.gap(gap.length))
            noteLostRequests(from: 0, .nextMessage)
        } else {
            _ = responses.parser.interrupt(.gap(gap.length))
            noteLostResponses(0..<gap.length, .nextMessage)
        }
    }

    /// Takes note of bytes that were sent and are not in the capture.
    mutating func skip(
        _ direction: Direction,
        length: Int,
        cause: GapCause,
        _ moment: Moment,
        _ assembler: inout ExchangeAssembler
    ) {
        settleWithheld(moment, &assembler)
        noteGap(Finding(FindingCode(cause)), direction, &assembler)
        // Of a frame that was cut it is known when its bytes came.
        ending.isInCutFrame = cause == .cutFrame
        if ending.isInCutFrame { noteCutFrame(direction, moment) }
        defer { ending.isInCutFrame = false }
        // A message that the gap ends was there before it, and so was its request.
        if direction == facts.clientDirection {
            let reach = reach(of: requests.parser, length)
            if !switching.traffic.isEmpty { switching.traffic[0].client.frames?.skip(length) }
            interrupt(requests: .gap(length), moment, &assembler)
            noteLostRequests(from: moment.offset, reach)
        } else {
            let reach = reach(of: responses.parser, length)
            pairer.doubt.isAnswerInGap = reach != .sameMessage || !responses.parser.isInsideMessage
            if !switching.traffic.isEmpty { switching.traffic[0].server.frames?.skip(length) }
            interrupt(responses: .gap(length), moment, &assembler)
            noteLostResponses(moment.offset..<moment.offset + length, reach)
        }
    }

    /// Draws from missing bytes of the client what requests they may have held.
    private mutating func noteLostRequests(from begin: Int, _ reach: GapReach) {
        requests.isBehindGap = true
        pairer.doubt.noteRequestGap(from: begin, reach)
    }

    /// Draws from missing bytes of the server what responses they may have held.
    private mutating func noteLostResponses(_ bytes: Range<Int>, _ reach: GapReach) {
        responses.delivered = bytes.upperBound
        pairer.noteGap(bytes)
        pairer.doubt.noteResponseGap(reach)
    }

    /// How far a gap reaches; what is missing of a frame is taken to be of the message that its first
    /// bytes are of, as long as nothing speaks against it.
    private func reach(of parser: MessageParser, _ length: Int) -> GapReach {
        let reach = parser.reach(ofGap: length)
        return reach == .unknown && ending.isInCutFrame ? .sameMessage : reach
    }

    /// Notes missing bytes with the message they are of, else with the exchange that waits for them,
    /// else with one that is open, else with the next: the bytes lie behind all messages that are
    /// over.
    private mutating func noteGap(
        _ finding: Finding,
        _ direction: Direction,
        _ assembler: inout ExchangeAssembler
    ) {
        let position =
            direction == facts.clientDirection
            ? pairer.requestPosition : pairer.responsePosition ?? pairer.firstUnanswered()
        if position ?? pairer.positions.last != nil {
            noteStreamFinding(finding, at: position, &assembler)
        } else {
            pairer.pendingFindings.note(finding, folding: true)
        }
    }
}
