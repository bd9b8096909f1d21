import Bytes
import Findings

// Rules that need the whole header section.
extension MessageParser {
    /// Applies the rules for requests; where the head `isWhole`, everything that was sent of it was
    /// captured, so that what is not there was not sent.
    mutating func applyRequestRules(isWhole: Bool) {
        if isWhole, fields.hosts == 0,
            case .http1(minor: 1...) = head.startLine.protocolVersion
        {
            note(.missingHost, head.startLine.line)
        }
        if let host = fields.host { checkHost(head.fieldLines[host]) }
        if isWhole, let data = fields.data, fields.contentLength == nil,
            fields.transferEncoding == nil
        {
            note(.dataFieldInsteadOfContent, head.fieldLines[data].line)
        }
        if let upgrade = fields.upgrade, lists("h2c", in: head.fieldLines[upgrade]) {
            note(.upgradeToH2C, head.fieldLines[upgrade].line)
        }
    }

    private mutating func checkHost(_ field: FieldLine) {
        if fields.hosts > 1 { note(.duplicateHost, field.line) }
        if !HostSyntax.isValid(head.bytes.span.extracting(field.value)) {
            note(.invalidHost, field.value)
        } else if !agreesWithTarget(host: field.value) {
            note(.hostDiffersFromTarget, field.line)
        }
    }

    // This and `lists` are inlined, as a call would be given a copy of the whole parser.
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

    /// Remembers that the message is to be the last of its sender (RFC 9112 §9.6).
    mutating func noteAnnouncedClose() {
        guard let connection = fields.connection else { return }
        let field = head.fieldLines[connection]
        guard field.value.count >= 5, lists("close", in: field) else { return }
        if role == .response, let status = head.startLine.statusCode, 100..<200 ~= status { return }
        announcesClose = true
    }

    /// Whether a list names `token`, in letters of either case (RFC 9110 §5.6.1).
    @inline(__always)
    private func lists(_ token: StaticString, in field: FieldLine) -> Bool {
        var elements = ListElements(field.value)
        while let element = elements.next(in: head.bytes.span) {
            if head.bytes.span.extracting(element).equalsIgnoringCase(token) { return true }
        }
        return false
    }

    /// Notes content where the method gives it no meaning (RFC 9110 §9.3).
    mutating func checkContentOfRequest() {
        guard framing != .length(0), givesContentNoMeaning, let line = fields.lastFraming else {
            return
        }
        note(.contentInBodylessRequest, head.fieldLines[line].line)
    }

    private var givesContentNoMeaning: Bool {
        let method = head.bytes.span.extracting(head.startLine.method)
        return method.equals("GET") || method.equals("HEAD") || method.equals("TRACE")
            || method.equals("CONNECT")
    }

    /// Notes fields that announce content which the response cannot have (RFC 9110 §8.6, RFC 9112
    /// §6.1).
    mutating func checkFieldsOfBodylessResponse() {
        guard let line = fields.lastFraming else { return }
        note(.framingFieldInBodylessResponse, head.fieldLines[line].line)
    }

    // MARK: Framing fields that not everybody takes for such

    /// Notes a line that is a framing field to some recipients only: by its name, or by what stands
    /// around the colon and in the value; `content` is the line without its line end.
    mutating func checkFraming(_ name: KnownFieldName, _ field: FieldLine, _ content: Range<Int>) {
        var isDoubtful = name == .framingLike || head.bytes[field.name.upperBound] != .colon
        for index in field.name.upperBound..<content.upperBound {
            let byte = head.bytes[index]
            isDoubtful = isDoubtful || byte < .space || byte == 0x7F
        }
        if isDoubtful { note(.obfuscatedFramingField, field.line) }
    }

    /// Notes a fold in a framing field, and a line that is one to those who do not know folds.
    mutating func checkFold(_ line: Range<Int>, onto last: Int) {
        let isDoubtful = isFraming(head.fieldLines[last].name) || isFramingBehindBlanks(line)
        if isDoubtful { note(.obfuscatedFramingField, line) }
    }

    /// Notes a framing field behind a carriage return, where some recipients have a line begin.
    mutating func checkBareReturns(_ range: Range<Int>) {
        var start = range.lowerBound
        while let found = head.bytes.span.firstIndex(of: .carriageReturn, from: start),
            found < range.upperBound
        {
            start = found + 1
            let rest = start..<range.upperBound
            if isFramingBehindBlanks(rest) { note(.obfuscatedFramingField, rest) }
        }
    }

    private func isFraming(_ name: Range<Int>) -> Bool {
        KnownFieldName(head.bytes.span.extracting(name))?.isFraming ?? false
    }

    private func isFramingBehindBlanks(_ line: Range<Int>) -> Bool {
        let inner = FieldLineSyntax(head.bytes.span, line: trimmed(line), ending: .none).field
        return inner.hasColon && isFraming(inner.name)
    }
}
