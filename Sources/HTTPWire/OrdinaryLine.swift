import Bytes

/// The parts of a line that is written as the grammar asks, ended by CR LF, and in which no rule
/// finds anything odd; ranges and places count in the bytes it was found in.
struct OrdinaryLine {
    /// The method, the version of a response, or a field's name.
    private(set) var first: Range<Int>
    /// The target, the status code, or a field's value.
    private(set) var second: Range<Int>
    /// The version of a request, or the reason phrase.
    private(set) var third = 0..<0
    /// The digit of the version behind its point.
    private var minorVersion: UInt8 = 0
    private var statusCode = 0
    /// The place behind the line end.
    let end: Int

    /// Whether it is the empty line.
    var isBlank: Bool { first.isEmpty }

    /// `name ":" OWS value OWS CRLF`, or the empty line.
    ///
    /// No such line is meant as a start line: those have a blank behind their first word.
    init?(fieldLineOf bytes: Span<UInt8>, at start: Int) {
        guard bytes.count - start >= 2 else { return nil }
        if bytes[start] == .carriageReturn {
            guard bytes[start + 1] == .lineFeed else { return nil }
            (first, second, end) = (start..<start, start..<start, start + 2)
            return
        }
        let colon = bytes.endOfToken(from: start)
        guard colon > start, colon < bytes.count, bytes[colon] == .colon,
            let lineEnd = bytes.firstUnprintable(from: colon + 1, to: bytes.count),
            bytes.isLineEnd(at: lineEnd)
        else { return nil }
        var valueStart = colon + 1
        while valueStart < lineEnd, bytes[valueStart] == .space { valueStart += 1 }
        var valueEnd = lineEnd
        while valueEnd > valueStart, bytes[valueEnd - 1] == .space { valueEnd -= 1 }
        (first, second, end) = (start..<colon, valueStart..<valueEnd, lineEnd + 2)
    }

    /// `method SP target SP HTTP/1.d CRLF`, the method being a common one and the target a path or a
    /// URI of `http` (RFC 9112 §3).
    init?(requestLineOf bytes: Span<UInt8>, at start: Int) {
        guard let length = StartLineSyntax.methodLength(bytes, at: start) else { return nil }
        let method = start..<start + length
        let targetEnd = bytes.endOfTarget(from: method.upperBound + 1)
        let version = targetEnd + 1
        guard targetEnd > method.upperBound + 1, version < bytes.count - 9,
            bytes[method.upperBound] == .space, bytes[targetEnd] == .space,
            bytes[start] != 0x43, bytes.beginsPathOrURI(at: method.upperBound + 1),
            let minor = bytes.minorVersion(at: version), bytes.isLineEnd(at: version + 8)
        else { return nil }
        (first, second, end) = (method, method.upperBound + 1..<targetEnd, version + 10)
        third = version..<version + 8
        minorVersion = minor
    }

    /// `HTTP/1.d SP status SP reason CRLF`, the status being one of 100 to 599 (RFC 9112 §4).
    init?(statusLineOf bytes: Span<UInt8>, at start: Int) {
        guard bytes.count - start > 14, let minor = bytes.minorVersion(at: start),
            bytes[start + 8] == .space, bytes[start + 12] == .space,
            let code = bytes.statusCode(at: start + 9),
            let lineEnd = bytes.firstUnprintable(from: start + 13, to: bytes.count),
            bytes.isLineEnd(at: lineEnd), lineEnd > start + 13,
            bytes[start + 13] != .space, bytes[lineEnd - 1] != .space
        else { return nil }
        (first, second, end) = (start..<start + 8, start + 9..<start + 12, lineEnd + 2)
        third = start + 13..<lineEnd
        minorVersion = minor
        statusCode = code
    }

    /// The start line that it is, with its ranges moved.
    func startLine(movedBy shift: Int, role: MessageRole) -> StartLine {
        var line = StartLine()
        line.line = first.lowerBound + shift..<end + shift
        line.ending = .crlf
        line.protocolVersion = .http1(minor: minorVersion)
        switch role {
        case .request:
            line.method = first.moved(by: shift)
            line.target = second.moved(by: shift)
            line.version = third.moved(by: shift)
        case .response:
            line.version = first.moved(by: shift)
            line.status = second.moved(by: shift)
            line.reason = third.moved(by: shift)
            line.statusCode = statusCode
        }
        return line
    }

    /// The field line that it is, with its ranges moved.
    func fieldLine(at start: Int, movedBy shift: Int) -> FieldLine {
        FieldLine(
            name: first.moved(by: shift),
            value: second.moved(by: shift),
            line: start + shift..<end + shift,
            ending: .crlf,
            isFolded: false,
            hasColon: true
        )
    }
}

extension Range<Int> {
    /// The range so many places further on.
    fileprivate func moved(by distance: Int) -> Range<Int> {
        lowerBound + distance..<upperBound + distance
    }
}
