internal import Bytes

/// Texts with wildcards, escapes and quotes.
extension NotationLine {
    /// What `word` stands for.
    func pattern(_ word: Word) throws(ExpectationFileError) -> TextPattern {
        let parts = try alternatives(word, separator: nil)
        return parts.first ?? TextPattern(bytes: [])
    }

    /// What the parts of `word` between separators stand for; an escaped or quoted separator is
    /// none.
    func alternatives(
        _ word: Word,
        separator: UInt8?
    ) throws(ExpectationFileError) -> [TextPattern] {
        var parts: [[UInt8?]] = [[]]
        let bytes = bytes(of: word)
        var index = bytes.startIndex
        var isQuoted = false
        while index < bytes.endIndex {
            switch bytes[index] {
            case UInt8(ascii: "\\"):
                let (byte, length) = try escape(at: index, before: bytes.endIndex)
                parts[parts.count - 1].append(byte)
                index += length
                continue
            case UInt8(ascii: "\"") where isQuoted:
                let behind = index + 1..<bytes.endIndex
                guard behind.isEmpty || bytes[index + 1] == separator else {
                    throw error("Nothing stands behind the quote that closes a text.", at: behind)
                }
                isQuoted = false
            // Within a word a quote is a quote.
            case UInt8(ascii: "\"")
            where index == bytes.startIndex || bytes[index - 1] == separator:
                isQuoted = true
            case UInt8(ascii: "*"): parts[parts.count - 1].append(nil)
            case separator where !isQuoted: parts.append([])
            case let byte: parts[parts.count - 1].append(byte)
            }
            index += 1
        }
        if isQuoted { throw error("The quote is not closed: write \" at its end.", at: word) }
        return parts.map { TextPattern(elements: $0) }
    }

    /// The byte that an escape stands for, and how long the escape is.
    private func escape(
        at index: Int,
        before end: Int
    ) throws(ExpectationFileError) -> (byte: UInt8, length: Int) {
        let place = index..<min(index + 2, end)
        guard index + 1 < end, let letter = word(index + 1..<index + 2).text.utf8.first else {
            throw error("A backslash begins an escape: write \\\\ for one.", at: place)
        }
        switch letter {
        case UInt8(ascii: "r"): return (.carriageReturn, 2)
        case UInt8(ascii: "n"): return (.lineFeed, 2)
        case UInt8(ascii: "t"): return (.tab, 2)
        case UInt8(ascii: "x"):
            let digits = word(index + 2..<min(index + 4, end)).text
            let isHexadecimal = digits.utf8.allSatisfy { $0.hexadecimalValue != nil }
            guard digits.utf8.count == 2, isHexadecimal, let byte = UInt8(digits, radix: 16) else {
                let whole = index..<min(index + 4, end)
                throw error("\\x is followed by two hexadecimal digits.", at: whole)
            }
            return (byte, 4)
        case _ where letter > UInt8.space && letter < 0x7F && !letter.isLetter && !letter.isDigit:
            return (letter, 2)
        default:
            throw error("There is no such escape: \\r \\n \\t \\xNN \\\\ \\* \\\" are.", at: place)
        }
    }
}
