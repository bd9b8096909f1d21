import Bytes
import Findings

// Rules that need the whole header section.
extension MessageInProgress {
    /// Applies the rules that need the whole head.
    ///
    /// - Parameters:
    ///   - role: that of the message.
    ///   - isWhole: whether everything that was sent of the head was captured, so that a missing
    ///     field was not sent.
    mutating func finishHead(of role: MessageRole, isWhole: Bool) {
        if progress.fields.hasCRLF && progress.fields.hasBareLineFeed { head.noteMixedEndings() }
        switch role {
        case .request: applyRequestRules(isWhole: isWhole)
        case .response: if head.isTerminated { RequiredField.check(&head) }
        }
        declareFraming(of: role)
        noteAnnouncedClose(role)
        // A server decides by the framing whether it wants the content at all. That of a response
        // depends on the request that it answers; unless the head is cut short, that is decided later.
        progress.framing = role == .request ? progress.declared.ofRequest : .untilClose
        if role == .request, progress.framing != .noContent { checkContentOfRequest() }
    }

    /// Reads the fields that tell the content's length, and notes their faults.
    private mutating func declareFraming(of role: MessageRole) {
        if let lines = progress.fields.transferEncoding {
            progress.declared.readTransferEncoding(lines, in: &head, of: role)
            progress.fields.isContentCoded =
                progress.fields.isContentCoded || progress.declared.isCompressed
        }
        guard let lines = progress.fields.contentLength else { return }
        progress.declared.readContentLength(lines, in: &head)
        if progress.fields.transferEncoding != nil {
            note(.contentLengthWithTransferEncoding, head.fieldLines[lines.upperBound].line)
        }
    }

    /// Remembers whether the message is to be the last of the sender (RFC 9112 §9.6).
    private mutating func noteAnnouncedClose(_ role: MessageRole) {
        guard let connection = progress.fields.connection else { return }
        let field = head.fieldLines[connection]
        guard field.value.count >= 5, head.lists("close", in: field) else { return }
        if role == .response, let status = head.startLine.statusCode, 100..<200 ~= status { return }
        progress.announcesClose = true
    }

    // MARK: Requests

    private mutating func applyRequestRules(isWhole: Bool) {
        if isWhole, progress.fields.hosts == 0,
            case .http1(minor: 1...) = head.startLine.protocolVersion
        {
            note(.missingHost, head.startLine.line)
        }
        if let host = progress.fields.host { checkHost(head.fieldLines[host]) }
        if isWhole, let data = progress.fields.data, progress.fields.contentLength == nil,
            progress.fields.transferEncoding == nil
        {
            note(.dataFieldInsteadOfContent, head.fieldLines[data].line)
        }
        if let upgrade = progress.fields.upgrade, head.lists("h2c", in: head.fieldLines[upgrade]) {
            note(.upgradeToH2C, head.fieldLines[upgrade].line)
        }
    }

    private mutating func checkHost(_ field: FieldLine) {
        if progress.fields.hosts > 1 { note(.duplicateHost, field.line) }
        if !HostSyntax.isValid(head.bytes.span.extracting(field.value)) {
            note(.invalidHost, field.value)
        } else if !agreesWithTarget(host: field.value) {
            note(.hostDiffersFromTarget, field.line)
        }
    }

    // Inlined, as a call would be given a copy of the whole message.
    @inline(__always)
    private func agreesWithTarget(host: Range<Int>) -> Bool {
        let line = head.startLine
        guard !line.target.isEmpty, head.bytes[line.target.lowerBound] != 0x2F else { return true }
        let bytes = head.bytes.span
        return HostSyntax.agrees(
            bytes.extracting(host),
            withTarget: bytes.extracting(line.target),
            isConnect: bytes.extracting(line.method).equals("CONNECT")
        )
    }

    /// Notes content where the method gives that no meaning (RFC 9110 §9.3).
    private mutating func checkContentOfRequest() {
        guard progress.framing != .length(0), givesContentNoMeaning,
            let line = progress.fields.lastFraming
        else {
            return
        }
        note(.contentInBodylessRequest, head.fieldLines[line].line)
    }

    private var givesContentNoMeaning: Bool {
        let method = head.bytes.span.extracting(head.startLine.method)
        return method.equals("GET") || method.equals("HEAD") || method.equals("TRACE")
            || method.equals("CONNECT")
    }
}
