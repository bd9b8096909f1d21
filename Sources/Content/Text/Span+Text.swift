internal import Bytes

extension UInt8 {
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

    /// The same where any byte from 0x80 on may be a letter, as in charsets of one byte.
    package func looksLikeText(highBytesAreText: Bool) -> Bool {
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
            let isLineEnd = byte == .lineFeed || byte == .carriageReturn
            if byte >= 0x80 || byte.isControl && !isLineEnd { odd += 1 }
            index += 1
        }
        return odd * 10 <= count
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
