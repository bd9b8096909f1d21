import Bytes
import Findings

extension MessageParser {
    /// Notes what is wrong with the fields that tell the content's length.
    mutating func applyLengthRules() {
        guard let transferEncoding = fields.transferEncoding else {
            if let lines = fields.contentLength { readContentLength(lines) }
            return
        }
        readTransferEncoding(transferEncoding)
        guard let lines = fields.contentLength else { return }
        readContentLength(lines)
        note(.contentLengthWithTransferEncoding, head.fieldLines[lines.upperBound].line)
    }

    /// Decides how the content is framed, as RFC 9112 §6.3 does, and enters it.
    mutating func enterContent() -> MessageEvent? {
        framing = role == .request ? requestFraming() : responseFraming()
        enterFramedContent()
        if isFramingInDoubt, framing.hasContent {
            // What was lent as content may stand there still.
            heldBytes = []
            segmentStart = nil
            state = .contentOrAnswer
        }
        return nil
    }

    /// Enters the content as its framing says.
    mutating func enterFramedContent() {
        switch framing {
        case .noContent: state = .ending(complete: true)
        case .length(let length): state = .content(length)
        case .chunked: state = .chunkSize
        case .untilClose: state = .untilClose
        case .switched: state = .ending(complete: true)
        }
    }

    /// How a request's content is framed (RFC 9112 §6.3, items 4 to 7).
    func requestFraming() -> ContentFraming {
        if transferCoding == .chunked { return .chunked }
        if let contentLength { return .length(contentLength) }
        return .noContent
    }

    private mutating func responseFraming() -> ContentFraming {
        let status = head.startLine.statusCode
        switch answering {
        case .withoutVersion: if head.startLine.version.isEmpty { return .untilClose }
        case .head:
            // An interim response and 204 may not have these fields in answer to HEAD either.
            if let status, 100..<200 ~= status && status != 101 || status == 204 {
                checkFieldsOfBodylessResponse()
            }
            return .noContent
        case .connect:
            if let status, 200..<300 ~= status {
                checkFieldsOfBodylessResponse()
                return .switched
            }
        case .ordinary, .unknown: break
        }
        if let status, 100..<200 ~= status || status == 204 {
            checkFieldsOfBodylessResponse()
            return status == 101 ? .switched : .noContent
        }
        if status == 304 { return .noContent }
        switch transferCoding {
        case .chunked: return .chunked
        case .other: return .untilClose
        case nil: break
        }
        if let contentLength { return .length(contentLength) }
        if fields.contentLength == nil {
            head.findings.note(Finding(.noContentLengthUntilClose, bytes: offset..<offset))
        }
        return .untilClose
    }

    /// Reads every `Content-Length` value: lists and repeated lines of one number are that number
    /// (RFC 9112 §6.3, item 5); of different numbers the first is taken.
    private mutating func readContentLength(_ lines: ClosedRange<Int>) {
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
                readLength(value, line: field.line)
                count += 1
            }
            if values.isEmpty { note(.invalidContentLength, field.line) }
            if values.hasEmptyElement { note(.obfuscatedFramingField, field.line) }
        }
        if count > 1 { note(.repeatedContentLength, head.fieldLines[lines.upperBound].line) }
    }

    private mutating func readLength(_ value: Range<Int>, line: Range<Int>) {
        guard let length = Decimal.value(of: head.bytes.span.extracting(value)) else {
            return note(.invalidContentLength, value)
        }
        if value.count > 1, head.bytes[value.lowerBound] == 0x30 { note(.leadingZeros, value) }
        if let contentLength, contentLength != length {
            note(.conflictingContentLength, line)
        } else {
            contentLength = length
        }
    }

    /// Reads the transfer codings: what counts is whether `chunked` is the last (RFC 9112 §6.1).
    private mutating func readTransferEncoding(_ lines: ClosedRange<Int>) {
        var (count, named) = (0, CodingNames())
        for index in lines {
            let field = head.fieldLines[index]
            guard head.isNamed(field, "Transfer-Encoding") else { continue }
            count += 1
            var codings = ListElements(field.value)
            while let coding = codings.next(in: head.bytes.span) {
                readCoding(coding, &named)
            }
            if codings.isEmpty { note(.unknownTransferCoding, field.line) }
            if codings.hasEmptyElement { note(.obfuscatedFramingField, field.line) }
        }
        let last = head.fieldLines[lines.upperBound]
        if count > 1 { note(.repeatedTransferEncoding, last.line) }
        // A response may end with the close instead; a request cannot.
        if transferCoding == .other, named.chunked || role == .request && !named.unknown {
            note(.chunkedNotLast, last.value)
        }
        if head.startLine.protocolVersion == .http1(minor: 0) {
            note(.transferEncodingInOldVersion, last.line)
        }
    }

    private mutating func readCoding(_ range: Range<Int>, _ named: inout CodingNames) {
        switch CodingName(head.bytes.span.extracting(range)) {
        case .chunked:
            if transferCoding == .chunked { note(.unknownTransferCoding, range) }
            transferCoding = .chunked
            named.chunked = true
        case .compression:
            transferCoding = .other
            fields.isContentCoded = true
        case .identity:
            // Removed from HTTP in 2014; recipients take it as no coding at all.
            note(.unknownTransferCoding, range)
        case .unknown:
            transferCoding = .other
            named.unknown = true
            note(.unknownTransferCoding, range)
        }
    }
}

