import Bytes
import Findings

extension MessageHead {
    /// Takes `method SP target SP version` apart (RFC 9112 §3), however written.
    mutating func readRequestLine(_ line: Range<Int>, _ ending: LineEnding) {
        startLine.line = line
        startLine.ending = ending
        let (words, end) = wordsOfLine(line, ending)
        let method = word(from: words, to: end)
        startLine.method = method
        checkMethod(method)
        let version = versionOfRequest(after: method.upperBound, to: end)
        startLine.version = version
        let target = bytes.span.trimming(method.upperBound..<version.lowerBound)
        startLine.target = target
        checkGap(method.upperBound..<target.lowerBound)
        if !version.isEmpty { checkGap(target.upperBound..<version.lowerBound) }
        checkTarget(target)
        readVersion(version, at: end)
    }

    /// Takes `version SP status SP reason` apart (RFC 9112 §4), however written.
    mutating func readStatusLine(_ line: Range<Int>, _ ending: LineEnding) {
        startLine.line = line
        startLine.ending = ending
        let (start, end) = contentOfLine(line, ending)
        let version = word(from: start, to: end)
        startLine.version = version
        readVersion(version, at: end)
        let statusStart = firstNonBlank(from: version.upperBound, to: end)
        checkGap(version.upperBound..<statusStart)
        let status = word(from: statusStart, to: end)
        startLine.status = status
        startLine.reason = bytes.span.trimming(status.upperBound..<end)
        readStatus(status)
        checkLineBytes(start..<end)
    }

    /// Where a line's words lie: behind white space in front, and before any at the end, each
    /// of which is noted.
    private mutating func wordsOfLine(_ line: Range<Int>, _ ending: LineEnding) -> (Int, Int) {
        let (start, end) = contentOfLine(line, ending)
        let last = bytes.span.trimming(start..<end).upperBound
        if last < end { note(.extraWhitespace, last..<end) }
        checkLineBytes(start..<last)
        return (start, last)
    }

    /// Where a line's content lies: behind white space in front, which is noted, and before
    /// the line end.
    private mutating func contentOfLine(_ line: Range<Int>, _ ending: LineEnding) -> (Int, Int) {
        let end = line.upperBound - ending.length
        let start = firstNonBlank(from: line.lowerBound, to: end)
        if start > line.lowerBound { note(.extraWhitespace, line.lowerBound..<start) }
        return (start, end)
    }

    /// The last word, unless that is the target of a request without version.
    private func versionOfRequest(after method: Int, to end: Int) -> Range<Int> {
        let bytes = bytes.span
        let target = firstNonBlank(from: method, to: end)
        let last = max(bytes.lastWord(before: end), target)
        let word = last..<end
        if bytes.extracting(word).isHTTPName { return word }
        return last > target ? word : end..<end
    }

    private mutating func checkMethod(_ method: Range<Int>) {
        let isToken = method.allSatisfy { bytes[$0].isToken }
        if !isToken || method.isEmpty { note(.invalidMethod, method) }
    }

    /// The grammar asks for one space between the parts of a start line.
    private mutating func checkGap(_ gap: Range<Int>) {
        if gap.count > 1 || gap.count == 1 && bytes[gap.lowerBound] != .space {
            note(.extraWhitespace, gap)
        }
    }

    /// Notes bytes that no request target holds (RFC 9112 §3.2, RFC 3986 §2).
    private mutating func checkTarget(_ target: Range<Int>) {
        guard !target.isEmpty else { return note(.invalidTarget, target) }
        for index in target {
            let byte = bytes[index]
            if byte.isURICharacter { continue }
            if byte == 0x25, isPercentEncoded(at: index, in: target) { continue }
            return note(.invalidTarget, index..<index + 1)
        }
        if !hasFormForMethod(target) { note(.invalidTarget, target) }
    }

    /// Whether a target's form is one that the method may have (RFC 9112 §3.2): host and port for
    /// CONNECT, an asterisk for OPTIONS only, else a path or a whole URI.
    private func hasFormForMethod(_ range: Range<Int>) -> Bool {
        let target = bytes.span.extracting(range)
        let method = bytes.span.extracting(startLine.method)
        if method.equals("CONNECT") { return HostSyntax.isHostWithPort(target) }
        if target[0] == 0x2F { return true }
        if target.count == 1, target[0] == 0x2A { return method.equals("OPTIONS") }
        return HostSyntax.lengthOfScheme(target) != nil
    }

    private func isPercentEncoded(at index: Int, in target: Range<Int>) -> Bool {
        index + 2 < target.upperBound && bytes[index + 1].hexadecimalValue != nil
            && bytes[index + 2].hexadecimalValue != nil
    }

    /// Reads a version token (RFC 9112 §2.3).
    private mutating func readVersion(_ range: Range<Int>, at end: Int) {
        guard !range.isEmpty else {
            startLine.protocolVersion = .missing
            return note(.missingVersion, end..<end)
        }
        let version = ProtocolVersion(bytes.span.extracting(range))
        startLine.protocolVersion = version
        switch version {
        case .http1, .missing: break
        case .other: note(.unsupportedVersion, range)
        case .invalid: note(.invalidVersion, range)
        }
    }

    /// Reads a status code: three digits, 100 to 599 (RFC 9110 §15).
    private mutating func readStatus(_ range: Range<Int>) {
        let isNumber = range.allSatisfy { bytes[$0].isDigit }
        guard isNumber, 1...3 ~= range.count else { return note(.invalidStatus, range) }
        let code = range.reduce(0) { $0 * 10 + Int(bytes[$1] & 0xF) }
        startLine.statusCode = code
        if range.count != 3 || !(100...599 ~= code) { note(.invalidStatus, range) }
    }

    private func firstNonBlank(from start: Int, to end: Int) -> Int {
        min(bytes.span.firstNonBlank(from: start), end)
    }

    private func word(from start: Int, to end: Int) -> Range<Int> {
        var index = start
        while index < end, !bytes[index].isBlank { index += 1 }
        return start..<index
    }
}

extension Span<UInt8> {
    /// Whether the bytes begin with `HTTP`, in letters of either case, as a version token does.
    fileprivate var isHTTPName: Bool {
        count >= 4 && extracting(0..<4).equalsIgnoringCase("HTTP")
    }
}
