internal import Bytes

/// Reads an expectation file.
///
/// A line that is indented belongs to the line above it that is less so:
///
/// ```
/// GET /index.txt -> 200
///     response Content-Type: text/*
/// in any order:
///     GET /a.css -> 200
///     GET /b.js  -> 200 within 2s
/// ```
struct ExpectationParser {
    /// So many errors are told; more help nobody.
    private static let errorLimit = 20

    private(set) var expectation = TraceExpectation()
    private(set) var errors: [ExpectationFileError] = []

    /// How far the lines of the outermost level are indented.
    private var outer: Int?
    /// How far the group's heading is indented, while lines may belong to it.
    private var group: (indentation: Int, line: NotationLine)?
    /// How far the last exchange is indented, while lines may belong to it.
    private var exchange: Int?
    /// Whether that exchange could be read.
    private var isExchangeRead = false

    init(_ text: String) {
        var bytes = Array(text.utf8)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        let lines = bytes.split(separator: .lineFeed, omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() where errors.count < Self.errorLimit {
            let isCRLF = line.last == .carriageReturn
            read(NotationLine(number: index + 1, bytes: Array(isCRLF ? line.dropLast() : line)))
        }
        closeGroup()
    }

    private mutating func read(_ line: NotationLine) {
        guard !line.isEmpty else { return }
        do throws(ExpectationFileError) {
            if let exchange, line.indentation > exchange {
                try readCondition(line)
            } else if let group, line.indentation > group.indentation {
                try readExchange(line)
            } else {
                try readOuter(line)
            }
        } catch {
            errors.append(error)
        }
    }

    private mutating func readOuter(_ line: NotationLine) throws(ExpectationFileError) {
        closeGroup()
        exchange = nil
        let line = line
        let first = line.peek()
        let expected = outer ?? line.indentation
        outer = expected
        guard line.indentation == expected else {
            throw line.error(
                "The line is indented, and there is nothing above that it could belong to.",
                at: first
            )
        }
        let words = line.words
        if ["in any order:", "in any order"].contains(words) {
            group = (line.indentation, line)
            expectation.elements.append(.inAnyOrder([]))
        } else if let claim = TraceClaim(rawValue: words) {
            expectation.claims.append(claim)
        } else if words == "..." || words == "…" {
            append(.others, line)
        } else {
            try readExchange(line)
        }
    }

    private mutating func readExchange(_ line: NotationLine) throws(ExpectationFileError) {
        var line = line
        exchange = line.indentation
        // What belongs to a line with an error is not about the line before that.
        isExchangeRead = false
        append(try line.readExchange(), line)
        isExchangeRead = true
    }

    private mutating func append(_ exchange: ExpectedExchange, _ line: NotationLine) {
        var exchange = exchange
        exchange.line = line.number
        if group != nil, case .inAnyOrder(let members)? = expectation.elements.last {
            expectation.elements[expectation.elements.count - 1] = .inAnyOrder(members + [exchange])
        } else {
            expectation.elements.append(.exchange(exchange))
        }
    }

    private mutating func readCondition(_ line: NotationLine) throws(ExpectationFileError) {
        var line = line
        var unread = ExpectedExchange.others
        guard isExchangeRead, let element = expectation.elements.popLast() else {
            return try line.readDetail(of: &unread)
        }
        var changed = element
        defer { expectation.elements.append(changed) }
        switch element {
        case .exchange(var exchange):
            try line.readDetail(of: &exchange)
            changed = .exchange(exchange)
        case .inAnyOrder(var members):
            guard var exchange = members.popLast() else { return }
            try line.readDetail(of: &exchange)
            changed = .inAnyOrder(members + [exchange])
        }
    }

    private mutating func closeGroup() {
        defer { group = nil }
        guard let group, case .inAnyOrder(let members)? = expectation.elements.last else { return }
        guard members.isEmpty, errors.last.map({ $0.line < group.line.number }) ?? true else {
            return
        }
        errors.append(
            group.line.error("The exchanges that may come in any order stand indented below this.")
        )
    }
}

extension TraceExpectation {
    /// Reads the text of an expectation file.
    ///
    /// - Throws: all that cannot be understood, with lines and columns.
    public init(parsing text: String) throws(ExpectationFileErrors) {
        let parser = ExpectationParser(text)
        guard parser.errors.isEmpty else { throw ExpectationFileErrors(errors: parser.errors) }
        self = parser.expectation
    }
}

extension NotationLine {
    /// Its words with single blanks between them.
    var words: String {
        var line = self
        var words: [String] = []
        while let word = line.next() { words.append(word.text) }
        return words.joined(separator: " ")
    }
}
