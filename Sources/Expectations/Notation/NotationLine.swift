internal import Bytes

/// One line of an expectation file, taken apart from left to right.
struct NotationLine {
    /// A word and where it stands.
    struct Word {
        /// As it stands in the file, quotes included.
        var text: String
        /// The bytes of the line that it takes.
        var range: Range<Int>
    }

    /// Counted from 1.
    let number: Int
    private let bytes: [UInt8]
    /// The bytes before its comment, blanks at the end left out.
    private let end: Int
    private(set) var position: Int

    init(number: Int, bytes: [UInt8]) {
        self.number = number
        self.bytes = bytes
        position = bytes.firstIndex { !$0.isBlank } ?? bytes.count
        end = Self.endBeforeComment(bytes)
    }

    /// How many blanks it begins with.
    var indentation: Int { bytes.firstIndex { !$0.isBlank } ?? bytes.count }

    /// Whether nothing stands in it but a comment.
    var isEmpty: Bool { indentation >= end }

    /// Whether everything was taken.
    var isAtEnd: Bool { position >= end }

    /// A comment begins with `#` at the beginning of a word, outside quotes.
    private static func endBeforeComment(_ bytes: [UInt8]) -> Int {
        var isQuoted = false
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            let before = index == 0 ? UInt8.space : bytes[index - 1]
            if byte == UInt8(ascii: "\\") {
                index += 1
            } else if byte == UInt8(ascii: "\"") {
                if isQuoted || before.isBlank || before == UInt8(ascii: "|") { isQuoted.toggle() }
            } else if byte == UInt8(ascii: "#"), !isQuoted, before.isBlank {
                break
            }
            index += 1
        }
        var end = min(index, bytes.count)
        while end > 0, bytes[end - 1].isBlank { end -= 1 }
        return end
    }

    /// The next word, not taken; `nil` at the end.
    func peek() -> Word? {
        guard position < end else { return nil }
        var last = position
        var isQuoted = false
        while last < end {
            let byte = bytes[last]
            if byte == UInt8(ascii: "\\") {
                last += 1
            } else if byte == UInt8(ascii: "\""), isQuoted || isWordStart(last) {
                isQuoted.toggle()
            } else if byte.isBlank, !isQuoted {
                break
            }
            last += 1
        }
        return word(position..<min(last, end))
    }

    /// Whether a word begins at `index`, or an alternative within one.
    private func isWordStart(_ index: Int) -> Bool {
        index == position || bytes[index - 1] == UInt8(ascii: "|")
    }

    /// Takes the next word.
    mutating func next() -> Word? {
        guard let word = peek() else { return nil }
        position = word.range.upperBound
        skipBlanks()
        return word
    }

    /// Takes the next word if it is `text`.
    mutating func take(_ text: String) -> Bool {
        guard peek()?.text == text else { return false }
        _ = next()
        return true
    }

    /// Takes all that is left.
    mutating func rest() -> Word {
        defer { position = end }
        return word(min(position, end)..<end)
    }

    /// Takes a field name and the colon behind it, if that is what comes.
    mutating func fieldName() -> String? {
        var last = position
        while last < end, bytes[last].isToken { last += 1 }
        guard last > position, last < end, bytes[last] == .colon else { return nil }
        let name = word(position..<last).text
        position = last + 1
        skipBlanks()
        return name
    }

    func word(_ range: Range<Int>) -> Word {
        Word(text: String(decoding: bytes[range], as: UTF8.self), range: range)
    }

    /// The bytes of a word.
    func bytes(of word: Word) -> ArraySlice<UInt8> { bytes[word.range] }

    private mutating func skipBlanks() {
        while position < end, bytes[position].isBlank { position += 1 }
    }

    /// An error about `word`, or about the end of the line.
    func error(_ message: String, at word: Word? = nil) -> ExpectationFileError {
        error(message, at: word?.range ?? end..<end)
    }

    func error(_ message: String, at range: Range<Int>) -> ExpectationFileError {
        let before = String(decoding: bytes[..<range.lowerBound], as: UTF8.self)
        return ExpectationFileError(
            line: number,
            column: before.count + 1,
            length: String(decoding: bytes[range], as: UTF8.self).count,
            message: message,
            text: String(decoding: bytes, as: UTF8.self)
        )
    }
}
