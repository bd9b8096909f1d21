internal import Bytes

/// One line of a script, read word by word.
struct ScriptLine {
    /// A word and where it begins, as an index into the line.
    struct Word {
        var text: String
        var index: Int
    }

    /// Counted from 1.
    let number: Int
    private let line: [UInt8]
    private var index: Int

    init(_ number: Int, _ line: [UInt8]) {
        self.number = number
        self.line = line
        index = 0
        skipBlanks()
    }

    /// The first byte that is no blank; `nil` in an empty line.
    var first: UInt8? { isAtEnd ? nil : line[index] }

    /// Whether only blanks, or a comment, are left.
    var isAtEnd: Bool { index == line.count || line[index] == UInt8(ascii: "#") }

    /// An error at a place of the line.
    func error(_ problem: ScriptError.Problem, at index: Int) -> ScriptError {
        // Continuation bytes of UTF-8 are no characters of their own.
        let column = line.prefix(index).count { $0 & 0xC0 != 0x80 } + 1
        return ScriptError(line: number, column: column, problem: problem)
    }

    func error(_ problem: ScriptError.Problem, at word: Word) -> ScriptError {
        error(problem, at: word.index)
    }

    /// The next word.
    mutating func nextWord() -> Word? {
        guard !isAtEnd else { return nil }
        let start = index
        while index < line.count, !line[index].isBlank { index += 1 }
        let text = String(decoding: line[start..<index], as: UTF8.self)
        skipBlanks()
        return Word(text: text, index: start)
    }

    /// Makes sure that nothing is left.
    mutating func end() throws(ScriptError) {
        if let word = nextWord() { throw error(.tooMuch(word.text), at: word) }
    }

    /// The next word as a number from 1 on.
    mutating func count() throws(ScriptError) -> Int {
        let place = index
        let word = nextWord()
        guard let word, word.text.utf8.allSatisfy(\.isDigit), let number = Int(word.text),
            number > 0
        else { throw error(.noNumber(word?.text ?? ""), at: place) }
        return number
    }

    /// The next word as a time.
    mutating func duration() throws(ScriptError) -> Duration {
        let place = index
        let word = nextWord()
        guard let word, let duration = Duration(spelling: word.text) else {
            throw error(.noDuration(word?.text ?? ""), at: place)
        }
        return duration
    }

    /// Everything behind the mark of `length` bytes at the line's beginning, and one blank behind
    /// it, with its escapes read.
    func bytes(behind length: Int) throws(ScriptError) -> [UInt8] {
        var start = index + length
        if start < line.count, line[start] == .space { start += 1 }
        return try unescape(from: start)
    }

    /// Everything that is left, with its escapes read; at least one byte.
    mutating func remainingBytes() throws(ScriptError) -> [UInt8] {
        let start = index
        guard start < line.count else { throw error(.nothingToExpect, at: start) }
        index = line.count
        return try unescape(from: start)
    }

    /// What is expected: the rest of a line that begins with `expect`.
    mutating func expectation() throws(ScriptError) -> ScriptExpectation {
        let place = index
        guard let word = nextWord() else { throw error(.unknownExpectation(""), at: place) }
        switch word.text {
        case "request": return .message(.request)
        case "response": return .message(.response)
        case "anything": return .anything
        case "until": return .until(try remainingBytes())
        case "silence": return .silence(try duration())
        case "end": return .end
        case "reset": return .reset
        default:
            guard word.text.utf8.first?.isDigit == true else {
                throw error(.unknownExpectation(word.text), at: word)
            }
            index = word.index
            let count = try self.count()
            guard let unit = nextWord(), unit.text == "bytes" || unit.text == "byte" else {
                throw error(.unknownExpectation(word.text), at: word)
            }
            return .count(count)
        }
    }

    private func unescape(from start: Int) throws(ScriptError) -> [UInt8] {
        do {
            return try EscapedText.unescape(line.span.extracting(start..<line.count))
        } catch {
            throw self.error(.unknownEscape, at: start + error.index)
        }
    }

    private mutating func skipBlanks() {
        while index < line.count, line[index].isBlank { index += 1 }
    }
}
