import Bytes

extension MessageRole {
    /// Whether `bytes`, the first that an end sends, may begin a message of this role, of HTTP or of
    /// a protocol that borrowed the form; blank lines may stand in front.
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

    /// Whether `line` is a start line where a field line is due, or a chunk: then the end of the
    /// message in front was left out.
    func beginsInside(_ line: Span<UInt8>) -> Bool {
        guard !line.isEmpty, line[0].isToken else { return false }
        return StartLineSyntax.isStrictStartLine(line, role: self)
            || self == .request && StartLineSyntax.isRequestLineAmongFields(line)
    }

    /// Whether `bytes`, as far as they have come, begin with a request line of a known method and
    /// nothing else; `nil` where the end has not come.
    package static func isRequestLine(_ bytes: Span<UInt8>) -> Bool? {
        if let end = bytes.firstIndex(of: .lineFeed) {
            return StartLineSyntax.isWholeStartLine(bytes.extracting(0..<end + 1), role: .request)
        }
        return KnownMethod.mayBegin(bytes) ? nil : false
    }

    /// Whether `bytes`, a segment, surely begin with a start line of this role, and
    /// field lines up to a blank line follow.
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

    /// Whether `bytes`, the first of a segment, look like the beginning of a message of this role;
    /// to tell the client of a connection from the server.
    package func seemsToBegin(_ bytes: Span<UInt8>) -> Bool {
        guard let end = bytes.firstIndex(of: .lineFeed) else {
            return StartLineSyntax.isPlausibleStart(bytes, role: self)
        }
        return StartLineSyntax.isStartLine(bytes.extracting(0..<end + 1), role: self)
    }

    /// Whether `bytes` surely begin with a start line of this role.
    package func surelyBegins(_ bytes: Span<UInt8>) -> Bool {
        guard let end = bytes.firstIndex(of: .lineFeed) else { return false }
        return StartLineSyntax.isEvident(bytes.extracting(0..<end + 1), role: self)
    }

    /// Whether `bytes`, a segment, begin with a start line and go on as no head does.
    ///
    /// Then somebody may just speak of HTTP. One line without a colon is a fault of a head that has
    /// field lines up to a blank line behind that.
    package static func isQuotation(_ bytes: Span<UInt8>) -> Bool {
        guard let line = bytes.firstIndex(of: .lineFeed),
            let next = bytes.firstIndex(of: .lineFeed, from: line + 1),
            HeadLine(lastOf: bytes.extracting(line + 1..<next + 1)) == .other
        else { return false }
        var start = next + 1
        while let end = bytes.firstIndex(of: .lineFeed, from: start) {
            switch HeadLine(lastOf: bytes.extracting(start..<end + 1)) {
            case .field: start = end + 1
            case .blank: return start == next + 1
            case .other, .unfinished: return true
            }
        }
        return true
    }
}
