internal import Bytes

extension UInt8 {
    /// What stands in front of each text of a JSON text sequence (RFC 7464).
    static let recordSeparator: UInt8 = 0x1E

    /// White space and line ends, as field values, forms and JSON have them between their parts.
    var isWhiteSpace: Bool { isBlank || self == .lineFeed || self == .carriageReturn }
}

extension Span<UInt8> {
    /// What is left without the white space at both ends, line ends included.
    var trimmedRange: Range<Int> { trimmedRange(0..<count) }

    /// The part of `range` without the white space at both its ends, line ends included.
    func trimmedRange(_ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, self[start].isWhiteSpace { start += 1 }
        while end > start, self[end - 1].isWhiteSpace { end -= 1 }
        return start..<end
    }

    /// Whether showing these bytes as lines of text serves the reader: no NUL, and at most one byte
    /// in ten that is neither text nor UTF-8.
    package var looksLikeText: Bool { looksLikeText(highBytesAreText: false) }

    /// The same where any byte from 0x80 on may be a letter, as in charsets of one byte, or where the
    /// record separator is expected (RFC 7464).
    package func looksLikeText(
        highBytesAreText: Bool,
        separatorsAreText: Bool = false
    ) -> Bool {
        var odd = 0
        var index = 0
        while let next = firstUnprintable(from: index, to: count) {
            index = next
            let byte = self[index]
            if byte == 0 { return false }
            if byte >= 0x80, highBytesAreText {
                index += 1
                continue
            }
            if byte >= 0x80,
                let length = EscapedText.multiByteSequenceLength(in: self, at: index)
            {
                index += length
                continue
            }
            let isExpected =
                byte == .lineFeed || byte == .carriageReturn
                || byte == .recordSeparator && separatorsAreText
            if byte >= 0x80 || byte.isControl && !isExpected { odd += 1 }
            index += 1
        }
        return odd * 10 <= count
    }

    /// How many bytes at the end begin a character of UTF-8 and are not all of it.
    var unfinishedCharacterLength: Int {
        var start = count
        while start > 0, count - start < 3 {
            start -= 1
            let byte = self[start]
            if byte < 0x80 { return 0 }
            guard byte >= 0xC0 else { continue }
            return Self.isBeginning(extracting(start..<count)) ? count - start : 0
        }
        return 0
    }

    /// Whether some bytes behind these make a character of UTF-8 of them.
    private static func isBeginning(_ bytes: Span<UInt8>) -> Bool {
        // The second byte is the only one whose bounds depend on the first.
        for second in stride(from: UInt8(0x80), through: 0xB0, by: 0x10) {
            var whole = [UInt8](copying: bytes)
            if whole.count == 1 { whole.append(second) }
            while whole.count < 4 { whole.append(0x80) }
            let length = EscapedText.multiByteSequenceLength(in: whole.span, at: 0)
            if let length, length > bytes.count { return true }
        }
        return false
    }

    /// Whether all of it is UTF-8.
    package var isUTF8: Bool {
        var index = 0
        while index < count {
            if self[index] < 0x80 {
                index += 1
            } else if let length = EscapedText.multiByteSequenceLength(in: self, at: index) {
                index += length
            } else {
                return false
            }
        }
        return true
    }
}
