import Bytes
import Findings

// Findings, and the lines of the head as far as they need no more than the head.
extension MessageHead {
    /// Notes something odd at these of the message's bytes.
    mutating func note(_ code: FindingCode, _ bytes: Range<Int>) {
        findings.note(Finding(code, bytes: bytes))
    }

    /// Notes a finding with bytes that are not kept.
    mutating func note(_ code: FindingCode, _ place: Range<Int>, quoting bytes: [UInt8]) {
        let excerpt = Array(bytes.prefix(FindingDetail.limit))
        findings.note(Finding(code, bytes: place, detail: .excerpt(excerpt)))
    }

    /// Notes that a line of the chunked transfer coding ends with a line feed alone.
    mutating func noteBareLineFeed(_ place: Range<Int>) {
        findings.note(Finding(.bareLineFeed, bytes: place), folding: true)
        findings.note(Finding(.ambiguousChunkLine, bytes: place), folding: true)
    }

    /// Reads how a line of the head ends; a line feed alone is noted.
    mutating func readLineEnding(of line: Range<Int>) -> LineEnding {
        let ending = LineEnding(of: line, in: bytes)
        if ending == .lineFeed {
            let last = line.upperBound - 1
            findings.note(Finding(.bareLineFeed, bytes: last..<last + 1), folding: true)
        }
        return ending
    }

    /// Notes the bytes that no line of a head may hold; looks closer only where there is one that is
    /// not printable ASCII.
    mutating func checkLineBytes(_ range: Range<Int>) {
        let end = range.upperBound
        guard let first = bytes.span.firstUnprintable(from: range.lowerBound, to: end) else {
            return
        }
        LineBytes.check(bytes, first..<end, at: 0, findings: &findings)
        ObfuscatedFraming.checkBareReturns(first..<end, in: &self)
    }

    /// Counts a carriage return to the line that was read without.
    mutating func keepCarriageReturn() {
        bytes.append(.carriageReturn)
        let end = bytes.count
        if let last = fieldLines.indices.last {
            fieldLines[last].line = fieldLines[last].line.lowerBound..<end
        } else {
            startLine.line = startLine.line.lowerBound..<end
        }
    }

    /// Points at the first line that ends otherwise than the line before it.
    mutating func noteMixedEndings() {
        let first = startLine.ending
        let other = fieldLines.first { $0.ending != first && $0.ending != .none }
        let last = fieldLines.last?.line.upperBound ?? startLine.line.upperBound
        note(.mixedLineEndings, other?.line ?? last..<bytes.count)
    }

    /// Whether a list in a field value names `token`, in letters of either case (RFC 9110 §5.6.1).
    @inline(__always)
    func lists(_ token: StaticString, in field: FieldLine) -> Bool {
        var elements = ListElements(field.value)
        while let element = elements.next(in: bytes.span) {
            if bytes.span.extracting(element).equalsIgnoringCase(token) { return true }
        }
        return false
    }

    // MARK: Trailers

    /// Reads the trailer field at `line` of ``trailerBytes``, or the continuation of the one before.
    mutating func readTrailerField(_ line: Range<Int>, isContinuation: Bool) {
        let ending = readTrailerLineEnding(of: line)
        let content = line.lowerBound..<line.upperBound - ending.length
        let place = line.moved(by: trailerOffset)
        if isContinuation, let last = trailerLines.indices.last {
            let rest = trailerBytes.span.trimming(content)
            trailerLines[last].continueValue(to: rest, line: line, ending: ending)
            note(.obsoleteLineFolding, place)
        } else {
            let syntax = FieldLineSyntax(trailerBytes.span, line: line, ending: ending)
            syntax.report(to: &findings, at: trailerOffset)
            if ForbiddenTrailer.contains(trailerBytes.span.extracting(syntax.field.name)) {
                note(.forbiddenTrailerField, place)
            }
            trailerLines.append(syntax.field)
        }
        LineBytes.check(trailerBytes, content, at: trailerOffset, findings: &findings)
    }

    /// Reads how a line of the trailer section ends; a line feed alone is noted.
    @discardableResult
    mutating func readTrailerLineEnding(of line: Range<Int>) -> LineEnding {
        let ending = LineEnding(of: line, in: trailerBytes)
        if ending == .lineFeed {
            let last = line.upperBound - 1 + trailerOffset
            noteBareLineFeed(last..<last + 1)
        }
        return ending
    }
}
