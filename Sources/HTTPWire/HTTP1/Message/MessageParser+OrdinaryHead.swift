import Bytes

// Nearly all lines of nearly all heads are written as RFC 9112 asks and lie whole in one segment.
// These are read where they lie, in one pass, and kept with one copy. The first line that is in any
// way odd is left to the code that looks at one line at a time and knows what to say about it: the
// outcome is the same as if it had read all of them.
extension MessageParser {
    /// Reads the start line, and the field lines behind it, as far as they are ordinary.
    ///
    /// - Returns: whether the start line was; if not, nothing is consumed. The event is
    ///   ``MessageEvent/head`` where the head is whole.
    mutating func readOrdinaryHead(
        _ bytes: Span<UInt8>,
        _ position: inout Int
    ) -> (isRead: Bool, event: MessageEvent?) {
        guard head.bytes.isEmpty, !isAfterClose, !isBehindGap, !isPlaceLost, case .none = longLine,
            isWithinLimits(bytes, position)
        else { return (false, nil) }
        let line: OrdinaryStartLine?
        switch role {
        case .request: line = OrdinaryStartLine(requestLineOf: bytes, at: position)
        case .response: line = OrdinaryStartLine(statusLineOf: bytes, at: position)
        }
        guard let line, line.end - position <= limits.unclaimedLine else { return (false, nil) }
        head.isPlain = true
        head.startLine = line.startLine(movedBy: -position, role: role)
        isPlaceLost = false
        if !passedOver.isEmpty { forgetPassedOver() }
        lineLength = 0
        state = .fieldLines
        return (true, readOrdinaryLines(bytes, &position, from: line.end))
    }

    /// Reads field lines, and the blank line that ends them, as far as they are ordinary.
    ///
    /// - Parameters:
    ///   - bytes: the stream's next bytes.
    ///   - position: where lines begin that are not kept yet; moved behind what is ordinary.
    ///   - start: where the first field line begins.
    /// - Returns: ``MessageEvent/head`` where the head is whole.
    mutating func readOrdinaryLines(
        _ bytes: Span<UInt8>,
        _ position: inout Int,
        from start: Int
    ) -> MessageEvent? {
        let shift = head.bytes.count - position
        var end = start
        var isBlank = false
        while !isBlank {
            if bytes.isLineEnd(at: end) {
                isBlank = true
                end += 2
            } else if let line = OrdinaryFieldLine(bytes, at: end) {
                let name = KnownFieldName(bytes.extracting(end..<line.colon))
                if name == .framingLike { break }
                if let name { remember(name, index: head.fieldLines.count) }
                head.fieldLines.append(FieldLine(line, at: end, movedBy: shift))
                end = line.end
            } else {
                break
            }
        }
        guard end > position else { return nil }
        head.bytes.append(copying: bytes.extracting(position..<end))
        offset += end - position
        position = end
        lineStart = head.bytes.count
        fields.hasCRLF = true
        isAfterOmittedLine = false
        guard isBlank else { return nil }
        head.isTerminated = true
        return finishHead()
    }

    /// Whether no line of these bytes can be too much to be kept.
    func isWithinLimits(_ bytes: Span<UInt8>, _ position: Int) -> Bool {
        head.bytes.count + bytes.count - position <= limits.headerSection
    }
}

extension FieldLine {
    /// The ordinary line that begins at `start`, its places moved by `shift`.
    @inline(__always)
    fileprivate init(_ line: OrdinaryFieldLine, at start: Int, movedBy shift: Int) {
        self.init(
            name: (start..<line.colon).moved(by: shift),
            value: line.value.moved(by: shift),
            line: (start..<line.end).moved(by: shift),
            ending: .crlf,
            isFolded: false,
            hasColon: true
        )
    }
}

extension Range<Int> {
    /// The range so many places further on.
    @inline(__always)
    func moved(by distance: Int) -> Range<Int> {
        lowerBound &+ distance..<upperBound &+ distance
    }
}
