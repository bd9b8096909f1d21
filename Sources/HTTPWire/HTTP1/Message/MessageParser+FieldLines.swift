import Bytes
import Findings

extension MessageParser {
    /// Collects the lines of the header section until one is whole.
    mutating func collectFieldLine(_ bytes: Span<UInt8>, _ position: inout Int) -> MessageEvent? {
        if lineLength == 0, isWithinLimits(bytes, position),
            let event = readOrdinaryLines(bytes, &position, from: position)
        {
            return event
        }
        guard position < bytes.count else { return nil }
        guard let end = bytes.firstIndex(of: .lineFeed, from: position) else {
            keepFieldLine(bytes.extracting(position..<bytes.count))
            position = bytes.count
            return nil
        }
        keepFieldLine(bytes.extracting(position..<end + 1))
        position = end + 1
        return readHeaderLine()
    }

    /// Keeps what has come of a line, as long as the header section is within its limit.
    mutating func keepFieldLine(_ bytes: Span<UInt8>) {
        guard !bytes.isEmpty else { return }
        head.isPlain = false
        if lineLength == 0 { lineBegin = bytes[0] }
        lineLength += bytes.count
        offset += bytes.count
        let room = limits.keptHead + ParserLimits.framingReserve - head.bytes.count
        if isLineOmitted || bytes.count > room {
            omitLine(before: bytes)
        } else {
            head.bytes.append(copying: bytes)
        }
    }

    /// Keeps of a line that is too long what tells which it is.
    private mutating func omitLine(before bytes: Span<UInt8>) {
        if !isLineOmitted {
            omittedBeginning = Array(head.bytes[lineStart...].prefix(FindingDetail.limit))
        }
        let room = FindingDetail.limit - omittedBeginning.count
        if room > 0 {
            omittedBeginning.append(copying: bytes.extracting(0..<min(room, bytes.count)))
        }
        head.bytes.removeSubrange(lineStart...)
        isLineOmitted = true
    }

    /// Whether the collected line is not to be kept, which is noted then: it is beyond the limit and
    /// not needed for the framing, or continues a line that was not kept.
    mutating func omitsLine() -> Bool {
        let line = lineStart..<head.bytes.count
        var isOmitted = isLineOmitted
        if lineBegin.isBlank {
            isOmitted = isOmitted || isAfterOmittedLine
        } else if !isOmitted, head.bytes.count > limits.keptHead {
            let syntax = FieldLineSyntax(head.bytes.span, line: line, ending: .none)
            isOmitted = KnownFieldName(head.bytes.span.extracting(syntax.field.name)) == nil
        }
        isAfterOmittedLine = isOmitted
        defer { isLineOmitted = false }
        guard isOmitted else { return false }
        let kept = isLineOmitted ? omittedBeginning : Array(head.bytes[line])
        head.bytes.removeSubrange(line)
        noteOmittedLine(kept)
        return true
    }

    /// Says which line is not kept, and how long it is; short ones behind it are only counted.
    private mutating func noteOmittedLine(_ beginning: [UInt8]) {
        let isLong = lineLength > min(1024, limits.keptHead / 2) && !lineBegin.isBlank
        let finding = Finding(
            .headerSectionTooLarge,
            bytes: offset - lineLength..<offset,
            detail: .excerpt(Array(beginning.prefix(FindingDetail.limit)))
        )
        head.findings.note(finding, folding: !isLong)
    }

    /// Reads the collected line: the blank line, a field line, its continuation, or the start line
    /// of another message.
    private mutating func readHeaderLine() -> MessageEvent? {
        let line = lineStart..<head.bytes.count
        let isBlank = lineLength == 1 || lineLength == 2 && lineBegin == .carriageReturn
        defer {
            lineLength = 0
            lineStart = head.bytes.count
        }
        if isBlank {
            if !line.isEmpty { _ = readLineEnding(of: line) }
            head.isTerminated = true
            return finishHead()
        }
        if isStartOfNextMessage(head.bytes.span.extracting(line)) { return endBefore(line) }
        if !omitsLine() { readFieldLine(line) }
        return nil
    }

    /// A start line where a field line is due, or a chunk, means that the end of the message was left
    /// out.
    func isStartOfNextMessage(_ line: Span<UInt8>) -> Bool {
        guard !line.isEmpty, line[0].isToken else { return false }
        return StartLineSyntax.isStrictStartLine(line, role: role)
            || role == .request && StartLineSyntax.isRequestLineAmongFields(line)
    }

