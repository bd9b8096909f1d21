import Bytes
import Findings

// By the letter (RFC 9112 §6.3) a response without length goes on until the close, and one whose
// request nobody knows has the content that it announces. The peers may know better: the request may
// have been HEAD, and servers leave the length out where there is no content. Where the next response
// is due and its status line stands where the content should begin, it is believed.
extension MessageParser {
    /// Whether the content of the response at hand may prove to be missing, and none has come.
    package var isContentInDoubt: Bool {
        if case .contentOrAnswer = state { true } else { false }
    }

    /// Whether the framing of the response at hand says less than it seems to.
    var isFramingInDoubt: Bool {
        guard role == .response else { return false }
        if answering == .unknown { return true }
        return watchesBothSides && framing == .untilClose && answering == .ordinary
            && transferCoding == nil && !announcesClose
    }

    /// Collects what may be the status line of the next response.
    mutating func collectAnswer(_ bytes: Span<UInt8>, _ position: inout Int) -> MessageEvent? {
        while position < bytes.count {
            let isWhole = heldBytes.count == StartLineSyntax.strictStatusLength
            if isWhole, mayBeAnswer, bytes[position] <= .space { return endBeforeAnswer() }
            guard !isWhole,
                StartLineSyntax.mayBeStrictStatus(bytes[position], at: heldBytes.count)
            else { return resumeDoubtedContent() }
            heldBytes.append(bytes[position])
            position += 1
            offset += 1
        }
        return nil
    }

    /// Whether a status line is believed where the content should begin: an answer is due, or the
    /// request is not known, and its sender began a segment with it.
    private var mayBeAnswer: Bool {
        isAnswerDue || answering == .unknown && segmentStart != nil
    }

    /// Ends the response, whose content does not come: the other side went on behind its head.
    package mutating func endWithoutContent() -> MessageEvent? {
        guard case .contentOrAnswer = state, heldBytes.isEmpty else { return nil }
        framing = .noContent
        return end(complete: true)
    }

    private mutating func endBeforeAnswer() -> MessageEvent {
        offset -= heldBytes.count
        note(.answerInsteadOfContent, offset..<offset)
        framing = .noContent
        queued = .heldStart
        return end(complete: true)
    }

    /// Goes on with the content, which begins with what was collected.
    mutating func resumeDoubtedContent() -> MessageEvent? {
        let held = heldBytes
        heldBytes = []
        offset -= held.count
        enterFramedContent()
        return readAgain(held)
    }
}
