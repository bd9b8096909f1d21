internal import Trace

/// Conditions in the words of an expectation file.
extension ExchangeCondition {
    /// Its line in an expectation file, such as `response Content-Type: text/*`.
    public var notation: String {
        switch self {
        case .request(let condition): "request " + condition.notation
        case .response(let condition): "response " + condition.notation
        case .interim(let statuses):
            "interim "
                + (statuses.isEmpty ? "none" : statuses.map(\.notation).joined(separator: ", "))
        case .timing(let part, let bounds): part.rawValue + Self.notation(of: bounds)
        case .connection(let isReused): "connection " + (isReused ? "reused" : "new")
        case .absence(let absence): "because \(absence.rawValue)"
        case .server(let pattern): "server \(pattern.word)"
        case .client(let pattern): "client \(pattern.word)"
        }
    }

    private static func notation(of bounds: ClosedRange<Int64>) -> String {
        (bounds.lowerBound > 0 ? " at least " + duration(bounds.lowerBound) : "")
            + (bounds.upperBound < .max ? " within " + duration(bounds.upperBound) : "")
    }

    /// A time in the largest unit that needs no more than three digits after the point.
    package static func duration(_ nanoseconds: Int64) -> String {
        let units: [(size: Int64, name: String)] = [
            (60_000_000_000, "m"), (1_000_000_000, "s"), (1_000_000, "ms"), (1000, "us"),
        ]
        for unit in units {
            let (whole, rest) = nanoseconds.quotientAndRemainder(dividingBy: unit.size)
            if whole > 0, rest == 0 { return "\(whole)\(unit.name)" }
        }
        let unit = units.first { nanoseconds >= $0.size && $0.name != "m" }
        guard let unit else { return "\(nanoseconds)ns" }
        let thousandths = nanoseconds / (unit.size / 1000)
        var text = "\(thousandths / 1000)"
        let rest = thousandths % 1000
        if rest > 0 {
            let digits = String(String(rest + 1000).dropFirst())
            text += "." + String(digits.reversed().drop { $0 == "0" }.reversed())
        }
        return text + unit.name
    }
}

extension MessageCondition {
    /// The part of its line behind `request` or `response`.
    package var notation: String {
        switch self {
        case .field(let name, let value):
            value.isAnything ? "\(name): *" : "\(name): \(value.rest)"
        case .noField(let name): "no \(name)"
        case .content(let pattern): "content \(pattern.quoted)"
        case .contentLength(let range): "length \(range.notation)"
        case .version(let pattern): "version \(pattern.word)"
        case .reason(let pattern): "reason \(pattern.rest)"
        case .complete(let isComplete): isComplete ? "complete" : "incomplete"
        }
    }
}