    private mutating func endBefore(_ line: Range<Int>) -> MessageEvent {
        carryOver(Array(head.bytes[line]))
        head.bytes.removeSubrange(line)
        note(.unterminatedHeaderSection, offset..<offset)
        return finishHead()
    }

    /// Has the message end before a line that was collected for it and begins the next.
    mutating func carryOver(_ line: [UInt8]) {
        carriedLine = line
        offset -= line.count
        queued = .endThenCarriedLine
    }

    /// Reads one whole line of the header section.
    mutating func readFieldLine(_ line: Range<Int>) {
        head.isPlain = false
        let ending = readLineEnding(of: line)
        let content = line.lowerBound..<line.upperBound - ending.length
        if head.bytes[line.lowerBound].isBlank, let last = head.fieldLines.indices.last {
            head.fieldLines[last].continueValue(to: trimmed(content), line: line, ending: ending)
            note(.obsoleteLineFolding, line)
            checkLineBytes(content)
            checkFold(line, onto: last)
            return
        }
        let syntax = FieldLineSyntax(head.bytes.span, line: line, ending: ending)
        syntax.report(to: &head.findings, at: 0)
        checkLineBytes(content)
        let name = KnownFieldName(head.bytes.span.extracting(syntax.field.name))
        remember(name, index: head.fieldLines.count)
        head.fieldLines.append(syntax.field)
        if let name, name.isFraming, syntax.field.hasColon {
            checkFraming(name, syntax.field, content)
        }
    }

    /// Remembers the fields that the framing and the rules need.
    mutating func remember(_ name: KnownFieldName?, index: Int) {
        switch name {
        case .host:
            fields.hosts += 1
            fields.host = index
        case .data: fields.data = index
        case .connection: fields.connection = index
        case .upgrade: fields.upgrade = index
        case .contentLength:
            fields.contentLength = (fields.contentLength?.lowerBound ?? index)...index
        case .transferEncoding:
            fields.transferEncoding = (fields.transferEncoding?.lowerBound ?? index)...index
        case .contentEncoding: fields.isContentCoded = true
        case .framingLike, nil: break
        }
    }

    /// Notes the bytes that no line of a head may hold; looks closer only where there is one that is
    /// not printable ASCII.
    mutating func checkLineBytes(_ range: Range<Int>) {
        guard
            let first = head.bytes.span.firstUnprintable(
                from: range.lowerBound,
                to: range.upperBound
            )
        else { return }
        var findings = head.findings
        LineBytes.check(
            head.bytes.span,
            first..<range.upperBound,
            at: 0,
            findings: &findings
        )
        head.findings = findings
        checkBareReturns(first..<range.upperBound)
    }

    /// Applies the rules that need the whole head, and gets ready to say that it is complete.
    ///
    /// - Parameter isWhole: whether everything that was sent of it was captured, so that what is not
    ///   there was not sent.
    /// - Returns: the event that says so.
    mutating func finishHead(isWhole: Bool = true) -> MessageEvent {
        if fields.hasCRLF && fields.hasBareLineFeed { noteMixedEndings() }
        switch role {
        case .request: applyRequestRules(isWhole: isWhole)
        case .response: if head.isTerminated { checkRequiredFields() }
        }
        applyLengthRules()
        noteAnnouncedClose()
        // A server decides by it whether it wants the content at all.
        // What a response's is depends on what it answers; unless its head is cut short, that is
        // decided later.
        framing = role == .request ? requestFraming() : .untilClose
        if role == .request, framing != .noContent { checkContentOfRequest() }
        state = .headComplete
        return .head
    }

    /// Points at the first line that ends otherwise than the line before it.
    private mutating func noteMixedEndings() {
        let first = head.startLine.ending
        let other = head.fieldLines.first { $0.ending != first && $0.ending != .none }
        let last = head.fieldLines.last?.line.upperBound ?? head.startLine.line.upperBound
        note(.mixedLineEndings, other?.line ?? last..<head.bytes.count)
    }
}

extension FieldLine {
    /// Takes another line as the continuation of the value (RFC 9112 §5.2).
    mutating func continueValue(to content: Range<Int>, line: Range<Int>, ending: LineEnding) {
        if !content.isEmpty {
            let start = value.isEmpty ? content.lowerBound : value.lowerBound
            value = start..<content.upperBound
        }
        self.line = self.line.lowerBound..<line.upperBound
        self.ending = ending
        isFolded = true
    }
}
