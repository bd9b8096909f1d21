import Bytes

// Lines and their words.
extension Span<UInt8> {
    /// The index of the first byte from `start` on that is neither space nor tab, or the count.
    func firstNonBlank(from start: Int) -> Int {
        var index = start
        while index < count, self[index].isBlank { index += 1 }
        return index
    }

    /// Where the content of a line ends: before the line end and the blanks in front of that.
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
