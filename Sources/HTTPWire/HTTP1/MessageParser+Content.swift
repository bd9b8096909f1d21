import Bytes
import Findings

extension MessageParser {
    /// Decides how the content is framed, and enters the content.
    mutating func enterContent() -> MessageEvent? {
        message.decideFraming(role)
        state = ParserState(beginning: message.progress.framing)
        if role == .response, message.progress.framing.hasContent,
            message.isFramingInDoubt(isSeenFromBothSides: watchesBothSides)
        {
            // What was lent as content may stand there still.
            aside.held = []
            place.segmentStart = nil
            state = .contentOrAnswer
        }
        return nil
    }

    /// Passes on content that ends by a count or by the close.
    mutating func passContent(_ bytes: Span<UInt8>, _ position: inout Int) -> MessageEvent? {
        let start = position
        let taken = state.passContent(of: bytes.count - position)
        guard taken > 0 else { return nil }
        position += taken
        message.progress.offset += taken
        return .content(start..<position)
    }

    /// Ends the message in the midst of the content: the sender has gone on to the next.
    package mutating func endContent() {
        message.note(.truncatedContent)
        state = .ending(complete: false)
    }

    // MARK: Chunks and the trailer section

    /// Collects a chunk-size line (RFC 9112 §7.1).
    mutating func collectChunkSize(_ bytes: Span<UInt8>, _ position: inout Int) -> MessageEvent? {
        let start = position
        let isOver = chunkLine.collect(bytes, &position)
        message.progress.offset += position - start
        guard isOver else { return nil }
        if let size = ChunkSizeLine(chunkLine.bytes.span) {
            beginChunk(size)
        } else if role.beginsInside(chunkLine.bytes.span) {
            carryOver(chunkLine.bytes)
            message.note(.truncatedContent)
        } else {
            let place = message.progress.offset - chunkLine.length..<message.progress.offset
            endAtInvalidSize(place, quoting: chunkLine.bytes)
        }
        chunkLine.beginNext()
        return nil
    }

    private mutating func beginChunk(_ size: ChunkSizeLine) {
        chunkLine.noteOddities(of: size, endingAt: message.progress.offset, in: &message.head)
        guard size.value == 0 else { return state = .chunkData(size.value) }
        state = .trailers
        message.head.trailerOffset = message.progress.offset
        message.progress.line.isBehindOmitted = false
    }

    private mutating func endAtInvalidSize(_ place: Range<Int>, quoting bytes: [UInt8]) {
        message.head.note(.invalidChunkSize, place, quoting: bytes)
        state = .ending(complete: false)
    }

    /// Collects the line end that follows a chunk's data.
    mutating func collectChunkEnd(_ bytes: Span<UInt8>, _ position: inout Int) -> MessageEvent? {
        while position < bytes.count {
            let byte = bytes[position]
            let offset = message.progress.offset
            guard byte == .lineFeed || byte == .carriageReturn && chunkLine.isEmpty else {
                chunkLine.beginNext()
                endAtInvalidSize(offset..<offset + 1, quoting: [byte])
                return nil
            }
            position += 1
            message.progress.offset += 1
            if byte == .lineFeed {
                if chunkLine.isEmpty { message.head.noteBareLineFeed(offset..<offset + 1) }
                chunkLine.beginNext()
                state = .chunkSize
                return nil
            }
            chunkLine.append(byte)
        }
        return nil
    }

    /// Collects the lines of the trailer section, to the blank line at the end.
    mutating func collectTrailerLine(
        _ bytes: Span<UInt8>,
        _ position: inout Int
    ) -> MessageEvent? {
        guard let line = message.collectTrailerLine(bytes, &position, limits) else { return nil }
        if message.progress.line.isBlank {
            message.head.readTrailerLineEnding(of: line)
            state = .ending(complete: true)
        } else if role.beginsInside(message.head.trailerBytes.span.extracting(line)) {
            // The blank line behind the last chunk was left out.
            carryOver(Array(message.head.trailerBytes[line]))
            message.head.trailerBytes.removeSubrange(line)
            message.note(.openTrailerSection)
        } else {
            message.readTrailerLine(line)
        }
        message.progress.line.beginNext()
        return nil
    }

    // MARK: Content that a request may withhold

    // A client that asked for leave to send its content (Expect: 100-continue) and got the final
    // response instead may send the content, or leave it out (RFC 9110 §10.1.1). What comes next tells:
    // a request line begins the next request, whatever length was announced, and all else is content.

