import Bytes

/// The parts of a start line that is written as the grammar asks, ended by CR LF, and in which no
/// rule finds anything odd; ranges and places count in the bytes that hold the line.
struct OrdinaryStartLine {
    /// The method, or the version of a response.
    private let first: Range<Int>
    /// The target, or the status code.
    private let second: Range<Int>
    /// The version of a request, or the reason phrase.
    private let third: Range<Int>
    /// The digit of the version behind the point.
    private var minorVersion: UInt8 = 0
    private var statusCode = 0
    /// The place behind the line end.
    let end: Int

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
            let code = bytes.statusCode(at: start + 9)
        else { return nil }
        let lineEnd = bytes.endOfPrintable(from: start + 13)
        guard bytes.isLineEnd(at: lineEnd), lineEnd > start + 13,
            bytes[start + 13] != .space, bytes[lineEnd - 1] != .space
        else { return nil }
        (first, second, end) = (start..<start + 8, start + 9..<start + 12, lineEnd + 2)
        third = start + 13..<lineEnd
        minorVersion = minor
        statusCode = code
    }

    /// The same as a start line, with the ranges moved.
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
}
