internal import Bytes
internal import Findings
internal import HTTPWire

/// What a server needs to know of a request's head.
///
/// The parser has read the request; its findings are the reasons for which one is refused.
struct RequestCheck {
    private let head: MessageHead
    private let framing: ContentFraming

    init(_ head: MessageHead, framing: ContentFraming) {
        self.head = head
        self.framing = framing
    }

    var method: [UInt8] { part(head.startLine.method) }
    var target: [UInt8] { part(head.startLine.target) }
    var version: [UInt8] { part(head.startLine.version) }
    var isHead: Bool { method.elementsEqual("HEAD".utf8) }

    /// The value of the first `Data` field, in which the report's client sends its data.
    var dataField: [UInt8] {
        head.fieldLines.first { head.isNamed($0, "data") }.map { part($0.value) } ?? []
    }

    /// The fields by which the standard server acts; `nil` where there is none of them.
    var actedOnFields: RequestFields? {
        var fields: RequestFields?
        for line in head.fieldLines {
            let name = head.bytes.span.extracting(line.name)
            guard let path = RequestFields.path(name) else { continue }
            var known = fields ?? RequestFields()
            let value = part(line.value)
            if let others = known[keyPath: path] {
                known[keyPath: path] = others + Array(", ".utf8) + value
            } else {
                known[keyPath: path] = value
            }
            fields = known
        }
        return fields
    }

    /// Whether the request says how long its content is, be it 0.
    var statesContent: Bool { framing != .noContent }

    /// Whether the client wants the connection closed after the answer (RFC 9112 §9.3).
    var asksToClose: Bool { contains("close", in: "connection") }

    /// Whether the client waits for a 100 before it sends the content (RFC 9110 §10.1.1).
    var expectsContinue: Bool {
        announcesContent && head.isTerminated && contains("100-continue", in: "expect")
    }

    /// Whether it must have a Host field, and has none yet (RFC 9112 §3.2).
    var lacksHost: Bool {
        !closesByVersion && !head.fieldLines.contains { head.isNamed($0, "host") }
    }

    /// Whether it has no version, so that the answer is content alone (HTTP/0.9).
    var isSimple: Bool { head.startLine.version.isEmpty }

    /// Whether the connection ends with the answer unless the client asks otherwise: before 1.1.
    var closesByVersion: Bool { !version.elementsEqual("HTTP/1.1".utf8) }

    /// The answer to a request that is not to be carried out, or `nil`; decided by the head alone.
    ///
    /// The standard server refuses what has a finding of severity `error`, and nothing else but
    /// what is beyond its limits or in a coding that it does not take off; a request that lacks only its blank line is put up with in both
    /// modes, as it is the report's third, which waits for its answer.
    func refusal(wire: WireMode, limits: ServerLimits) -> Answer? {
        switch wire {
        case .report: reportRefusal(limits)
        case .standard: standardRefusal ?? otherCoding ?? tooLarge(limits)
        }
    }

    private var standardRefusal: Answer? {
        let errors = head.findings.filter { finding in
            finding.code.severity == .error
                && !(finding.code == .unterminatedHeaderSection && lacksOnlyBlankLine)
        }
        // Of a message of another version nothing else can be said.
        let finding = errors.first { $0.code == .unsupportedVersion } ?? errors.first
        return finding.map { Answer(refusing: $0, in: head) }
    }

    private func tooLarge(_ limits: ServerLimits) -> Answer? {
        guard case .length(let length) = framing, length > limits.content else { return nil }
        return Self.contentTooLarge(limits)
    }

    private func reportRefusal(_ limits: ServerLimits) -> Answer? {
        if head.startLine.method.isEmpty || !method.allSatisfy(\.isToken) {
            return Self.notARequest
        }
        if let answer = FileService.refusal(ofVersion: version) { return answer }
        if has(.unknownTransferCoding) { return Self.codingRefusal }
        return tooLarge(limits) ?? ambiguous ?? otherCoding
    }

    /// The refusal of content whose coding would be stored with it, as only chunked is taken off
    /// (RFC 9112 §6.1); `nil` where there is none.
    private var otherCoding: Answer? {
        guard framing == .chunked else { return nil }
        let hasOther = elements(of: "transfer-encoding").contains { coding in
            !coding.isEmpty && !coding.span.equalsIgnoringCase("chunked")
        }
        return hasOther ? Self.codingRefusal : nil
    }

    private static let codingRefusal = Answer(
        .notImplemented,
        "This server knows no transfer coding but chunked."
    )

