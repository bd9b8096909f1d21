/// Expectations in the words of an expectation file.
extension ExpectedRequest {
    /// `GET /index.txt`, `none`.
    package var notation: String {
        switch self {
        case .line(let methods, let target): methods.notation + " " + target.word
        case .missing: "none"
        }
    }
}

extension [TextPattern] {
    /// `GET|HEAD`.
    package var notation: String { map(\.word).joined(separator: "|") }
}

extension ExpectedStatus {
    /// `200`, `2xx`, `200|304`, `none`, `*`.
    package var notation: String {
        if isAnything { return "*" }
        if self == .present { return "xxx" }
        return alternatives.map { alternative in
            switch alternative {
            case .codes(let range): Self.notation(of: range)
            case .unreadable: "?"
            case .missing: "none"
            }
        }.joined(separator: "|")
    }

    private static func notation(of range: ClosedRange<Int>) -> String {
        let (first, last) = (range.lowerBound, range.upperBound)
        if first == last { return digits(first) }
        if first % 100 == 0, last == first + 99 { return "\(first / 100)xx" }
        if first % 10 == 0, last == first + 9 { return String(digits(first).prefix(2)) + "x" }
        return "\(digits(first))-\(digits(last))"
    }

    private static func digits(_ code: Int) -> String {
        String(repeating: "0", count: max(0, 3 - String(code).count)) + String(code)
    }
}

extension FindingSelector {
    /// A code, a severity, or `*`.
    package var notation: String {
        switch self {
        case .code(let code): code.rawValue
        case .severity(let severity): severity.rawValue
        case .any: "*"
        }
    }
}

extension ExpectedExchange {
    /// Its line in an expectation file, without conditions: `POST / -> 204 with bare-line-feed`.
    public var summary: String {
        isOthers ? headline : headline + (timesNotation.map { " " + $0 } ?? "")
    }

    /// The same without how often.
    package var headline: String {
        if isOthers { return "..." }
        let clauses = headlineClauses
        return lineAlone + (clauses.isEmpty ? "" : " " + clauses)
    }

    /// Request line and status: `POST / -> 204`.
    package var lineAlone: String { "\(request.notation) -> \(response.notation)" }

    /// What findings it asks for, as its line says it.
    var headlineClauses: String {
        [clause("with", findings), clause("without", excludedFindings)]
            .compactMap(\.self).joined(separator: " ")
    }

    /// `times 2-5`; `nil` for once.
    package var timesNotation: String? {
        if count == 1...1 { return nil }
        return "times " + count.notation
    }

    private func clause(_ word: String, _ findings: [FindingSelector]) -> String? {
        findings.isEmpty ? nil : "\(word) " + findings.map(\.notation).joined(separator: ", ")
    }
}

extension ClosedRange<Int> {
    /// `3`, `2-5`, `2+`, `*`.
    package var notation: String {
        switch (lowerBound, upperBound) {
        case (0, .max): "*"
        case (let least, .max): "\(least)+"
        case (let least, let most): least == most ? "\(least)" : "\(least)-\(most)"
        }
    }
}
