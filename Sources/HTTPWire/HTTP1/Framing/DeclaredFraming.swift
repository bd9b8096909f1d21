import Bytes
import Findings

/// The length and the transfer coding of the content, as the field lines declare them.
struct DeclaredFraming: Sendable {
    /// The value of `Content-Length`, in bytes, where readable.
    private(set) var contentLength: Int?

    /// The last of the transfer codings; `nil` where there is none.
    private(set) var transferCoding: TransferCoding?

    /// Whether a transfer coding compresses the content.
    private(set) var isCompressed = false

    /// How a request's content is framed (RFC 9112 §6.3, items 4 to 7).
    var ofRequest: ContentFraming {
        if transferCoding == .chunked { return .chunked }
        if let contentLength { return .length(contentLength) }
        return .noContent
    }

    /// How the content of a response is framed, if any (RFC 9112 §6.3, items 4 to 8).
    var ofResponse: ContentFraming {
        switch transferCoding {
        case .chunked: return .chunked
        case .other: return .untilClose
        case nil: return contentLength.map(ContentFraming.length) ?? .untilClose
        }
    }

    /// Reads every `Content-Length` value: lists and repeated lines of one number are that number
    /// (RFC 9112 §6.3, item 5); of different numbers the first is taken.
    mutating func readContentLength(_ lines: ClosedRange<Int>, in head: inout MessageHead) {
        let first = head.fieldLines[lines.lowerBound].value
        let hasLeadingZeros = first.count > 1 && head.bytes[first.lowerBound] == 0x30
        if lines.count == 1, !hasLeadingZeros,
            let length = Decimal.value(of: head.bytes.span.extracting(first))
        {
            contentLength = length
            return
        }
        var count = 0
        for index in lines {
            let field = head.fieldLines[index]
            guard head.isNamed(field, "Content-Length") else { continue }
            var values = ListElements(field.value)
            while let value = values.next(in: head.bytes.span) {
                readLength(value, line: field.line, in: &head)
                count += 1
            }
            if values.isEmpty { head.note(.invalidContentLength, field.line) }
            if values.hasEmptyElement { head.note(.obfuscatedFramingField, field.line) }
        }
        if count > 1 { head.note(.repeatedContentLength, head.fieldLines[lines.upperBound].line) }
    }

    private mutating func readLength(
        _ value: Range<Int>,
        line: Range<Int>,
        in head: inout MessageHead
    ) {
        guard let length = Decimal.value(of: head.bytes.span.extracting(value)) else {
            return head.note(.invalidContentLength, value)
        }
        if value.count > 1, head.bytes[value.lowerBound] == 0x30 {
            head.note(.leadingZeros, value)
        }
        if let contentLength, contentLength != length {
            head.note(.conflictingContentLength, line)
        } else {
            contentLength = length
        }
    }

    /// Reads the transfer codings: all depends on whether `chunked` is the last (RFC 9112 §6.1).
    mutating func readTransferEncoding(
        _ lines: ClosedRange<Int>,
        in head: inout MessageHead,
        of role: MessageRole
    ) {
        var (count, named) = (0, CodingNames())
        for index in lines {
            let field = head.fieldLines[index]
            guard head.isNamed(field, "Transfer-Encoding") else { continue }
            count += 1
            var codings = ListElements(field.value)
            while let coding = codings.next(in: head.bytes.span) {
                readCoding(coding, &named, in: &head)
            }
            if codings.isEmpty { head.note(.unknownTransferCoding, field.line) }
            if codings.hasEmptyElement { head.note(.obfuscatedFramingField, field.line) }
        }
        let last = head.fieldLines[lines.upperBound]
        if count > 1 { head.note(.repeatedTransferEncoding, last.line) }
        // A response may end with the close instead; a request cannot.
        if transferCoding == .other, named.chunked || role == .request && !named.unknown {
            head.note(.chunkedNotLast, last.value)
        }
        if head.startLine.protocolVersion == .http1(minor: 0) {
            head.note(.transferEncodingInOldVersion, last.line)
        }
    }

    private mutating func readCoding(
        _ range: Range<Int>,
        _ named: inout CodingNames,
        in head: inout MessageHead
    ) {
        switch CodingName(head.bytes.span.extracting(range)) {
        case .chunked:
            if transferCoding == .chunked { head.note(.unknownTransferCoding, range) }
            transferCoding = .chunked
            named.chunked = true
        case .compression:
            transferCoding = .other
            isCompressed = true
        case .identity:
            // Removed from HTTP in 2014; recipients take it as no coding at all.
            head.note(.unknownTransferCoding, range)
        case .unknown:
            transferCoding = .other
            named.unknown = true
            head.note(.unknownTransferCoding, range)
        }
    }
}

/// Which codings a message lists, wherever.
private struct CodingNames {
    var chunked = false
    var unknown = false
}
