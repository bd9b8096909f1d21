import Bytes

// Start lines of which only the first bytes were captured, or that stand behind other bytes.
extension StartLineSyntax {
    /// Whether `bytes`, the first of a segment, begin as a start line of `role` does, however little
    /// has come: with a common method and the first byte of a target, or with a protocol's
    /// name.
    static func isCutStart(_ bytes: Span<UInt8>, role: MessageRole) -> Bool {
        guard role == .request else { return isPlausibleStart(bytes, role: role) }
        guard let method = methodLength(bytes, at: 0) else { return false }
        let target = method + 1
        guard target < bytes.count else { return true }
        switch bytes[target] {
        // What begins a path, the asterisk form, and a URI.
        case 0x2F, 0x2A, 0x48, 0x68: return true
        default: return bytes.extracting(0..<method).equals("CONNECT")
        }
    }

    /// Where in `line` a strict request line begins with a known method that ends the first word.
    static func knownMethodAtEndOfWord(_ line: Span<UInt8>) -> Int? {
        var end = 0
        while end < line.count, line[end].isToken { end += 1 }
        return (0..<end).dropFirst().first { start in
            KnownMethod.isOne(line.extracting(start..<end))
                && isStrictRequestLine(line, at: start)
        }
    }

    /// Whether `line`, a whole one, is the next request's, and not content of `length` bytes with the
    /// next request behind it; `nil` where the content is chunked.
    static func isRequestLine(_ line: Span<UInt8>, insteadOf length: Int?) -> Bool {
        guard isStrictRequestLine(line, at: 0) else { return false }
        guard let length, length < line.count, !isWholeStartLine(line, role: .request) else {
            return true
        }
        return !isWholeStartLine(line.extracting(length...), role: .request)
    }
}
