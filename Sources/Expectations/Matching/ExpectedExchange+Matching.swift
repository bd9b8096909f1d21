internal import Bytes
internal import Findings
public import Trace

extension ExpectedExchange {
    /// Whether `exchange` is as expected; findings of severity `error` that are not named are let
    /// pass where `allowsFindings`.
    public func matches(_ exchange: Exchange, allowsFindings: Bool = false) -> Bool {
        // The request line tells most exchanges apart, and costs least.
        request.matches(exchange) && matchesStatus(of: exchange)
            && mismatches(with: exchange, allowsFindings: allowsFindings).isEmpty
    }

    /// What about `exchange` is not as expected.
    public func mismatches(
        with exchange: Exchange,
        allowsFindings: Bool = false
    ) -> [Mismatch] {
        var mismatches: [Mismatch] = []
        if !request.matches(exchange) {
            mismatches.append(
                Mismatch(.request, expected: request.notation, seen: exchange.seenRequest)
            )
        }
        if !matchesStatus(of: exchange) {
            mismatches.append(
                Mismatch(
                    .response,
                    expected: "-> " + response.notation,
                    seen: "-> " + exchange.seenStatus
                )
            )
        }
        mismatches += findingMismatches(with: exchange, allowsFindings: allowsFindings)
        for condition in conditions {
            guard let seen = condition.contradiction(by: exchange) else { continue }
            mismatches.append(Mismatch(.condition, expected: condition.notation, seen: seen))
        }
        return mismatches
    }

    func matchesStatus(of exchange: Exchange) -> Bool {
        response.matches(isPresent: exchange.hasResponse, code: exchange.heldStatus)
    }

    private func findingMismatches(
        with exchange: Exchange,
        allowsFindings: Bool
    ) -> [Mismatch] {
        let found = exchange.foundCodes
        var mismatches: [Mismatch] = []
        for case .code(let code) in findings where !found.contains(code) {
            mismatches.append(
                Mismatch(.missingFinding(code), expected: "with \(code.rawValue)", seen: "")
            )
        }
        for code in found {
            let isNamed = findings.contains(.code(code))
            if !isNamed, let selector = excludedFindings.first(where: { $0.names(code) }) {
                mismatches.append(
                    Mismatch(
                        .excludedFinding(code),
                        expected: "without \(selector.notation)",
                        seen: "with \(code.rawValue)"
                    )
                )
            } else if code.severity == .error, !allowsFindings,
                !findings.contains(where: { $0.names(code) })
            {
                mismatches.append(
                    Mismatch(.unexpectedFinding(code), expected: "", seen: "with \(code.rawValue)")
                )
            }
        }
        return mismatches
    }
}

extension ExpectedRequest {
    /// Whether the request of `exchange`, or its absence, is as expected.
    func matches(_ exchange: Exchange) -> Bool {
        switch self {
        case .missing: return !exchange.hasRequest
        case .line(let methods, let target):
            guard exchange.hasRequest else { return isAnything }
            let head = exchange.heldRequest.head
            let method = head.bytes.span.extracting(head.startLine.method)
            return methods.contains { $0.matches(method) }
                && target.matches(head.bytes.span.extracting(head.startLine.target))
        }
    }
}

extension Exchange {
    /// The status code of the final response.
    var heldStatus: Int? { hasResponse ? heldResponse.head.startLine.statusCode : nil }
}
