import Bytes

/// Tells start lines from other bytes; says nothing about whether they are well formed.
///
/// Where a message is due, whatever can be meant as a start line is one. Anywhere else, text may
/// mention HTTP, and only a line that can be nothing else is a start line: see ``isEvident(_:role:)``.
enum StartLineSyntax {
    /// Whether `line`, line end included, is meant as a start line of `role`; that depends
    /// on whether a message is due.
    static func isStartLine(
        _ line: Span<UInt8>,
        role: MessageRole,
        isDue: Bool = true
    ) -> Bool {
        guard isDue else { return isEvident(line, role: role) }
        return switch role {
        case .request: isRequestLine(line)
        case .response: isStatusLine(line)
        }
    }

    /// Whether `line`, of which the end has not come, may be meant as a start line of `role`.
    static func isPlausibleStart(_ line: Span<UInt8>, role: MessageRole) -> Bool {
        let start = line.firstNonBlank(from: 0)
        switch role {
        case .request:
            return methodLength(line, at: start) != nil
        case .response:
            return isProtocolName(line, at: start)
        }
    }

    /// Whether `line`, of which the end has not come, may prove to be or to hold a start line of
    /// `role`, however little of that has come.
    static func mayHoldStart(_ line: Span<UInt8>, role: MessageRole) -> Bool {
        guard role == .response else { return true }
        for start in 0..<line.count where line[start] | 0x20 == 0x68 {
            let length = min(4, line.count - start)
            let name: StaticString = "HTTP"
            let isBeginning = (0..<length).allSatisfy { index in
                unsafe line[start + index] & 0xDF == name.utf8Start[index]
            }
            if isBeginning { return true }
        }
        return false
    }

    /// Whether `line`, so long that the end cannot be waited for, is meant as a start line of `role`:
    /// also one with a method that is not common.
    static func isPlausibleLongStart(_ line: Span<UInt8>, role: MessageRole) -> Bool {
        if isPlausibleStart(line, role: role) { return true }
        guard role == .request else { return false }
        let start = line.firstNonBlank(from: 0)
        var end = start
        while end < line.count, end - start < 32, line[end].isToken { end += 1 }
        let target = line.firstNonBlank(from: end)
        return start < end && end < target && target < line.count && isHTTPTarget(line, at: target)
    }

    /// Whether the first word of `line` is a token, as a method is.
    static func beginsWithToken(_ line: Span<UInt8>) -> Bool {
        let start = line.firstNonBlank(from: 0)
        var end = start
        while end < line.count, line[end].isToken { end += 1 }
        return start < end && end < line.count && line[end].isBlank
    }

    /// Whether `line` from `start` on is `token SP target SP HTTP/d.d`, whatever the
    /// method.
    static func isStrictRequestLine(_ line: Span<UInt8>, at start: Int) -> Bool {
        let rest = line.extracting(start...)
        return isStrictStartLine(rest, role: .request) || isRequestLineAmongFields(rest)
    }

    /// Whether `line`, the first behind bytes that are missing, is a whole start line: of a method
    /// that nobody knows the first letters may be among these.
    static func isWholeStartLine(_ line: Span<UInt8>, role: MessageRole) -> Bool {
        switch role {
        case .request:
            isStrictRequestLine(line, at: 0)
                && KnownMethod.isOne(line.extracting(0..<(line.firstIndex(of: .space) ?? 0)))
        case .response: isStrictStatusLine(line, at: 0)
        }
    }

    /// Whether `line`, as far as read, may go on with `byte` as a strict request line does.
    static func mayGoOnAsRequestLine(_ line: Span<UInt8>, _ byte: UInt8) -> Bool {
        let isInMethod = line.firstIndex(of: .space) == nil
        guard let last = line.isEmpty ? nil : line[line.count - 1] else { return byte.isInMethod }
        switch byte {
        case .space: return last > .space
        case .lineFeed: return !isInMethod
        default: return isInMethod ? byte.isInMethod : last != .carriageReturn
        }
    }

    /// How long the beginning of a strict status line is, up to the end of the status code.
    static let strictStatusLength = 12

