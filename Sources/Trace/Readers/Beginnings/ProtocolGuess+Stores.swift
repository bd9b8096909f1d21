import Bytes

// Stores of keys and values. A value may be a whole message of HTTP.
extension ProtocolGuess {
    /// What the first line of either end tells of Redis or memcached.
    static func store(_ line: Span<UInt8>) -> ProtocolGuess? {
        if let guess = redis(line) { return guess }
        if memcachedAnswers.contains(where: { line.starts(with: $0) }) {
            return ProtocolGuess(["memcached"])
        }
        guard let space = line.firstIndex(of: .space) else {
            return memcachedWords.contains { line.starts(with: $0) && line.isWord($0) }
                ? ProtocolGuess(["memcached"]) : nil
        }
        let command = line.extracting(0..<space)
        if memcachedStores.contains(where: { command.isWord($0) }) {
            return line.numbersAtEnd >= 3 ? ProtocolGuess(["memcached"], .end) : nil
        }
        return memcachedReads.contains { command.isWord($0) } && !line.endsWithVersion
            ? ProtocolGuess(["memcached"]) : nil
    }

    /// The length of an array or of text, a number, or an error, as Redis writes them.
    private static func redis(_ line: Span<UInt8>) -> ProtocolGuess? {
        if line.starts(with: "-WRONGTYPE ") || line.starts(with: "-NOAUTH ") {
            return ProtocolGuess(["Redis"])
        }
        let end = line.withoutLineEnd
        guard end > 1, (1..<end).allSatisfy({ line[$0].isDigit }) else { return nil }
        return switch line[0] {
        case 0x2A: ProtocolGuess(["Redis"], .end)
        case 0x24, 0x3A: ProtocolGuess(["Redis"])
        default: nil
        }
    }

    private static let memcachedStores: [StaticString] = [
        "set", "add", "replace", "append", "prepend", "cas",
    ]

    private static let memcachedReads: [StaticString] = [
        "get", "gets", "gat", "gats", "delete", "incr", "decr", "touch", "stats", "flush_all",
        "verbosity", "mg", "ms", "md", "ma",
    ]

    private static let memcachedWords: [StaticString] = ["version", "stats", "flush_all", "mn"]

    private static let memcachedAnswers: [StaticString] = [
        "VALUE ", "STORED", "NOT_STORED", "NOT_FOUND", "CLIENT_ERROR ", "SERVER_ERROR ",
    ]
}

extension Span<UInt8> {
    /// How much of a line stands in front of its carriage return.
    fileprivate var withoutLineEnd: Int {
        count > 0 && self[count - 1] == .carriageReturn ? count - 1 : count
    }

    fileprivate func isWord(_ word: StaticString) -> Bool {
        withoutLineEnd == word.utf8CodeUnitCount && starts(with: word)
    }

    /// How many numbers a line ends with, behind blanks.
    fileprivate var numbersAtEnd: Int {
        var (numbers, digits, index) = (0, 0, withoutLineEnd)
        while index > 0 {
            index -= 1
            if self[index].isDigit {
                digits += 1
            } else if self[index] == .space, digits > 0 {
                (numbers, digits) = (numbers + 1, 0)
            } else {
                break
            }
        }
        return numbers
    }

    /// Whether the last word of a line is a version of HTTP.
    fileprivate var endsWithVersion: Bool {
        let end = withoutLineEnd
        return end > 8 && starts(with: "HTTP/", at: end - 8)
    }
}
