import Bytes
import Findings

extension MessageInProgress {
    /// How many more bytes of the start line can be taken before something has to be decided.
    func roomOfStartLine(_ limits: ParserLimits) -> Int {
        if case .startLine = progress.line.longLine { return Int.max }
        return max(limits.unclaimedLine, 1) - (head.bytes.count - progress.line.start)
    }

    /// Collects a start line, as far as there is room.
    ///
    /// - Returns: whether the line is whole.
    mutating func collectStartLine(
        _ bytes: Span<UInt8>,
        _ position: inout Int,
        _ limits: ParserLimits
    ) -> Bool {
        let end = position + min(bytes.count - position, roomOfStartLine(limits))
        let lineFeed = bytes.extracting(0..<end).firstIndex(of: .lineFeed, from: position)
        let taken = position..<(lineFeed.map { $0 + 1 } ?? end)
        head.bytes.append(copying: bytes.extracting(taken))
        position = taken.upperBound
        if case .startLine = progress.line.longLine {
            // What is decided about a whole line must not depend on the pieces in which it came.
            let limit = limits.keptStartLine
            progress.line.shorten(in: &head, to: limit, sparing: lineFeed == nil ? limit : 0)
        }
        return lineFeed != nil
    }

    /// Takes the collected line as the start line, which stands at `place`.
    mutating func readStartLine(of role: MessageRole, at place: inout StreamPlace) {
        let range = progress.line.start..<head.bytes.count
        if progress.line.start > 0, !place.isBehindGap {
            note(.blankLineBeforeStartLine, 0..<progress.line.start)
        }
        if progress.line.omittedLength > 0 { note(.headerSectionTooLarge, range) }
        if place.isAfterClose { note(.messageAfterClose, range) }
        place.endStartLine()
        progress.offset = head.bytes.count + progress.line.omittedLength
        let ending = readLineEnding(of: range)
        switch role {
        case .request: head.readRequestLine(range, ending)
        case .response: head.readStatusLine(range, ending)
        }
        if !place.wordInFront.isEmpty { noteJoinedLine(place.takeWordInFront()) }
        progress.line.start = head.bytes.count
        progress.line.beginNext()
    }

    /// Says of a request line which method results with the word in front.
    private mutating func noteJoinedLine(_ word: [UInt8]) {
        let method = head.startLine.method
        head.note(.joinedRequestLine, method, quoting: word + head.bytes[method])
    }

    /// Reads a line that never saw a line feed: carriage returns alone may have been meant as line
    /// ends.
    ///
    /// - Returns: how many bytes are left over, as they follow a blank line among these.
    mutating func readUnendedLines(
        of role: MessageRole,
        at place: inout StreamPlace,
        _ limits: ParserLimits
    ) -> Int {
        // How much of a long line is there depends on the pieces in which it came.
        if case .startLine = progress.line.longLine {
            progress.line.shorten(in: &head, to: limits.keptStartLine)
        }
        var rest = Array(head.bytes[progress.line.start...])[...]
        let isSplit = rest.dropLast().contains(.carriageReturn)
        var isBehindStartLine = false
        head.bytes.removeSubrange(progress.line.start...)
        while !rest.isEmpty {
            let piece = rest.prefix { $0 != .carriageReturn }
            let isLine = piece.count < rest.count
            rest = rest.dropFirst(piece.count + 1)
            if isBehindStartLine, piece.isEmpty {
                head.bytes.append(.carriageReturn)
                break
            }
            progress.line.start = head.bytes.count
            head.bytes.append(contentsOf: piece)
            if isBehindStartLine {
                readFieldLine(progress.line.start..<head.bytes.count)
            } else {
                readStartLine(of: role, at: &place)
                isBehindStartLine = true
            }
            if isLine { head.keepCarriageReturn() }
        }
        progress.offset = head.bytes.count + progress.line.omittedLength
        progress.line.start = head.bytes.count
        if isSplit, !head.findings.contains(where: { $0.code == .bareCarriageReturn }) {
            note(.bareCarriageReturn, head.startLine.line)
        }
        return rest.count
    }

    // MARK: Lines of which the end was not captured

    // A start line in a frame that the snap length has cut has no line end, and mostly no version.

    /// Forgets the seeming meaning of the parts of a start line where their rest may just not have been
    /// captured.
    mutating func doubtCutParts() {
        head.findings.removeAll { $0.code.isAboutStartLineEnd }
        guard head.startLine.ending == .none else { return }
        if head.startLine.protocolVersion == .missing {
            head.startLine.protocolVersion = .invalid
        }
        let end = head.startLine.line.upperBound
        head.findings.removeAll { $0.code == .extraWhitespace && $0.bytes?.upperBound == end }
        let status = head.startLine.status
        if status.count < 3, status.upperBound == end { head.startLine.statusCode = nil }
    }

    /// Takes back findings about a value of which only the first bytes were captured.
    mutating func doubtCutValue(_ line: Range<Int>) {
        head.findings.removeAll { finding in
            guard finding.code.isAboutWholeValue, let bytes = finding.bytes else { return false }
            return bytes.lowerBound >= line.lowerBound && bytes.upperBound <= line.upperBound
        }
    }
}

extension FindingCode {
    /// Whether the cause may be that the end of a start line is missing.
    fileprivate var isAboutStartLineEnd: Bool {
        switch self {
        case .missingVersion, .invalidVersion, .unsupportedVersion, .invalidStatus, .invalidTarget:
            true
        default: false
        }
    }

    /// Whether the cause may be that the end of a field value is missing.
    fileprivate var isAboutWholeValue: Bool {
        switch self {
        case .invalidContentLength, .conflictingContentLength, .obfuscatedFramingField,
            .unknownTransferCoding, .chunkedNotLast, .invalidHost, .hostDiffersFromTarget:
            true
        default: false
        }
    }
}