    /// Whether a strict status line may have `byte` so many bytes behind the first.
    static func mayBeStrictStatus(_ byte: UInt8, at index: Int) -> Bool {
        let beginning: StaticString = "HTTP/0.0 000"
        let expected = unsafe beginning.utf8Start[index]
        return expected == 0x30 ? byte.isDigit : byte == expected
    }

    /// Whether this is the request line of the HTTP/2 connection preface (RFC 9113 §3.4).
    static func isHTTP2Preface(_ line: Span<UInt8>) -> Bool {
        line.starts(with: "PRI * HTTP/2.0\r\n")
    }

    /// Whether `HTTP`, in letters of either case, stands at `start`, and a slash behind as far as
    /// the line has come.
    private static func isProtocolName(_ line: Span<UInt8>, at start: Int) -> Bool {
        guard line.count - start >= 4,
            line.extracting(start..<start + 4).equalsIgnoringCase("HTTP")
        else { return false }
        return line.count - start == 4 || line[start + 4] == 0x2F
    }

    /// Whether a version stands at `start`, well formed or not: the name, a slash and a digit.
    private static func isVersion(_ line: Span<UInt8>, at start: Int) -> Bool {
        isProtocolName(line, at: start) && line.count - start > 5 && line[start + 5].isDigit
    }

    /// A version, and a status in which there is a digit, or none: `HTTP/1.1 is a protocol` is text.
    private static func isStatusLine(_ line: Span<UInt8>) -> Bool {
        let start = line.firstNonBlank(from: 0)
        guard isVersion(line, at: start) else { return false }
        var index = start
        while index < line.count, !line[index].isBlank { index += 1 }
        index = line.firstNonBlank(from: index)
        if index >= line.contentEnd { return true }
        while index < line.count, line[index] > .space {
            if line[index].isDigit { return true }
            index += 1
        }
        return false
    }

    private static func isRequestLine(_ line: Span<UInt8>) -> Bool {
        let start = line.firstNonBlank(from: 0)
        let end = line.contentEnd
        guard start < end, !isVersion(line, at: start) else { return false }
        let version = line.lastWord(before: end)
        let method = methodLength(line, at: start)
        if version > start, isVersion(line, at: version) {
            return method != nil || hasPlausibleTarget(line)
        }
        // Without a version (HTTP/0.9, or one misspelt): a known method and what only HTTP takes as
        // a target, so that `OPTIONS sip:a@b SIP/2.0` and Redis' `GET key` are left alone.
        guard let method else { return false }
        let target = line.firstNonBlank(from: start + method)
        guard target < end, isHTTPTarget(line, at: target) else { return false }
        return !isOtherProtocol(line.extracting(version..<end))
    }

    static func isHTTPTarget(_ line: Span<UInt8>, at index: Int) -> Bool {
        line[index] == 0x2F || line.starts(with: "http://", at: index)
            || line.starts(with: "https://", at: index)
    }

    private static func isOtherProtocol(_ version: Span<UInt8>) -> Bool {
        version.starts(with: "SIP/") || version.starts(with: "RTSP/")
            || version.starts(with: "ICAP/")
    }

    /// The length of the common method that stands at `start` with a blank behind, or `nil`.
    static func methodLength(_ line: Span<UInt8>, at start: Int) -> Int? {
        guard line.count - start > 3 else { return nil }
        let method: StaticString
        switch line[start] {
        case 0x47: method = "GET"
        case 0x48: method = "HEAD"
        case 0x50:
            switch line[start + 1] {
            case 0x4F: method = "POST"
            case 0x55: method = "PUT"
            case 0x41: method = "PATCH"
            default: method = "PROPFIND"
            }
        case 0x44: method = "DELETE"
        case 0x43: method = "CONNECT"
        case 0x4F: method = "OPTIONS"
        case 0x54: method = "TRACE"
        default: return nil
        }
        let length = method.utf8CodeUnitCount
        guard line.starts(with: method, at: start), line.count - start > length,
            line[start + length].isBlank
        else { return nil }
        return length
    }
}

extension UInt8 {
    /// Whether methods, which are spelt in capitals, may hold this byte.
    fileprivate var isInMethod: Bool { isToken && !(0x61...0x7A ~= self) }
}