    /// Collects bytes that may be the next request line.
    mutating func collectWithheld(_ bytes: Span<UInt8>, _ position: inout Int) -> MessageEvent? {
        guard case .withheld(let length) = state else { return nil }
        while position < bytes.count {
            let byte = bytes[position]
            guard StartLineSyntax.mayGoOnAsRequestLine(aside.held.span, byte) else {
                return resumeContent(length)
            }
            guard aside.held.count < limits.unclaimedLine else {
                let isLine = StartLineSyntax.isPlausibleLongStart(aside.held.span, role: role)
                return isLine ? endWithheld() : resumeContent(length)
            }
            hold(byte, &position)
            guard byte == .lineFeed else { continue }
            let isNext = StartLineSyntax.isRequestLine(aside.held.span, insteadOf: length)
            return isNext ? endWithheld() : resumeContent(length)
        }
        return nil
    }

    private mutating func hold(_ byte: UInt8, _ position: inout Int) {
        aside.held.append(byte)
        position += 1
        message.progress.offset += 1
    }

    private mutating func endWithheld() -> MessageEvent? {
        message.progress.offset -= aside.held.count
        message.note(.contentWithheld)
        aside.queued = .endThenHeldStart
        return nil
    }

    /// Goes on with the content, which begins with the held bytes.
    private mutating func resumeContent(_ length: Int?) -> MessageEvent? {
        message.progress.offset -= aside.held.count
        state = length.map(ParserState.content) ?? .chunkSize
        return readHeldAgain()
    }

    // MARK: Content that a response may not have

    // By the letter (RFC 9112 §6.3) a response without length goes on until the close, and one whose
    // request nobody knows has the content that it announces. The peers may know better: the request may
    // have been HEAD, and servers leave the length out where there is no content. Where the next response
    // is due and its status line stands where the content should begin, it is believed.

    /// Collects bytes that may be the status line of the next response.
    mutating func collectAnswer(_ bytes: Span<UInt8>, _ position: inout Int) -> MessageEvent? {
        while position < bytes.count {
            let isWhole = aside.held.count == StartLineSyntax.strictStatusLength
            if isWhole, mayBeAnswer, bytes[position] <= .space { return endBeforeAnswer() }
            guard !isWhole,
                StartLineSyntax.mayBeStrictStatus(bytes[position], at: aside.held.count)
            else { return resumeDoubtedContent() }
            hold(bytes[position], &position)
        }
        return nil
    }

    /// Whether a status line is believed where the content should begin: an answer is due, or the
    /// request is not known, and the sender began a segment there.
    private var mayBeAnswer: Bool {
        isAnswerDue || message.progress.answering == .unknown && place.segmentStart != nil
    }

    /// Ends the response, whose content does not come: the other side went on behind the head.
    package mutating func endWithoutContent() -> MessageEvent? {
        guard case .contentOrAnswer = state, aside.held.isEmpty else { return nil }
        message.progress.framing = .noContent
        return end(complete: true)
    }

    private mutating func endBeforeAnswer() -> MessageEvent {
        message.progress.offset -= aside.held.count
        message.note(.answerInsteadOfContent)
        message.progress.framing = .noContent
        aside.queued = .heldStart
        return end(complete: true)
    }

    /// Goes on with the content, which begins with the held bytes.
    private mutating func resumeDoubtedContent() -> MessageEvent? {
        message.progress.offset -= aside.held.count
        state = ParserState(beginning: message.progress.framing)
        return readHeldAgain()
    }

    // MARK: Interruptions

    mutating func interruptContent(_ cause: Interruption) -> MessageEvent? {
        guard cause.endsWaiting else { return nil }
        if case .gap(let length) = cause, state.passGap(of: length) {
            message.progress.offset += length
            message.progress.hasGap = true
            return nil
        }
        if case .untilClose = state, cause == .endOfStream { return end(complete: true) }
        chunkLine.beginNext()
        if cause.blamesSender { message.note(.truncatedContent) }
        return end(complete: false)
    }

    mutating func interruptWithheld(_ cause: Interruption, length: Int?) -> MessageEvent? {
        guard cause.endsWaiting else { return nil }
        if cause.blamesSender, aside.held.isEmpty {
            message.note(.contentWithheld)
            return end(complete: false)
        }
        return resumeContent(length) ?? interruptContent(cause)
    }

    mutating func interruptContentOrAnswer(_ cause: Interruption) -> MessageEvent? {
        guard cause.endsWaiting else { return nil }
        // In answer to HEAD there would be none.
        if message.progress.answering == .unknown, aside.held.isEmpty, cause.blamesSender {
            return endWithoutContent()
        }
        return resumeDoubtedContent() ?? interrupt(cause)
    }
}
