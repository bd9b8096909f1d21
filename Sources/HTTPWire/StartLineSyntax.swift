import Bytes

extension MessageRole {
    /// Whether `bytes`, the first of a segment, look like the beginning of a message of this role;
    /// for who has to tell the client of a connection from the server.
    package func seemsToBegin(_ bytes: Span<UInt8>) -> Bool {
        guard let end = bytes.firstIndex(of: .lineFeed) else {
            return StartLineSyntax.isPlausibleStart(bytes, role: self)
        }
        return StartLineSyntax.isStartLine(bytes.extracting(0..<end + 1), role: self)
    }

    /// Whether `bytes` begin with what can be nothing but a start line of this role.
    package func surelyBegins(_ bytes: Span<UInt8>) -> Bool {
        guard let end = bytes.firstIndex(of: .lineFeed) else { return false }
        return StartLineSyntax.isStrictStartLine(bytes.extracting(0..<end + 1), role: self)
    }
}

/// Tells start lines from other bytes; says nothing about whether they are well formed.
enum StartLineSyntax {
    /// Whether `line`, line end included, is meant as a start line of `role`.
    static func isStartLine(_ line: Span<UInt8>, role: MessageRole) -> Bool {
        switch role {
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

    /// Whether `line`, so long that its end cannot be waited for, is meant as a start line of `role`:
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

    /// Whether `line` can be nothing but a start line: `method SP target SP HTTP/d.d` or
    /// `HTTP/d.d SP ddd`, as RFC 9112 §3 and §4 write them.
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

    /// Whether what stands in `line` from `start` on is `token SP target SP HTTP/d.d`, whatever the
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

    /// Whether `line`, as far as it has come, may go on with `byte` as a strict request line does.
    static func mayGoOnAsRequestLine(_ line: Span<UInt8>, _ byte: UInt8) -> Bool {
        let isInMethod = line.firstIndex(of: .space) == nil
        guard let last = line.isEmpty ? nil : line[line.count - 1] else { return byte.isInMethod }
        switch byte {
        case .space: return last > .space
        case .lineFeed: return !isInMethod
        default: return isInMethod ? byte.isInMethod : last != .carriageReturn
        }
    }

    /// How long the beginning of a strict status line is, up to its status code's end.
    static let strictStatusLength = 12

    /// Whether a strict status line may have `byte` so many bytes behind its first.
    static func mayBeStrictStatus(_ byte: UInt8, at index: Int) -> Bool {
        let beginning: StaticString = "HTTP/0.0 000"
        let expected = unsafe beginning.utf8Start[index]
        return expected == 0x30 ? byte.isDigit : byte == expected
    }

    /// Whether `line`, one of a header section, is a request line whatever its method:
    /// `token SP target SP HTTP/d.d`, as no field line has a blank behind its first word.
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
            guard hasStrictVersionAtEnd(line) else { return nil }
            return (0..<line.count).first { index in
                line[index] &- 0x41 < 26 && methodLength(line, at: index) != nil
            }
        case .response:
            var index = 0
            while let found = line.firstIndex(of: 0x48, from: index) {
                if isStrictStatusLine(line, at: found) { return found }
                index = found + 1
            }
            return nil
        }
    }

    /// Whether this is the request line of the HTTP/2 connection preface (RFC 9113 §3.4).
    static func isHTTP2Preface(_ line: Span<UInt8>) -> Bool {
        line.starts(with: "PRI * HTTP/2.0\r\n")
    }

    /// Whether `HTTP`, in letters of either case, stands at `start`, and no other name that begins
    /// with these letters.
    private static func isProtocolName(_ line: Span<UInt8>, at start: Int) -> Bool {
        guard line.count - start >= 4,
            line.extracting(start..<start + 4).equalsIgnoringCase("HTTP")
        else { return false }
        return line.count - start == 4 || !line[start + 4].isToken
    }

    private static func isStatusLine(_ line: Span<UInt8>) -> Bool {
        isProtocolName(line, at: line.firstNonBlank(from: 0))
    }

    private static func isRequestLine(_ line: Span<UInt8>) -> Bool {
        let start = line.firstNonBlank(from: 0)
        let end = line.contentEnd
        guard start < end, !isProtocolName(line, at: start) else { return false }
        let version = line.lastWord(before: end)
        if version > start, isProtocolName(line, at: version) { return true }
        // Without a version (HTTP/0.9, or one misspelt): a known method and what only HTTP takes as
        // a target, so that `OPTIONS sip:a@b SIP/2.0` and Redis' `GET key` are left alone.
        guard let length = methodLength(line, at: start) else { return false }
        let target = line.firstNonBlank(from: start + length)
        guard target < end, isHTTPTarget(line, at: target) else { return false }
        return !isOtherProtocol(line.extracting(version..<end))
    }

    private static func isHTTPTarget(_ line: Span<UInt8>, at index: Int) -> Bool {
        line[index] == 0x2F || line.starts(with: "http://", at: index)
            || line.starts(with: "https://", at: index)
    }

    private static func isOtherProtocol(_ version: Span<UInt8>) -> Bool {
        version.starts(with: "SIP/") || version.starts(with: "RTSP/")
            || version.starts(with: "ICAP/")
    }

    /// The length of the common method that stands at `start` with a blank behind it, or `nil`.
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

    private static func hasStrictVersionAtEnd(_ line: Span<UInt8>) -> Bool {
        let version = line.contentEnd - 8
        return version > 0 && line[version - 1] == .space && isStrictVersion(line, at: version)
    }

    private static func isStrictStatusLine(_ line: Span<UInt8>, at start: Int) -> Bool {
        guard line.count - start >= 12, isStrictVersion(line, at: start),
            line[start + 8] == .space,
            line[start + 9].isDigit, line[start + 10].isDigit, line[start + 11].isDigit
        else { return false }
        return line.count - start == 12 || line[start + 12] <= .space
    }

    private static func isStrictVersion(_ line: Span<UInt8>, at start: Int) -> Bool {
        line.starts(with: "HTTP/", at: start) && line.count - start >= 8
            && line[start + 5].isDigit && line[start + 6] == 0x2E && line[start + 7].isDigit
    }
}

extension Span<UInt8> {
    /// The index of the first byte from `start` on that is neither space nor tab, or the count.
    func firstNonBlank(from start: Int) -> Int {
        var index = start
        while index < count, self[index].isBlank { index += 1 }
        return index
    }

    /// Where the content of a line ends: before its line end and the blanks in front of that.
    var contentEnd: Int {
        var end = count
        while end > 0,
            self[end - 1].isBlank || self[end - 1] == .lineFeed
                || self[end - 1] == .carriageReturn
        {
            end -= 1
        }
        return end
    }

    /// Where the last word before `end` begins; words are parted by blanks.
    func lastWord(before end: Int) -> Int {
        var start = end
        while start > 0, !self[start - 1].isBlank { start -= 1 }
        return start
    }
}

extension UInt8 {
    /// Whether it may stand in a method as methods are spelt: in capitals.
    fileprivate var isInMethod: Bool { isToken && !(0x61...0x7A ~= self) }
}
