import Bytes
import Findings

// A client that asked for leave to send its content (Expect: 100-continue) and got the final
// response instead may send the content, or leave it out (RFC 9110 §10.1.1). What comes next tells:
// a method's name and a blank begin the next request, all else is content.
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

    private var expectsContinue: Bool {
        head.fieldLines.contains { field in
            head.isNamed(field, "Expect")
                && head.bytes.span.extracting(field.value).equalsIgnoringCase("100-continue")
        }
    }

    /// Collects what may be the method of the next request.
    mutating func collectWithheld(_ bytes: Span<UInt8>, _ position: inout Int) -> MessageEvent? {
        guard case .withheld(let length) = state else { return nil }
        while position < bytes.count {
            let byte = bytes[position]
            if byte.isBlank, StartLineSyntax.isCommonMethod(heldBytes.span) {
                offset -= heldBytes.count
                note(.contentWithheld, offset..<offset)
                queued = .endThenHeldStart
                return nil
            }
            let isFull = length.map { heldBytes.count >= $0 } ?? false
            heldBytes.append(byte)
            guard !isFull, StartLineSyntax.beginsCommonMethod(heldBytes.span) else {
                heldBytes.removeLast()
                return resumeContent(length)
            }
            position += 1
            offset += 1
        }
        return nil
    }

    /// Goes on with the content, which begins with what was collected.
    mutating func resumeContent(_ length: Int?) -> MessageEvent? {
        guard let length else {
            chunkLine = heldBytes
            heldBytes = []
            state = .chunkSize
            return nil
        }
        let taken = min(length, heldBytes.count)
        state = .content(length - taken)
        return taken > 0 ? .heldContent : nil
    }

    /// Begins the message of which ``heldBytes`` are the first.
    mutating func beginWithHeldBytes() -> MessageEvent {
        startOver()
        head.bytes = heldBytes
        offset = heldBytes.count
        heldBytes = []
        state = .startLine
        return .begin
    }
}
