import Bytes
import Findings

// Lines of a header section that are not written as the grammar asks, or come in pieces, or are too
// much to be kept.
extension MessageInProgress {
    /// Keeps a piece of a field line, as long as the header section is within the limits.
    mutating func keepFieldLine(_ bytes: Span<UInt8>, _ limits: ParserLimits) {
        guard !bytes.isEmpty else { return }
        head.isPlain = false
        progress.line.count(bytes)
        progress.offset += bytes.count
        let room = limits.keptHead + ParserLimits.framingReserve - head.bytes.count
        if progress.line.isOmitted || bytes.count > room {
            progress.line.omit(before: bytes, in: &head, keeping: &omittedBeginning)
        } else {
            head.bytes.append(copying: bytes)
        }
    }

    /// Whether the collected line is not to be kept, which is noted then: the line is beyond the limit and
    /// not needed for the framing, or continues a line that was not kept.
    mutating func omitsLine(_ limits: ParserLimits) -> Bool {
        let place = progress.line.start..<head.bytes.count
        let isTooLong = progress.line.isOmitted
        var isOmitted = isTooLong
        if progress.line.firstByte.isBlank {
            isOmitted = isOmitted || progress.line.isBehindOmitted
        } else if !isOmitted, head.bytes.count > limits.keptHead {
            let syntax = FieldLineSyntax(head.bytes.span, line: place, ending: .none)
            isOmitted = KnownFieldName(head.bytes.span.extracting(syntax.field.name)) == nil
        }
        progress.line.isBehindOmitted = isOmitted
        progress.line.isOmitted = false
        guard isOmitted else { return false }
        let beginning = isTooLong ? omittedBeginning : Array(head.bytes[place])
        head.bytes.removeSubrange(place)
        noteOmittedLine(beginning, limits)
        return true
    }

    /// Says which line is not kept, and the length; short ones behind it are only counted.
    private mutating func noteOmittedLine(_ beginning: [UInt8], _ limits: ParserLimits) {
        let isLong =
            progress.line.length > min(1024, limits.keptHead / 2)
            && !progress.line.firstByte.isBlank
        let finding = Finding(
            .headerSectionTooLarge,
            bytes: progress.offset - progress.line.length..<progress.offset,
            detail: .excerpt(Array(beginning.prefix(FindingDetail.limit)))
        )
        head.findings.note(finding, folding: !isLong)
    }

    /// Reads and remembers how a line of the head ends.
    mutating func readLineEnding(of line: Range<Int>) -> LineEnding {
        let ending = head.readLineEnding(of: line)
        progress.fields.add(ending)
        return ending
    }

    /// Reads one whole line of the header section.
    mutating func readFieldLine(_ line: Range<Int>) {
        head.isPlain = false
        let ending = readLineEnding(of: line)
        let content = line.lowerBound..<line.upperBound - ending.length
        if head.bytes[line.lowerBound].isBlank, let last = head.fieldLines.indices.last {
            let rest = head.bytes.span.trimming(content)
            head.fieldLines[last].continueValue(to: rest, line: line, ending: ending)
            note(.obsoleteLineFolding, line)
            head.checkLineBytes(content)
            ObfuscatedFraming.checkFold(line, onto: last, in: &head)
            return
        }
        let syntax = FieldLineSyntax(head.bytes.span, line: line, ending: ending)
        syntax.report(to: &head.findings, at: 0)
        head.checkLineBytes(content)
        let name = KnownFieldName(head.bytes.span.extracting(syntax.field.name))
        if let name { progress.fields.add(name, at: head.fieldLines.count) }
        head.fieldLines.append(syntax.field)
        if let name, name.isFraming, syntax.field.hasColon {
            ObfuscatedFraming.check(name, syntax.field, content, in: &head)
        }
    }

    /// Reads the beginning of a line; a carriage return at the end may be half of the line end.
    mutating func readCutLine() {
        let hasReturn = head.bytes.last == .carriageReturn
        if hasReturn { head.bytes.removeLast() }
        let (start, end) = (progress.line.start, head.bytes.count)
        if start < end {
            readFieldLine(start..<end)
            head.findings.removeAll { $0.code == .missingColon && $0.bytes == start..<end }
            if hasReturn { head.keepCarriageReturn() }
        } else if hasReturn {
            head.bytes.append(.carriageReturn)
        }
    }

    // MARK: Trailers

    /// Collects the lines of the trailer section (RFC 9112 §7.1.2).
    ///
    /// - Returns: where the line lies in the trailer's bytes, once whole.
    mutating func collectTrailerLine(
        _ bytes: Span<UInt8>,
        _ position: inout Int,
        _ limits: ParserLimits
    ) -> Range<Int>? {
        guard position < bytes.count else { return nil }
        let end = bytes.firstIndex(of: .lineFeed, from: position).map { $0 + 1 } ?? bytes.count
        let piece = bytes.extracting(position..<end)
        position = end
        keepTrailerLine(piece, limits)
        guard piece[piece.count - 1] == .lineFeed else { return nil }
        return trailerLineStart..<head.trailerBytes.count
    }

    /// Keeps a piece of a line, as long as the trailer section is within the limit.
    private mutating func keepTrailerLine(_ piece: Span<UInt8>, _ limits: ParserLimits) {
        progress.line.count(piece)
        progress.offset += piece.count
        let room = limits.headerSection - head.trailerBytes.count
        progress.line.isOmitted = progress.line.isOmitted || piece.count > room
        if progress.line.isOmitted {
            head.trailerBytes.removeSubrange(trailerLineStart...)
        } else {
            head.trailerBytes.append(copying: piece)
        }
    }

    /// Where the line being collected begins in the trailer's bytes.
    private var trailerLineStart: Int { head.trailerLines.last?.line.upperBound ?? 0 }

    /// Reads a whole trailer field, or notes that the line is too much to be kept.
    mutating func readTrailerLine(_ place: Range<Int>) {
        let isBehindOmitted = progress.line.firstByte.isBlank && progress.line.isBehindOmitted
        let isOmitted = progress.line.isOmitted || isBehindOmitted
        progress.line.isBehindOmitted = isOmitted
        progress.line.isOmitted = false
        if isOmitted {
            head.trailerBytes.removeSubrange(place)
            let bytes = progress.offset - progress.line.length..<progress.offset
            head.findings.note(Finding(.headerSectionTooLarge, bytes: bytes), folding: true)
        } else {
            head.readTrailerField(place, isContinuation: progress.line.firstByte.isBlank)
        }
    }
}
