extension TraceExpectation {
    /// The text of an expectation file that says the same.
    public var notation: String {
        var text = ""
        let columns = columns
        for element in elements {
            switch element {
            case .exchange(let exchange): text += exchange.lines(indent: "", columns)
            case .inAnyOrder(let members):
                text += "in any order:\n"
                for member in members { text += member.lines(indent: "    ", columns) }
            }
        }
        for claim in claims { text += claim.rawValue + "\n" }
        return text
    }

    /// How wide methods and targets are, as far as a line stays short enough to be read.
    private var columns: (method: Int, target: Int) {
        var columns = (method: 0, target: 0)
        for case .line(let methods, let target) in exchanges.map(\.request) {
            columns.method = max(columns.method, min(methods.notation.count, 8))
            columns.target = max(columns.target, min(target.word.count, 32))
        }
        return columns
    }
}

extension ExpectedExchange {
    fileprivate func lines(indent: String, _ columns: (method: Int, target: Int)) -> String {
        if isOthers { return indent + "...\n" }
        var line = indent
        switch request {
        case .missing:
            line += Self.padded("none", columns.method + 1 + columns.target)
        case .line(let methods, let target):
            line += Self.padded(methods.notation, columns.method) + " "
            line += Self.padded(target.word, columns.target)
        }
        line += " -> " + response.notation
        let clauses = headlineClauses
        line += clauses.isEmpty ? "" : " " + clauses
        line += timesNotation.map { " " + $0 } ?? ""
        return ([line] + conditions.map { indent + "    " + $0.notation })
            .joined(separator: "\n") + "\n"
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
