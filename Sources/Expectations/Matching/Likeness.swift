internal import Trace

/// How probable it is that an exchange is the expected one although something about it is not.
///
/// 0 where it is not; 1000 and more where all is as expected.
struct Likeness {
    /// Less than this is a coincidence.
    private static let least = 250

    /// Less than this is one where the place in the order tells nothing: the target must have
    /// something in common, too.
    static let leastInAnyOrder = 400

    /// What counts how much; a target tells most.
    private static let (target, method, status, rest) = (450, 150, 150, 100)

    let value: Int

    init(_ expected: ExpectedExchange, _ exchange: Exchange, allowsFindings: Bool) {
        if expected.matches(exchange, allowsFindings: allowsFindings) {
            // Of two lines that fit, the one that says more is meant.
            value = 1000 + min(expected.specificity, 200)
            return
        }
        var sum = 0
        switch expected.request {
        case .missing: sum += exchange.hasRequest ? 0 : Self.target
        case .line(let methods, let target):
            if exchange.hasRequest {
                let seenMethod = exchange.heldRequest.methodPattern
                let seenTarget = exchange.heldRequest.targetPattern
                if methods.contains(where: { $0.matches(seenMethod) }) { sum += Self.method }
                sum += target.likeness(to: seenTarget, of: Self.target)
            }
        }
        if expected.matchesStatus(of: exchange) { sum += Self.status }
        // The fewer things are wrong, the more probable it is.
        let wrong = expected.mismatches(with: exchange, allowsFindings: allowsFindings).count
        sum += Self.rest / (1 + wrong)
        value = sum < Self.least ? 0 : sum
    }
}

extension ExpectedExchange {
    /// How much it says, in bytes and parts that are asked for.
    var specificity: Int {
        var sum = response.isAnything ? 0 : 10
        if case .line(let methods, let target) = request {
            sum += target.literalLength + (methods.first?.literalLength ?? 0)
        } else {
            sum += 10
        }
        return sum + 10 * (conditions.count + findings.count)
    }
}

extension ExpectedExchange {
    /// The request that it asks for where that has no wildcard; `nil` where others do too.
    var literalRequest: String? {
        guard case .line(let methods, let target) = request, methods.count == 1,
            methods.allSatisfy(\.isLiteral), target.isLiteral
        else { return nil }
        return request.notation
    }
}

extension TextPattern {
    /// `most` where it matches `text`, else a part of it: as much as they have in common at their
    /// beginnings and ends.
    func likeness(to text: TextPattern, of most: Int) -> Int {
        if matches(text) { return most }
        let (own, other) = (elements, text.elements)
        let shorter = min(own.count, other.count)
        var prefix = 0
        while prefix < shorter, own[prefix] == other[prefix] { prefix += 1 }
        var suffix = 0
        while suffix < shorter - prefix,
            own[own.count - 1 - suffix] == other[other.count - 1 - suffix]
        {
            suffix += 1
        }
        // Every target begins with a slash.
        let common = max(prefix + suffix - 1, 0)
        return most / 2 * common / max(own.count, other.count, 1)
    }
}
