import Bytes
import Findings

// A client that asked for leave to send its content (Expect: 100-continue) and got the final
// response instead may send the content, or leave it out (RFC 9110 §10.1.1). What comes next tells:
// a request line begins the next request, whatever length was announced, and all else is content.
extension MessageParser {
    /// Takes note that the final response to the request has come, and no 100 before it.
    package mutating func noteFinalResponse() {
        guard role == .request, expectsContinue else { return }
        heldBytes = []
        switch state {
        case .content(let left) where framing == .length(left): state = .withheld(left)
        case .chunkSize where chunkLine.isEmpty && offset == head.bytes.count + omitted:
            state = .withheld(nil)
        default: break
        }
    }

    /// Whether the request whose head was just read may wait for 100 before it goes on.
    package var awaitsContinue: Bool { framing != .noContent && expectsContinue }

    private var expectsContinue: Bool {
        head.fieldLines.contains { field in
            head.isNamed(field, "Expect")
                && head.bytes.span.extracting(field.value).equalsIgnoringCase("100-continue")
        }
    }

    /// Collects what may be the next request line.
    mutating func collectWithheld(_ bytes: Span<UInt8>, _ position: inout Int) -> MessageEvent? {
        guard case .withheld(let length) = state else { return nil }
        while position < bytes.count {
            let byte = bytes[position]
            guard StartLineSyntax.mayGoOnAsRequestLine(heldBytes.span, byte) else {
                return resumeContent(length)
            }
            guard heldBytes.count < limits.unclaimedLine else {
                let isLine = StartLineSyntax.isPlausibleLongStart(heldBytes.span, role: role)
                return isLine ? endWithheld() : resumeContent(length)
            }
            heldBytes.append(byte)
            position += 1
            offset += 1
            guard byte == .lineFeed else { continue }
            return isNextRequest(insteadOf: length) ? endWithheld() : resumeContent(length)
        }
        return nil
    }

    /// Whether the whole line that was collected is the next request's, and not content of `length`
    /// bytes with the next request behind it.
    private func isNextRequest(insteadOf length: Int?) -> Bool {
        let line = heldBytes.span
        guard StartLineSyntax.isStrictRequestLine(line, at: 0) else { return false }
        guard let length, length < line.count,
            !StartLineSyntax.isWholeStartLine(line, role: .request)
        else { return true }
        return !StartLineSyntax.isWholeStartLine(line.extracting(length...), role: .request)
    }

    private mutating func endWithheld() -> MessageEvent? {
        offset -= heldBytes.count
        note(.contentWithheld, offset..<offset)
        queued = .endThenHeldStart
        return nil
    }

    /// Goes on with the content, which begins with what was collected.
    mutating func resumeContent(_ length: Int?) -> MessageEvent? {
        let held = heldBytes
        heldBytes = []
        offset -= held.count
        state = length.map(State.content) ?? .chunkSize
        return readAgain(held)
    }

    /// Begins the message of which ``heldBytes`` are the first.
    mutating func beginWithHeldBytes() -> MessageEvent {
        startOver()
        replay = heldBytes + replay
        heldBytes = []
        state = .startLine
        return .begin
    }
}
