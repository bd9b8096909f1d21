import Bytes

extension MessageRole {
    /// Whether `bytes`, the first that an end sends, may begin a message of this role, of HTTP or of
    /// a protocol that borrowed its form; blank lines may stand in front of it.
    package func mayBegin(_ bytes: Span<UInt8>) -> Bool {
        var start = 0
        while start < bytes.count, bytes[start] == .carriageReturn || bytes[start] == .lineFeed {
            start += 1
        }
        let rest = bytes.extracting(start..<bytes.count)
        guard !rest.isEmpty else { return true }
        guard let end = rest.firstIndex(of: .lineFeed) else { return seemsToBegin(rest) }
        let line = rest.extracting(0..<end + 1)
        return seemsToBegin(line) || StartLineSyntax.isRequestLineOfAnyVersion(line)
    }

    /// Whether `bytes`, as far as they have come, begin with a request line of a known method and
    /// nothing else; `nil` where its end has not come.
    package static func isRequestLine(_ bytes: Span<UInt8>) -> Bool? {
        if let end = bytes.firstIndex(of: .lineFeed) {
            return StartLineSyntax.isWholeStartLine(bytes.extracting(0..<end + 1), role: .request)
        }
        return KnownMethod.mayBegin(bytes) ? nil : false
    }

    /// Whether `bytes`, a segment, begin with what can be nothing but a start line of this role, and
    /// field lines up to a blank line follow it.
    package func isWholeHead(_ bytes: Span<UInt8>) -> Bool {
        guard surelyBegins(bytes), var end = bytes.firstIndex(of: .lineFeed) else { return false }
        while let next = bytes.firstIndex(of: .lineFeed, from: end + 1) {
            let line = bytes.extracting(end + 1..<next)
            if line.contentEnd == 0 { return true }
            guard let colon = line.firstIndex(of: 0x3A), colon > 0,
                (0..<colon).allSatisfy({ line[$0].isToken })
            else { return false }
            end = next
        }
        return false
    }
}
