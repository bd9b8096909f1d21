internal import Bytes
internal import Findings

/// `METHOD target -> status with finding, finding times 2-5 within 2s`.
extension NotationLine {
    /// Reads a whole line that is about an exchange.
    mutating func readExchange() throws(ExpectationFileError) -> ExpectedExchange {
        let request = try readRequest()
        guard let status = next() else {
            throw error("The status is missing: 200, 2xx, none, or * for anything.")
        }
        var exchange = ExpectedExchange(request: request, response: try readStatus(status))
        while !isAtEnd {
            guard try readClause(of: &exchange) else {
                throw error(
                    "Here stands with, without, times, within, or nothing.",
                    at: peek()
                )
            }
        }
        return exchange
    }

    private mutating func readRequest() throws(ExpectationFileError) -> ExpectedRequest {
        var words: [Word] = []
        while let word = peek(), word.text != "->", word.text != "→" {
            words.append(word)
            _ = next()
        }
        guard next() != nil else {
            // A quote that is not closed has swallowed the arrow.
            for word in words { _ = try pattern(word) }
            throw error(
                "An exchange is METHOD target -> status: the arrow is missing.",
                at: words.count > 2 ? words[2] : nil
            )
        }
        switch words.count {
        case 1 where words[0].text == "none": return .missing
        case 2:
            let methods = try alternatives(words[0], separator: UInt8(ascii: "|"))
            return .line(methods: methods, target: try pattern(words[1]))
        case 0: throw error("METHOD and target stand before the arrow.", at: word(0..<0))
        case 1: throw error("METHOD and target stand before the arrow, or none.", at: words[0])
        default:
            throw error("A target with blanks stands in double quotes.", at: words[2])
        }
    }

    /// Reads one clause, if one comes.
    mutating func readClause(
        of exchange: inout ExpectedExchange
    ) throws(ExpectationFileError) -> Bool {
        if take("with") {
            exchange.findings += try readFindings()
        } else if take("without") {
            exchange.excludedFindings += try readFindings()
        } else if take("times") {
            let word = peek()
            exchange.count = try readRange("how often: 3, 2-5, 2+, or * for any number")
            guard exchange.count.upperBound > 0 else {
                throw error(
                    "What must not be there needs no line: what no line expects fails.",
                    at: word
                )
            }
        } else if take("within") {
            exchange.conditions.append(.timing(.total, 0...(try readDuration())))
        } else {
            return false
        }
        return true
    }

    private mutating func readFindings() throws(ExpectationFileError) -> [FindingSelector] {
        var findings: [FindingSelector] = []
        var isOpen = true
        while isOpen {
            guard let word = next() else {
                throw error("A finding is missing: a code of `httptrace explain`, or *.")
            }
            isOpen = word.text.hasSuffix(",")
            var start = word.range.lowerBound
            for name in word.text.split(separator: ",", omittingEmptySubsequences: false) {
                let range = start..<start + name.utf8.count
                start = range.upperBound + 1
                // Behind a comma the list goes on with the next word.
                if name.isEmpty, isOpen, range.upperBound == word.range.upperBound { continue }
                findings.append(try finding(self.word(range)))
            }
            // A comma may stand alone, or before the next name.
            if !isOpen, let following = peek(), following.text.hasPrefix(",") {
                isOpen = true
                guard following.text == "," else {
                    throw error("A blank belongs behind the comma.", at: following)
                }
                _ = next()
            }
        }
        return findings
    }

    private func finding(_ word: Word) throws(ExpectationFileError) -> FindingSelector {
        if word.text == "*" { return .any }
        if let severity = Severity(rawValue: word.text) { return .severity(severity) }
        if let code = FindingCode(rawValue: word.text) { return .code(code) }
        let hint = FindingCode.closest(to: word.text).map { " Did you mean \($0.rawValue)?" }
        let name = EscapedText.escape(word.text)
        throw error("There is no finding \"\(name)\".\(hint ?? "")", at: word)
    }

    /// Reads a status with its alternatives.
    func readStatus(_ word: Word) throws(ExpectationFileError) -> ExpectedStatus {
        var alternatives: [ExpectedStatus.Alternative] = []
        for name in word.text.split(separator: "|", omittingEmptySubsequences: false) {
            switch name {
            case "*": return .anything
            case "none": alternatives.append(.missing)
            case "?": alternatives.append(.unreadable)
            case "xxx": alternatives += ExpectedStatus.present.alternatives
            default:
                guard let range = Self.statusRange(name) else {
                    throw error(
                        "A status is 200, 2xx, 200|304, none, xxx for any response, or *.",
                        at: word
                    )
                }
                alternatives.append(.codes(range))
            }
        }
        return ExpectedStatus(alternatives)
    }

    /// `200`, `2xx`, `40x`, `200-204`.
    private static func statusRange(_ text: Substring) -> ClosedRange<Int>? {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false)
        guard ends.allSatisfy({ $0.utf8.count == 3 }) else { return nil }
        switch ends.count {
        case 1:
            let digits = text.prefix { $0 != "x" }
            guard digits.utf8.allSatisfy(\.isDigit), let value = Int(digits),
                text.dropFirst(digits.count).allSatisfy({ $0 == "x" })
            else { return nil }
            let size = [1: 100, 2: 10, 3: 1][digits.count] ?? 1000
            return value * size...value * size + size - 1
        case 2:
            guard ends.allSatisfy({ $0.utf8.allSatisfy(\.isDigit) }), let first = Int(ends[0]),
                let last = Int(ends[1]), first <= last
            else { return nil }
            return first...last
        default: return nil
        }
    }
}
