internal import Bytes

extension ExpectedExchange {
    /// Why no exchange may ever be such, in a sentence; `nil` where nothing speaks for that.
    ///
    /// To be told where none was seen: each of these things can be meant.
    package var doubt: String? {
        statusDoubt ?? requestDoubt
    }

    private var statusDoubt: String? {
        let ranges = response.alternatives.compactMap { alternative in
            if case .codes(let range) = alternative { range } else { nil }
        }
        guard !ranges.isEmpty, ranges.count == response.alternatives.count,
            ranges.allSatisfy({ !$0.overlaps(100...599) })
        else { return nil }
        return "status codes are 100 to 599 (RFC 9110 §15)"
    }

    private var requestDoubt: String? {
        guard case .line(let methods, let target) = request else { return nil }
        for method in methods where method.isLiteral {
            let name = method.word
            let known = name.uppercased()
            if name != known, Self.knownMethods.contains(known) {
                return "methods are case-sensitive: \(name) is not \(known) (RFC 9110 §9.1)"
            }
        }
        let text = target.word
        if Self.expressionSigns.contains(where: { text.firstRange(of: $0) != nil }) {
            return "a target is no regular expression: * stands for any characters"
        }
        if text.hasPrefix("http://") || text.hasPrefix("https://") {
            return "only a proxy is sent a whole URL: others get the path (RFC 9112 §3.2)"
        }
        return nil
    }

    private static let knownMethods: Set = [
        "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT",
    ]

    /// What regular expressions have in them and targets hardly.
    private static let expressionSigns = ["]+", "]*", ".*", ".+", "\\d", "\\w", "(?", ")$"]
}
