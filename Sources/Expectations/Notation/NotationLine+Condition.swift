internal import Bytes
internal import Trace

/// The indented lines below an exchange.
extension NotationLine {
    /// Reads a whole line that says more about the exchange above it.
    mutating func readDetail(
        of exchange: inout ExpectedExchange
    ) throws(ExpectationFileError) {
        if try readClause(of: &exchange) {
            while !isAtEnd, try readClause(of: &exchange) {}
        } else if take("request") {
            exchange.conditions.append(.request(try readMessageCondition(isRequest: true)))
        } else if take("response") {
            exchange.conditions.append(.response(try readMessageCondition(isRequest: false)))
        } else {
            exchange.conditions.append(try readExchangeCondition())
        }
        if let word = peek() { throw error("The line should end before this.", at: word) }
    }

    private mutating func readExchangeCondition() throws(ExpectationFileError) -> ExchangeCondition
    {
        if take("interim") { return .interim(try readInterim()) }
        if take("connection") {
            if take("new") { return .connection(isReused: false) }
            if take("reused") { return .connection(isReused: true) }
            throw error("A connection is new or reused.", at: peek())
        }
        if take("because") {
            let word = next()
            if let absence = word.flatMap({ Absence(rawValue: $0.text) }) {
                return .absence(absence)
            }
            let known = Absence.allCases.map(\.rawValue).joined(separator: ", ")
            throw error("A message is missing because of one of: \(known).", at: word)
        }
        if take("server") { return .server(try readValue()) }
        if take("client") { return .client(try readValue()) }
        for part in TimingPart.allCases where take(part.rawValue) {
            return .timing(part, try readBounds())
        }
        throw error(
            """
            An indented line begins with request, response, with, without, times, within, interim, \
            connection, server, client, because, or a part of the time: \
            \(TimingPart.allCases.map(\.rawValue).joined(separator: ", ")).
            """,
            at: peek()
        )
    }

    private mutating func readInterim() throws(ExpectationFileError) -> [ExpectedStatus] {
        if take("none") { return [] }
        var statuses: [ExpectedStatus] = []
        guard !isAtEnd else { throw error("A status is missing, such as 103, or none.") }
        while let word = next() {
            let digits = word.text.hasSuffix(",") ? word.range.dropLast() : word.range
            statuses.append(try readStatus(self.word(digits)))
        }
        return statuses
    }

    private mutating func readBounds() throws(ExpectationFileError) -> ClosedRange<Int64> {
        var (least, most) = (Int64(0), Int64.max)
        let first = peek()
        if take("at") {
            guard take("least") else { throw error("Here stands least.", at: peek()) }
            least = try readDuration()
        }
        if take("within") { most = try readDuration() }
        guard least > 0 || most < .max else {
            throw error("A bound is missing, such as within 2s, or at least 100ms.", at: first)
        }
        guard least <= most else {
            throw error("No time is at least and within these.", at: first)
        }
        return least...most
    }

    private mutating func readMessageCondition(
        isRequest: Bool
    ) throws(ExpectationFileError) -> MessageCondition {
        if let name = fieldName() { return .field(name, try readValue()) }
        if take("no") {
            guard let name = next() else { throw error("The name of a field is missing.") }
            guard name.text.utf8.allSatisfy(\.isToken) else {
                throw error("This is not the name of a field.", at: name)
            }
            return .noField(name.text)
        }
        if take("complete") { return .complete(true) }
        if take("incomplete") { return .complete(false) }
        if take("length") {
            return .contentLength(try readRange("how many bytes: 13, 1-100, or 1+"))
        }
        if take("version") { return .version(try readValue()) }
        if take("content") { return .content(try readValue()) }
        if !isRequest, take("reason") { return .reason(try readValue()) }
        throw error(
            """
            Of a message one asks for a field (Name: value), no Name, content, length, version, \
            complete, incomplete\(isRequest ? "" : ", reason").
            """,
            at: peek()
        )
    }

    /// Reads what is left as one text.
    private mutating func readValue() throws(ExpectationFileError) -> TextPattern {
        let word = rest()
        if word.range.isEmpty {
            throw error("A value is missing: a text, \"\" for an empty one, or *.")
        }
        return try pattern(word)
    }
}
