import Bytes

// Servers of the HTTP family, radio servers first, answer with the status line of another protocol:
// `ICY 200 OK`. Where an answer is due, a name and three digits are one if a field line follows.
extension StartLineSyntax {
    /// Whether `line` is a name, with a version or without, and three digits, or HTTP's with another
    /// status.
    static func isLikeStatusLine(_ line: Span<UInt8>) -> Bool {
        let name = line.extracting(0..<firstWordLength(of: line))
        guard name.count > 1, name.count < line.contentEnd,
            name.indices.allSatisfy({ name[$0].isToken || name[$0] == 0x2F })
        else { return false }
        let isHTTP = name.count >= 4 && name.extracting(0..<4).equalsIgnoringCase("HTTP")
        if isHTTP, name.count > 4, name[4] == 0x2F { return true }
        return (isHTTP || isName(name)) && hasStatus(line, behind: name.count)
    }

    /// Whether `line` begins with `HTTP/`, or with `HTTP`, `ICY` or a name and a version, and three
    /// digits.
    static func namesVersion(_ line: Span<UInt8>) -> Bool {
        let name = line.extracting(0..<firstWordLength(of: line))
        if name.count > 4, name.extracting(0..<5).equalsIgnoringCase("HTTP/") { return true }
        let isKnown =
            name.equalsIgnoringCase("HTTP") || name.equalsIgnoringCase("ICY")
            || name.firstIndex(of: 0x2F) != nil
        return isKnown && hasStatus(line, behind: name.count)
    }

    private static func firstWordLength(of line: Span<UInt8>) -> Int {
        line.indices.first { line[$0] <= .space } ?? line.count
    }

    private static func hasStatus(_ line: Span<UInt8>, behind name: Int) -> Bool {
        let status = line.firstNonBlank(from: name)
        let end = line.contentEnd
        guard status > name, end - status >= 3,
            (status..<status + 3).allSatisfy({ line[$0].isDigit })
        else { return false }
        return end - status == 3 || line[status + 3].isBlank
    }

    /// Protocols are named in capitals.
    private static func isName(_ word: Span<UInt8>) -> Bool {
        if word.equalsIgnoringCase("ICY") { return true }
        return word[0] &- 0x41 < 26 && word.indices.allSatisfy { word[$0] &- 0x61 >= 26 }
    }
}
