import Bytes
import Findings

/// The message that is being read, or the last one that was.
package struct MessageInProgress: Sendable {
    /// The start line and the header section, as far as they have come.
    package internal(set) var head = MessageHead()

    /// Everything else that is known of the message.
    package internal(set) var progress = MessageProgress()

    /// The first bytes of the last field line that was not kept.
    var omittedBeginning: [UInt8] = []

    /// Goes on to the next message, which uses the storage of the head again.
    mutating func startOver() {
        head.reset()
        progress = MessageProgress()
    }

    /// Begins with bytes that came earlier, of which the first line begins at `start`.
    mutating func begin(with bytes: some Collection<UInt8>, at start: Int = 0) {
        head.bytes = Array(bytes)
        progress.line.start = start
        progress.offset = head.bytes.count
    }

    /// Decides how the content is framed, as RFC 9112 §6.3 does.
    mutating func decideFraming(_ role: MessageRole) {
        switch role {
        case .request: progress.framing = progress.declared.ofRequest
        case .response:
            let response = ResponseFraming(
                status: head.startLine.statusCode,
                hasVersion: !head.startLine.version.isEmpty,
                answering: progress.answering,
                declared: progress.declared
            )
            progress.framing = response.framing
            if response.forbidsFramingFields, let line = progress.fields.lastFraming {
                note(.framingFieldInBodylessResponse, head.fieldLines[line].line)
            }
            if response.lacksLength, progress.fields.contentLength == nil {
                note(.noContentLengthUntilClose, progress.offset..<progress.offset)
            }
        }
    }

    /// Whether the framing of a response is not sure; `isSeenFromBothSides` where the
    /// other side tells more.
    func isFramingInDoubt(isSeenFromBothSides: Bool) -> Bool {
        if progress.answering == .unknown { return true }
        return isSeenFromBothSides && progress.framing == .untilClose
            && progress.answering == .ordinary
            && progress.declared.transferCoding == nil && !progress.announcesClose
    }

    /// Notes something odd about the message, at these of the bytes.
    mutating func note(_ code: FindingCode, _ bytes: Range<Int>) { head.note(code, bytes) }

    /// Notes something odd at the place that is reached.
    mutating func note(_ code: FindingCode) { head.note(code, progress.offset..<progress.offset) }

    // MARK: Lines as the grammar asks

    /// Reads field lines, and the blank line that ends them, as far as they are ordinary.
    ///
    /// - Parameters:
    ///   - bytes: the stream's next bytes.
    ///   - position: where lines begin that are not kept yet; moved behind the ordinary ones.
    ///   - start: where the first field line begins.
    /// - Returns: whether the head is whole.
    mutating func readOrdinaryLines(
        _ bytes: Span<UInt8>,
        _ position: inout Int,
        from start: Int
    ) -> Bool {
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
                if let name { progress.fields.add(name, at: head.fieldLines.count) }
                head.fieldLines.append(FieldLine(line, at: end, movedBy: shift))
                end = line.end
            } else {
                break
            }
        }
        guard end > position else { return false }
        head.bytes.append(copying: bytes.extracting(position..<end))
        progress.offset += end - position
        position = end
        progress.line.start = head.bytes.count
        progress.line.isBehindOmitted = false
        progress.fields.hasCRLF = true
        if isBlank { head.isTerminated = true }
        return isBlank
    }
}

extension FieldLine {
    /// The ordinary line that begins at `start`, moved by `shift`.
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