/// Which codings a message lists, wherever.
private struct CodingNames {
    var chunked = false
    var unknown = false
}

/// A transfer coding by its name (RFC 9112 §7).
private enum CodingName {
    case chunked
    case compression
    case identity
    case unknown

    init(_ name: Span<UInt8>) {
        let isCompression =
            name.equalsIgnoringCase("gzip") || name.equalsIgnoringCase("x-gzip")
            || name.equalsIgnoringCase("deflate") || name.equalsIgnoringCase("compress")
            || name.equalsIgnoringCase("x-compress")
        self =
            if name.equalsIgnoringCase("chunked") {
                .chunked
            } else if name.equalsIgnoringCase("identity") {
                .identity
            } else {
                isCompression ? .compression : .unknown
            }
    }
}

/// What the transfer codings come to.
enum TransferCoding: Sendable, Hashable {
    /// `chunked` is the last: it tells where the content ends.
    case chunked
    /// The last is another: only the close can end the content.
    case other
}

extension MessageHead {
    /// Whether a field line has this name, letters of either case taken as equal.
    package func isNamed(_ field: FieldLine, _ name: StaticString) -> Bool {
        bytes.span.extracting(field.name).equalsIgnoringCase(name)
    }
}

/// Walks through the elements of a comma-separated list (RFC 9110 §5.6.1); empty ones are passed
/// over.
struct ListElements {
    private var rest: Range<Int>
    /// Whether no element was found, as far as the list was gone through.
    private(set) var isEmpty = true
    /// Whether a comma was found with nothing in front of it or behind it, which no sender may write
    /// (RFC 9110 §5.6.1.1).
    private(set) var hasEmptyElement = false

    init(_ value: Range<Int>) { rest = value }

    /// The next element in `bytes` without surrounding white space and line ends of a folded value.
    mutating func next(in bytes: Span<UInt8>) -> Range<Int>? {
        while !rest.isEmpty {
            let list = bytes.extracting(0..<rest.upperBound)
            let comma = list.firstIndex(of: 0x2C, from: rest.lowerBound)
            var (start, end) = (rest.lowerBound, comma ?? rest.upperBound)
            rest = min(end + 1, rest.upperBound)..<rest.upperBound
            hasEmptyElement = hasEmptyElement || comma != nil && rest.isEmpty
            while start < end, Self.isSeparator(bytes[start]) { start += 1 }
            while end > start, Self.isSeparator(bytes[end - 1]) { end -= 1 }
            if start < end {
                isEmpty = false
                return start..<end
            }
            hasEmptyElement = true
        }
        return nil
    }

    private static func isSeparator(_ byte: UInt8) -> Bool {
        byte.isBlank || byte == .lineFeed || byte == .carriageReturn
    }
}

/// Decimal numbers as HTTP writes them: digits and nothing else.
enum Decimal {
    /// The value of `digits`, or `nil` where they are none, others are among them, or the number is
    /// above what an `Int` holds.
    static func value(of digits: Span<UInt8>) -> Int? {
        guard !digits.isEmpty else { return nil }
        var value = 0
        for index in digits.indices {
            guard digits[index].isDigit else { return nil }
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(Int(digits[index] & 0xF))
            if overflow || carry { return nil }
            value = sum
        }
        return value
    }
}
