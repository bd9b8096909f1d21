import Bytes

/// How a whole line between messages is to be taken.
enum StartLineVerdict {
    case startLine
    case http2Preface
    /// The end of the line is a start line, from there on.
    case startLineWithin(Int)
    /// The end of the line may be a start line, or a quotation.
    case quotedLineWithin(Int)
    /// The line may be a status line with the version of another protocol.
    case otherStatusLine
    case other
}

// Content that is longer than its Content-Length runs into the next request line: `enGET / HTTP/1.1`.
// By the letter that is a method of its own. But clients write a request as one piece, with a segment
// that begins with it, and use methods that are known.
extension StreamPlace {
    /// Decides about `line`, a whole one.
    ///
    /// - Parameters:
    ///   - line: the bytes of the line, as far as they are kept.
    ///   - collected: how the line was collected.
    ///   - role: that of the messages.
    ///   - allowsOtherNames: whether a status line may have the name of another protocol.
    /// - Returns: how the line is to be taken.
    func judge(
        _ line: Span<UInt8>,
        _ collected: LineCollector,
        role: MessageRole,
        allowsOtherNames: Bool
    ) -> StartLineVerdict {
        if case .foreign = collected.longLine { return embeddedLine(line, role) ?? .other }
        if role == .request, StartLineSyntax.isHTTP2Preface(line) { return .http2Preface }
        if isBehindGap {
            return StartLineSyntax.isWholeStartLine(line, role: role)
                ? .startLine : embeddedLine(line, role) ?? .other
        }
        let mayHoldRequest = role == .request && isBehindMessage && collected.omittedLength == 0
        if mayHoldRequest, let start = requestBehindSurplus(line, from: collected.start) {
            return .startLineWithin(start)
        }
        let isStartLine = StartLineSyntax.isStartLine(line, role: role, isDue: isAligned)
        if case .startLine = collected.longLine { return isStartLine ? .startLine : .other }
        // Where the first word cannot be a method, one may stand behind it.
        if isStartLine, role == .response || StartLineSyntax.beginsWithToken(line) {
            return .startLine
        }
        if let embedded = embeddedLine(line, role) { return embedded }
        if mayHoldRequest, let start = requestBehindText(line, from: collected.start) {
            return .quotedLineWithin(start)
        }
        if isStartLine { return .startLine }
        let isOther =
            role == .response && isAligned && allowsOtherNames
            && StartLineSyntax.isLikeStatusLine(line)
        return isOther ? .otherStatusLine : .other
    }

    private func embeddedLine(_ line: Span<UInt8>, _ role: MessageRole) -> StartLineVerdict? {
        StartLineSyntax.embeddedStartLine(in: line, role: role)
            .map(StartLineVerdict.startLineWithin)
    }

    /// Where inside `line` the next request begins, where more content than was announced stands in
    /// front: at a segment's beginning, or, where the line begins inside a segment, with a
    /// known method at the end of a word that is none.
    private func requestBehindSurplus(_ line: Span<UInt8>, from lineStart: Int) -> Int? {
        guard StartLineSyntax.hasStrictVersionAtEnd(line),
            !StartLineSyntax.isWholeStartLine(line, role: .request)
        else { return nil }
        if let start = requestAtSegment(line, from: lineStart) {
            return StartLineSyntax.isMention(in: line, at: start) ? nil : start
        }
        return lineBeginsSegment ? nil : StartLineSyntax.knownMethodAtEndOfWord(line)
    }

    /// Where inside `line` a request may begin behind text that ends with a blank or a quote, as
    /// quotations follow on these too: at a segment's beginning, or right behind a message.
    private func requestBehindText(_ line: Span<UInt8>, from lineStart: Int) -> Int? {
        requestAtSegment(line, from: lineStart)
            ?? (isAligned ? StartLineSyntax.strictRequest(in: line) : nil)
    }

    /// Where inside `line` a segment begins with a request line.
    private func requestAtSegment(_ line: Span<UInt8>, from lineStart: Int) -> Int? {
        guard let segmentStart else { return nil }
        let start = segmentStart - lineStart
        guard start > 0, start < line.count,
            StartLineSyntax.isWholeStartLine(line.extracting(start...), role: .request)
        else { return nil }
        return start
    }
}
