import Findings
import HTTPWire
import Reassembly

// Bytes that were sent and are not in the capture, and what they may have held.
extension HTTP1Connection {
    /// Takes note of bytes that were sent before all that was captured.
    mutating func noteEarlyGap(_ gap: EarlyGap) {
        pairer.pendingFindings.note(Finding(FindingCode(gap.cause)), folding: true)
        // No parser has anything to say of it yet.
        if gap.direction == clientDirection {
            _ = requests.interrupt(.gap(gap.length))
            noteLostRequests(from: 0, .nextMessage)
        } else {
            _ = responses.interrupt(.gap(gap.length))
            noteLostResponses(0..<gap.length, .nextMessage)
        }
    }

    /// Takes note of bytes that were sent and are not in the capture.
    mutating func skip(
        _ direction: Direction,
        length: Int,
        cause: GapCause,
        _ moment: Moment,
        _ collector: inout TraceCollector
    ) {
        settleWithheld(moment, &collector)
        noteGap(Finding(FindingCode(cause)), direction, &collector)
        // Of a frame that was cut it is known when its bytes came.
        isInCutFrame = cause == .cutFrame
        if isInCutFrame { noteCutFrame(direction, moment) }
        defer { isInCutFrame = false }
        // A message that the gap ends was there before it, and so was its request.
        if direction == clientDirection {
            let reach = reach(of: requests, length)
            if !traffic.isEmpty { traffic[0].client.frames?.skip(length) }
            interrupt(requests: .gap(length), moment, &collector)
            noteLostRequests(from: moment.offset, reach)
        } else {
            let reach = reach(of: responses, length)
            isAnswerInGap = reach != .sameMessage || !responses.isInsideMessage
            if !traffic.isEmpty { traffic[0].server.frames?.skip(length) }
            interrupt(responses: .gap(length), moment, &collector)
            noteLostResponses(moment.offset..<moment.offset + length, reach)
        }
    }

    /// Draws from missing bytes of the client what requests they may have held.
    private mutating func noteLostRequests(from begin: Int, _ reach: GapReach) {
        hasRequestGap = true
        pairer.doubt.noteRequestGap(from: begin, reach)
    }

    /// Draws from missing bytes of the server what responses they may have held.
    private mutating func noteLostResponses(_ bytes: Range<Int>, _ reach: GapReach) {
        serverOffset = bytes.upperBound
        pairer.noteGap(bytes)
        pairer.doubt.noteResponseGap(reach)
    }

    /// How far a gap reaches; what is missing of a frame is taken to be of the message that its first
    /// bytes are of, as long as nothing speaks against it.
    private func reach(of parser: MessageParser, _ length: Int) -> GapReach {
        let reach = parser.reach(ofGap: length)
        return reach == .unknown && isInCutFrame ? .sameMessage : reach
    }

    /// Notes missing bytes with the message they are of, else with the exchange that waits for them,
    /// else with one that is open, else with the next: the bytes lie behind all messages that are
    /// over.
    private mutating func noteGap(
        _ finding: Finding,
        _ direction: Direction,
        _ collector: inout TraceCollector
    ) {
        let position =
            direction == clientDirection
            ? pairer.requestPosition : pairer.responsePosition ?? pairer.firstUnanswered()
        if position ?? pairer.positions.last != nil {
            noteStreamFinding(finding, at: position, &collector)
        } else {
            pairer.pendingFindings.note(finding, folding: true)
        }
    }
}
