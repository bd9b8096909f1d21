import Bytes
import Findings

extension MessageParser {
    /// Collects the lines of the trailer section (RFC 9112 §7.1.2), to its blank line.
    mutating func collectTrailerLine(
        _ bytes: Span<UInt8>,
        _ position: inout Int
    ) -> MessageEvent? {
        guard position < bytes.count else { return nil }
        let end = bytes.firstIndex(of: .lineFeed, from: position).map { $0 + 1 } ?? bytes.count
        let piece = bytes.extracting(position..<end)
        position = end
        keepTrailerLine(piece)
        if piece[piece.count - 1] == .lineFeed { readTrailerLine() }
        return nil
    }

    /// Keeps what has come of a line, as long as the trailer section is within its limit.
    private mutating func keepTrailerLine(_ piece: Span<UInt8>) {
        if lineLength == 0 { lineBegin = piece[0] }
        lineLength += piece.count
        offset += piece.count
        let room = limits.headerSection - head.trailerBytes.count
        isLineOmitted = isLineOmitted || piece.count > room
        if isLineOmitted {
            head.trailerBytes.removeSubrange(trailerLineStart...)
        } else {
            head.trailerBytes.append(copying: piece)
        }
    }

    /// Where the line being collected begins in the trailer's bytes.
    private var trailerLineStart: Int { head.trailerLines.last?.line.upperBound ?? 0 }

    private mutating func readTrailerLine() {
        let line = trailerLineStart..<head.trailerBytes.count
        let isBlank = lineLength == 1 || lineLength == 2 && lineBegin == .carriageReturn
        defer { lineLength = 0 }
        if isBlank {
            _ = readTrailerLineEnding(of: line)
            state = .ending(complete: true)
            return
        }
        if isStartOfNextMessage(head.trailerBytes.span.extracting(line)) {
            return endBeforeTrailerLine(line)
        }
        let isOmitted = isLineOmitted || lineBegin.isBlank && isAfterOmittedLine
        isAfterOmittedLine = isOmitted
        isLineOmitted = false
        if isOmitted {
            head.trailerBytes.removeSubrange(line)
            let place = offset - lineLength..<offset
            head.findings.note(Finding(.headerSectionTooLarge, bytes: place), folding: true)
        } else {
            readTrailerField(line)
        }
    }

    /// Ends the message without the blank line behind its last chunk, as the next begins here.
    private mutating func endBeforeTrailerLine(_ line: Range<Int>) {
        carryOver(Array(head.trailerBytes[line]))
        head.trailerBytes.removeSubrange(line)
        note(.openTrailerSection, offset..<offset)
    }

    private mutating func readTrailerField(_ line: Range<Int>) {
        let ending = readTrailerLineEnding(of: line)
        let content = line.lowerBound..<line.upperBound - ending.length
        let start = head.trailerOffset
        var findings = head.findings
        if lineBegin.isBlank, let last = head.trailerLines.indices.last {
            let rest = head.trailerBytes.span.trimming(content)
            head.trailerLines[last].continueValue(to: rest, line: line, ending: ending)
            let place = line.lowerBound + start..<line.upperBound + start
            findings.note(Finding(.obsoleteLineFolding, bytes: place))
        } else {
            let syntax = FieldLineSyntax(head.trailerBytes.span, line: line, ending: ending)
            syntax.report(to: &findings, at: start)
            if ForbiddenTrailer.contains(head.trailerBytes.span.extracting(syntax.field.name)) {
                let place = line.lowerBound + start..<line.upperBound + start
                findings.note(Finding(.forbiddenTrailerField, bytes: place))
            }
            head.trailerLines.append(syntax.field)
        }
        LineBytes.check(head.trailerBytes.span, content, at: start, findings: &findings)
        head.findings = findings
    }

    private mutating func readTrailerLineEnding(of line: Range<Int>) -> LineEnding {
        let last = line.upperBound - 1
        guard !line.isEmpty, head.trailerBytes[last] == .lineFeed else { return .none }
        if line.count > 1, head.trailerBytes[last - 1] == .carriageReturn { return .crlf }
        let place = last + head.trailerOffset..<last + head.trailerOffset + 1
        head.findings.note(Finding(.bareLineFeed, bytes: place), folding: true)
        head.findings.note(Finding(.ambiguousChunkLine, bytes: place), folding: true)
        return .lineFeed
    }
}

/// The fields that no trailer section may have: those for framing, routing, modifying and
/// authenticating requests, controlling responses, and those that say how content is to be read
/// (RFC 9110 §6.5.1).
private enum ForbiddenTrailer {
    private static let names: [StaticString] = [
        "Transfer-Encoding", "Content-Length", "Host", "Connection", "Upgrade", "TE", "Trailer",
        "Expect", "Range", "Max-Forwards", "Cache-Control", "If-Match", "If-None-Match",
        "If-Modified-Since", "If-Unmodified-Since", "If-Range", "Authorization",
        "Proxy-Authorization", "WWW-Authenticate", "Proxy-Authenticate", "Cookie", "Set-Cookie",
        "Age", "Expires", "Date", "Location", "Retry-After", "Vary", "Warning",
        "Content-Encoding", "Content-Type", "Content-Range",
    ]

    static func contains(_ name: Span<UInt8>) -> Bool {
        for other in names where name.equalsIgnoringCase(other) { return true }
        return KnownFieldName(name)?.isFraming ?? false
    }
}
