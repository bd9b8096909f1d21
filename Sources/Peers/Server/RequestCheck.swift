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

    /// Whether the client wants the connection closed after the answer (RFC 9112 §9.3).
    var asksToClose: Bool { contains("close", in: "connection") }

    /// Whether the client waits for a 100 before it sends the content (RFC 9110 §10.1.1).
    var expectsContinue: Bool {
        announcesContent && head.isTerminated && contains("100-continue", in: "expect")
    }

    /// The answer to a request that is not to be carried out, or `nil`; decided by the head alone.
    func refusal(wire: WireMode, limits: ServerLimits) -> Answer? {
        if head.startLine.method.isEmpty || !method.allSatisfy(\.isToken) {
            return Self.notARequest
        }
        if let answer = FileService.refusal(ofVersion: version) { return answer }
        if has(.unknownTransferCoding) {
            return Answer(.notImplemented, "This server knows no transfer coding but chunked.")
        }
        if case .length(let length) = framing, length > limits.content {
            return Self.contentTooLarge(limits)
        }
        return malformed(wire)
    }

    /// The refusal of a request that has come to its end, or `nil`.
    ///
    /// - Parameter isComplete: whether it ended as its framing says.
    /// - Returns: the answer 400, or `nil` if the request is to be carried out.
    func refusalAtEnd(isComplete: Bool) -> Answer? {
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

    private func malformed(_ wire: WireMode) -> Answer? {
        // Where the content ends is in doubt: what one recipient takes for content is the next
        // request to another (RFC 9112 §11.2). No mode is lenient here.
        let framing: [FindingCode] = [
            .conflictingContentLength, .invalidContentLength, .contentLengthWithTransferEncoding,
            .chunkedNotLast, .transferEncodingInOldVersion,
        ]
        // What a server MUST or should refuse: RFC 9112 §3.2, §5.1, §5.2, §2.2; RFC 9110 §5.5.
        let strict: [FindingCode] = [
            .missingHost, .duplicateHost, .whitespaceBeforeColon, .obsoleteLineFolding,
            .bareCarriageReturn, .missingColon, .invalidFieldName, .invalidFieldValue,
            .invalidTarget, .invalidHost, .hostDiffersFromTarget,
        ]
        let codes =
            switch wire {
            case .report: framing
            case .standard: framing + strict
            }
        guard let finding = head.findings.first(where: { codes.contains($0.code) }) else {
            return nil
        }
        let sentence = finding.code.entry.sentence
        return Answer(.badRequest, "\(finding.code.rawValue): \(sentence)")
    }

    private var announcesContent: Bool {
        framing != .noContent && framing != .length(0)
    }

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
        head.fieldLines.filter { head.isNamed($0, name) }.contains { line in
            part(line.value).split(separator: 0x2C).contains { element in
                let trimmed = element.filter { !$0.isBlank }
                return trimmed.span.equalsIgnoringCase(token)
            }
        }
    }
}
