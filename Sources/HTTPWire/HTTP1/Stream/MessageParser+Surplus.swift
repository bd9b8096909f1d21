import Bytes
import Findings

// Content that is longer than its Content-Length runs into the next request line: `enGET / HTTP/1.1`.
// By the letter that is a method of its own. But clients write a request as one piece, with a segment
// that begins with it, and use methods that are known.
extension MessageParser {
    /// Takes note that the sender began a segment with the bytes that are given next.
    ///
    /// Of several in one line the first counts where a known method may begin.
    package mutating func noteSegment() {
        switch state {
        case .idle: segmentStart = hasEnded ? 0 : head.bytes.count
        case .startLine:
            guard role == .request else { break }
            // Where segments are so short, where they begin says nothing of a word.
            if head.bytes.span.extracting(lineStart...).firstIndex(of: .space) == nil {
                beginsSegment = false
            }
            if let start = segmentStart, start > lineStart, start <= head.bytes.count,
                KnownMethod.mayBegin(head.bytes.span.extracting(start...))
            {
                break
            }
            segmentStart = head.bytes.count
        case .contentOrAnswer: if heldBytes.isEmpty { segmentStart = 0 }
        case .fieldLines, .headComplete, .content, .untilClose, .withheld, .chunkSize, .chunkData,
            .chunkEnd, .trailers, .ending, .switched:
            break
        }
    }

    /// Where inside `line` the next request begins, where more content than was announced stands in
    /// front of it: at a segment's beginning, or, where the line begins inside a segment, with a
    /// known method at the end of a word that is none.
    func requestBehindSurplus(_ line: Span<UInt8>) -> Int? {
        guard role == .request, isBehindMessage, omitted == 0,
            StartLineSyntax.hasStrictVersionAtEnd(line),
            !StartLineSyntax.isWholeStartLine(line, role: .request)
        else { return nil }
        if let start = requestAtSegment(line) {
            return StartLineSyntax.isMention(in: line, at: start) ? nil : start
        }
        return beginsSegment ? nil : StartLineSyntax.knownMethodAtEndOfWord(line)
    }

    /// Where inside `line` a request may begin behind text that ends with a blank or a quote, as
    /// quotations follow on these too: at a segment's beginning, or right behind a message.
    func requestBehindText(_ line: Span<UInt8>) -> Int? {
        guard role == .request, isBehindMessage, omitted == 0 else { return nil }
        return requestAtSegment(line) ?? (isAligned ? StartLineSyntax.strictRequest(in: line) : nil)
    }

    /// Where inside `line` a segment begins with a request line.
    private func requestAtSegment(_ line: Span<UInt8>) -> Int? {
        guard let segmentStart else { return nil }
        let start = segmentStart - lineStart
        guard start > 0, start < line.count,
            StartLineSyntax.isWholeStartLine(line.extracting(start...), role: .request)
        else { return nil }
        return start
    }

    /// Keeps what stands in the line at hand in front of a request line, if it could be the beginning of
    /// a method.
    mutating func noteWordInFront(_ length: Int) {
        guard role == .request, case .none = longLine else { return }
        let word = head.bytes[lineStart..<lineStart + length]
        if word.allSatisfy(\.isToken) { wordInFront = Array(word.prefix(FindingDetail.limit)) }
    }

    /// Says of a request line which method it has with the word in front of it.
    mutating func noteJoinedLine() {
        let method = head.startLine.method
        let joined = (wordInFront + head.bytes[method]).prefix(FindingDetail.limit)
        wordInFront = []
        head.findings.note(
            Finding(.joinedRequestLine, bytes: method, detail: .excerpt(Array(joined)))
        )
    }
}

extension StartLineSyntax {
    /// Where in `line` a strict request line begins with a known method that ends its first word.
    fileprivate static func knownMethodAtEndOfWord(_ line: Span<UInt8>) -> Int? {
        var end = 0
        while end < line.count, line[end].isToken { end += 1 }
        return (0..<end).dropFirst().first { start in
            KnownMethod.isOne(line.extracting(start..<end))
                && isStrictRequestLine(line, at: start)
        }
    }
}
