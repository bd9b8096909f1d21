internal import Bytes
internal import Content
internal import Trace

extension ExchangeCondition {
    /// What of `exchange` is against it, in the words of an expectation file; `nil` where it holds.
    func contradiction(by exchange: Exchange) -> String? {
        switch self {
        case .request(let condition):
            contradiction("request", exchange.request, condition)
        case .response(let condition):
            contradiction("response", exchange.response, condition)
        case .interim(let expected): interimContradiction(expected, exchange)
        case .timing(let part, let bounds): timingContradiction(part, bounds, exchange.timing)
        case .connection(let isReused):
            (exchange.index > 0) == isReused
                ? nil : "connection " + (isReused ? "new" : "reused")
        case .absence(let absence): absenceContradiction(absence, exchange.absence)
        case .server(let pattern):
            endContradiction("server", pattern, exchange.server.description)
        case .client(let pattern):
            endContradiction("client", pattern, exchange.client.description)
        }
    }

    private func contradiction(
        _ name: String,
        _ message: Message?,
        _ condition: MessageCondition
    ) -> String? {
        guard let message else { return "no " + name }
        guard let seen = condition.contradiction(by: message) else { return nil }
        return name + " " + seen
    }

    private func endContradiction(
        _ name: String,
        _ expected: TextPattern,
        _ seen: String
    ) -> String? {
        expected.matches(seen) ? nil : "\(name) \(seen)"
    }

    private func timingContradiction(
        _ part: TimingPart,
        _ bounds: ClosedRange<Int64>,
        _ timing: Timing
    ) -> String? {
        guard let time = part.nanoseconds(of: timing) else { return "\(part.rawValue) not known" }
        return bounds.contains(time) ? nil : "\(part.rawValue) \(Self.duration(time))"
    }

    private func absenceContradiction(_ expected: Absence, _ seen: Absence?) -> String? {
        guard let seen else { return "nothing is missing" }
        return seen == expected ? nil : "because \(seen.rawValue)"
    }

    private func interimContradiction(
        _ expected: [ExpectedStatus],
        _ exchange: Exchange
    ) -> String? {
        let seen = exchange.interim
        let isMet =
            expected.count == seen.count
            && zip(expected, seen).allSatisfy { $0.matches(isPresent: true, code: $1.status) }
        if isMet { return nil }
        let statuses = seen.map { message in
            message.status.map { ExpectedStatus(integerLiteral: $0).notation } ?? "?"
        }
        return "interim " + (statuses.isEmpty ? "none" : statuses.joined(separator: ", "))
    }
}

extension MessageCondition {
    /// How much of content that is not as expected is told, in bytes.
    private static let excerptLength = 400

    /// What of `message` is against it; `nil` where it holds.
    func contradiction(by message: Message) -> String? {
        switch self {
        case .field(let name, let value): fieldContradiction(name, value, message)
        case .noField(let name): message.values(of: name).first.map { "\(name): \($0.rest)" }
        case .content(let pattern): contentContradiction(pattern, message)
        case .contentLength(let range):
            range.contains(message.contentLength) ? nil : "length \(message.contentLength)"
        case .version(let pattern):
            Self.contradiction("version", pattern, message.pattern(message.head.startLine.version))
        case .reason(let pattern):
            Self.contradiction("reason", pattern, message.pattern(message.head.startLine.reason))
        case .complete(let isComplete):
            message.isComplete == isComplete ? nil : isComplete ? "incomplete" : "complete"
        }
    }

    private static func contradiction(
        _ name: String,
        _ expected: TextPattern,
        _ seen: TextPattern
    ) -> String? {
        expected.matches(seen) ? nil : "\(name) \(seen.rest)"
    }

    private func fieldContradiction(
        _ name: String,
        _ pattern: TextPattern,
        _ message: Message
    ) -> String? {
        let values = message.values(of: name)
        if values.contains(where: { pattern.matches($0) }) { return nil }
        if values.isEmpty { return "no \(name)" }
        return values.map { "\(name): \($0.rest)" }.joined(separator: ", ")
    }

    private func contentContradiction(_ pattern: TextPattern, _ message: Message) -> String? {
        guard message.isContentKept else {
            return "content of \(message.contentLength) bytes, of which not all were kept"
        }
        var content = message.decodedContent
        if pattern.matches(content.span) { return nil }
        // Who writes an expectation sees letters, where JSON has escapes for them.
        if content.contains(0x5C), JSONLayout(content.span, limit: 0).outcome == .complete {
            content = JSONEscapes.lettersDecoded(in: content.span)
            if pattern.matches(content.span) { return nil }
        }
        let excerpt = TextPattern(bytes: Array(content.prefix(Self.excerptLength))).quoted
        return "content " + excerpt
            + (content.count > Self.excerptLength ? "… (\(content.count) bytes)" : "")
    }
}

extension Message {
    /// The values of the fields of a name, letter case aside, as they were sent.
    func values(of name: String) -> [TextPattern] {
        let wanted = name.lowercased()
        let lines = head.fieldLines.filter { line in
            line.hasColon && line.name.count == wanted.utf8.count
                && String(decoding: head.bytes[line.name], as: UTF8.self).lowercased() == wanted
        }
        return lines.map { pattern($0.value) }
    }
}

extension TextPattern {
    /// Whether a text without wildcards is such a text.
    func matches(_ text: TextPattern) -> Bool { matches(text.elements.compactMap(\.self)) }
}
