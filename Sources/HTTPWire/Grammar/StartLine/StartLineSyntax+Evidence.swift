import Bytes

// What can be nothing but a start line, wherever it stands. Inside text, behind bytes that belong to
// no message and where the capture lacks some, nothing less is taken for one.
extension StartLineSyntax {
    /// Whether `line` is a start line anywhere: a request line with a target and a known
    /// version, or a version and three digits.
    static func isEvident(_ line: Span<UInt8>, role: MessageRole) -> Bool {
        switch role {
        case .request:
            isRequestLineAmongFields(line)
                || isStrictStartLine(line, role: .request) && hasPlausibleTarget(line)
        case .response: isStrictStartLine(line, role: .response)
        }
    }

    /// Whether the words between the first and the last are a target, and not prose.
    static func hasPlausibleTarget(_ line: Span<UInt8>) -> Bool {
        var start = line.firstNonBlank(from: 0)
        while start < line.count, !line[start].isBlank { start += 1 }
        let target = line.firstNonBlank(from: start)
        let version = line.lastWord(before: line.contentEnd)
        guard target < version else { return false }
        if line[target] == 0x2A || isHTTPTarget(line, at: target) { return true }
        let end = line.extracting(0..<version).contentEnd
        return (target..<end).allSatisfy { !line[$0].isBlank }
    }

    /// Whether `line` is `method SP target SP HTTP/d.d` or `HTTP/d.d SP ddd`, as RFC 9112 §3 and §4
    /// write them.
    static func isStrictStartLine(_ line: Span<UInt8>, role: MessageRole) -> Bool {
        switch role {
        case .request:
            guard let length = methodLength(line, at: 0), hasStrictVersionAtEnd(line) else {
                return false
            }
            return line.count > length + 2 && !line[length + 1].isBlank
        case .response:
            return isStrictStatusLine(line, at: 0)
        }
    }

    /// Whether `line`, one of a header section, is a request line of any method:
    /// `token SP target SP HTTP/d.d`, as no field line has a blank behind the first word.
    static func isRequestLineAmongFields(_ line: Span<UInt8>) -> Bool {
        guard hasStrictVersionAtEnd(line) else { return false }
        var space = 0
        while space < line.count, line[space].isToken { space += 1 }
        let (target, end) = (space + 1, line.contentEnd - 9)
        guard space > 0, target < end, line[space] == .space, isHTTPTarget(line, at: target)
        else { return false }
        for index in target..<end where line[index].isBlank { return false }
        return true
    }

    /// Where inside `line` a strict start line begins, behind bytes that belong to no message.
    static func embeddedStartLine(in line: Span<UInt8>, role: MessageRole) -> Int? {
        switch role {
        case .request:
            return strictRequest(in: line) { !isMention(in: line, at: $0) }
        case .response:
            var index = 0
            while let found = line.firstIndex(of: 0x48, from: index) {
                if isStrictStatusLine(line, at: found), !isMention(in: line, at: found) {
                    return found
                }
                index = found + 1
            }
            return nil
        }
    }

    /// Where a common method and all behind that to the end of `line` are a request line, of the
    /// places that are `wanted`.
    static func strictRequest(
        in line: Span<UInt8>,
        where isWanted: (Int) -> Bool = { _ in true }
    ) -> Int? {
        guard hasStrictVersionAtEnd(line) else { return nil }
        return (0..<line.count).first { index in
            line[index] &- 0x41 < 26 && methodLength(line, at: index) != nil && isWanted(index)
        }
    }

    /// Whether the byte at `index` is parted from the one in front as text parts words
    /// and quotations, so that somebody may just speak of HTTP.
    static func isMention(in line: Span<UInt8>, at index: Int) -> Bool {
        guard index > 0 else { return false }
        return switch line[index - 1] {
        // Blanks, quotes, `(`, `:`, `<`, `[` and the back quote.
        case 0x09, 0x20, 0x22, 0x27, 0x28, 0x3A, 0x3C, 0x5B, 0x60: true
        default: false
        }
    }

    static func hasStrictVersionAtEnd(_ line: Span<UInt8>) -> Bool {
        let version = line.contentEnd - 8
        return version > 0 && line[version - 1] == .space && isStrictVersion(line, at: version)
    }

    static func isStrictStatusLine(_ line: Span<UInt8>, at start: Int) -> Bool {
        // From version 2 on, the second digit is often left out.
        let isShort = line.count - start > 6 && line[start + 6] == .space
        let status = start + (isShort ? 7 : 9)
        guard line.count >= status + 3, line[status - 1] == .space,
            isShort ? isShortVersion(line, at: start) : isStrictVersion(line, at: start),
            line[status].isDigit, line[status + 1].isDigit, line[status + 2].isDigit
        else { return false }
        return line.count == status + 3 || line[status + 3] <= .space
    }

    private static func isStrictVersion(_ line: Span<UInt8>, at start: Int) -> Bool {
        line.starts(with: "HTTP/", at: start) && line.count - start >= 8
            && line[start + 5].isDigit && line[start + 6] == 0x2E && line[start + 7].isDigit
    }

    private static func isShortVersion(_ line: Span<UInt8>, at start: Int) -> Bool {
        line.starts(with: "HTTP/", at: start) && 0x32...0x39 ~= line[start + 5]
    }

    /// Whether `line` is `token SP target SP NAME/d.d`, the version of whatever protocol.
    static func isRequestLineOfAnyVersion(_ line: Span<UInt8>) -> Bool {
        guard isTextBehindToken(line) else { return false }
        let end = line.contentEnd
        let start = line.lastWord(before: end)
        guard line.firstNonBlank(from: 0) < start, end - start > 4,
            line[end - 1].isDigit, line[end - 2] == 0x2E, line[end - 3].isDigit,
            line[end - 4] == 0x2F
        else { return false }
        return (start..<end - 4).allSatisfy { line[$0].isToken }
    }

    /// Whether `line` is text, and the first word a token, as a method is.
    static func isTextBehindToken(_ line: Span<UInt8>) -> Bool {
        let start = line.firstNonBlank(from: 0)
        let end = line.contentEnd
        guard start < end, line[start].isToken else { return false }
        return (start..<end).allSatisfy {
            line[$0] >= .space && line[$0] != 0x7F || line[$0].isBlank
        }
    }
}