    /// The refusal of a request that has come to its end, or `nil`.
    ///
    /// - Parameters:
    ///   - isComplete: whether it ended as its framing says.
    ///   - wire: how the server behaves.
    /// - Returns: the answer, or `nil` if the request is to be carried out.
    func refusalAtEnd(isComplete: Bool, wire: WireMode) -> Answer? {
        if wire == .standard { return standardRefusal }
        if has(.invalidChunkSize) {
            return Answer(.badRequest, "The length of a chunk cannot be read.")
        }
        if isComplete { return nil }
        // A header section without its blank line is put up with, as the report's server did; but
        // not half a line, and not content that never came: the files would get what nobody meant.
        if head.isTerminated || announcesContent {
            return Answer(.badRequest, "The content did not come to its end.")
        }
        if endsInsideLine {
            return Answer(.badRequest, "The header section ends inside a line.")
        }
        return nil
    }

    /// The answer to bytes that are no request.
    static let notARequest = Answer(.badRequest, "This is not a request: it has no method.")

    /// The answer to more content than `limits` permit.
    static func contentTooLarge(_ limits: ServerLimits) -> Answer {
        Answer(.contentTooLarge, "The content is longer than \(limits.content) bytes.")
    }

    // Where the content ends is in doubt: what one recipient takes for content is the next request
    // to another (RFC 9112 §11.2). The report's server is not lenient here either.
    private var ambiguous: Answer? {
        let codes: [FindingCode] = [
            .conflictingContentLength, .invalidContentLength, .contentLengthWithTransferEncoding,
            .chunkedNotLast, .transferEncodingInOldVersion,
        ]
        return head.findings.first { codes.contains($0.code) }
            .map { Answer(refusing: $0, in: head) }
    }

    private var announcesContent: Bool {
        framing != .noContent && framing != .length(0)
    }

    // Half a line, or content that never came: the files would get what nobody meant.
    private var lacksOnlyBlankLine: Bool { !endsInsideLine && !announcesContent }

    /// Whether the last line came without line end, so that nobody knows what it was to be.
    private var endsInsideLine: Bool {
        let last = head.fieldLines.last?.ending ?? head.startLine.ending
        return !head.isTerminated && last == .none
    }

    private func has(_ code: FindingCode) -> Bool {
        head.findings.contains { $0.code == code }
    }

    private func part(_ range: Range<Int>) -> [UInt8] {
        guard range.upperBound <= head.bytes.count else { return [] }
        return Array(head.bytes[range])
    }

    /// Whether the fields called `name` list `token`, in any case (RFC 9110 §5.6.1).
    private func contains(_ token: StaticString, in name: StaticString) -> Bool {
        elements(of: name).contains { $0.span.equalsIgnoringCase(token) }
    }

    /// The elements of the lists in the fields called `name`, without white space.
    private func elements(of name: StaticString) -> [[UInt8]] {
        head.fieldLines.filter { head.isNamed($0, name) }.flatMap { line in
            part(line.value).split(separator: 0x2C).map { $0.filter { !$0.isBlank } }
        }
    }
}

extension Answer {
    /// The answer to a request that `finding` is the reason to refuse, with the finding's sentence.
    init(refusing finding: Finding, in head: MessageHead) {
        let status: AnswerStatus =
            switch finding.code {
            case .unsupportedVersion: .versionNotSupported
            case .unknownTransferCoding: .notImplemented
            case .headerSectionTooLarge:
                finding.bytes == head.startLine.line ? .targetTooLong : .headerSectionTooLarge
            default: .badRequest
            }
        self.init(status, "\(finding.code.rawValue): \(finding.message(in: head))")
    }
}

extension RequestFields {
    /// Where the value of the field `name` belongs; `nil` for most.
    fileprivate static func path(_ name: Span<UInt8>) -> WritableKeyPath<Self, [UInt8]?>? {
        guard let first = name.count > 0 ? name[0] | 0x20 : nil else { return nil }
        switch first {
        case UInt8(ascii: "c"):
            if name.equalsIgnoringCase("content-type") { return \.contentType }
            if name.equalsIgnoringCase("content-encoding") { return \.contentEncoding }
            if name.equalsIgnoringCase("content-range") { return \.contentRange }
        case UInt8(ascii: "i"):
            if name.equalsIgnoringCase("if-match") { return \.ifMatch }
            if name.equalsIgnoringCase("if-none-match") { return \.ifNoneMatch }
            if name.equalsIgnoringCase("if-modified-since") { return \.ifModifiedSince }
            if name.equalsIgnoringCase("if-unmodified-since") { return \.ifUnmodifiedSince }
            if name.equalsIgnoringCase("if-range") { return \.ifRange }
        case UInt8(ascii: "r"):
            if name.equalsIgnoringCase("range") { return \.range }
        default: break
        }
        return nil
    }
}
